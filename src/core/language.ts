/** What a file is written in, as far as a rule reads it. */
export type Language = "python" | "template" | "requirements";

const TEMPLATE = /\.(?:html?|djhtml|jinja2?|j2)$/i;
const REQUIREMENTS =
  /(?:^|\/)(?:[\w.-]*requirements[\w.-]*\.(?:txt|in)|requirements\/[\w.-]+\.(?:txt|in)|constraints[\w.-]*\.txt|pyproject\.toml|Pipfile(?:\.lock)?|(?:poetry|uv|pdm)\.lock|setup\.(?:cfg|py))$/i;

/** Told by the names of the file on both sides; undefined for what no rule reads. */
export function languageOf(file: {
  readonly path: string;
  readonly basePath: string;
}): Language | undefined {
  const names = [file.path, file.basePath];
  if (names.some((name) => REQUIREMENTS.test(name))) return "requirements";
  if (names.some((name) => name.endsWith(".py"))) return "python";
  if (names.some((name) => TEMPLATE.test(name))) return "template";
  return undefined;
}
