/** What a file is written in, as far as a rule reads it. */
export type Language = "python" | "template" | "requirements" | "test";

const TEMPLATE = /\.(?:html?|djhtml|jinja2?|j2)$/i;
const REQUIREMENTS =
  /(?:^|\/)(?:[\w.-]*requirements[\w.-]*\.(?:txt|in|pip)|requirements\/[\w.-]+\.(?:txt|in|pip)|constraints[\w.-]*\.txt|pyproject\.toml|Pipfile(?:\.lock)?|(?:poetry|uv|pdm)\.lock|setup\.(?:cfg|py))$/i;

/** Python that only a test runner runs; no rule but those on tests may look at it. */
const TEST =
  /(?:^|\/)(?:tests?|testing)\/.*\.py$|(?:^|\/)(?:test_[^/]*|tests?|conftest)\.py$|_tests?\.py$/i;

/** Told by the names of the file on both sides; undefined for what no rule reads. */
export function languageOf(file: {
  readonly path: string;
  readonly basePath: string;
}): Language | undefined {
  const names = [file.path, file.basePath];
  if (names.some((name) => REQUIREMENTS.test(name))) return "requirements";
  if (names.every((name) => TEST.test(name))) return "test";
  if (names.some((name) => name.endsWith(".py"))) return "python";
  if (names.some((name) => TEMPLATE.test(name))) return "template";
  return undefined;
}
