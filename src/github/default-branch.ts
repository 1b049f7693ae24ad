import type { ConfigurationProblem } from "../core/model/configuration.js";
import { BLOB_FIELDS, readBlob } from "./blobs.js";
import { at, sha, text } from "./untrusted.js";

export const CONFIGURATION_PATH = ".github/cyclekey.yml";

/** The default branch at one commit, with the configuration that stands in it. */
export interface DefaultBranch {
  readonly name: string;
  readonly sha: string;
}

/** Only what the default branches say counts: what a pull request brings takes effect once merged. */
export interface ConfigurationTexts {
  readonly repository?: string;
  readonly organisation?: string;
  /** Files that are there and are no text. */
  readonly problems: readonly ConfigurationProblem[];
}

export const DEFAULT_BRANCH = `
fragment DefaultBranch on Ref {
  name
  target {
    oid
    ... on Commit { file(path: "${CONFIGURATION_PATH}") { object { ${BLOB_FIELDS} } } }
  }
}`;

/** Undefined for a repository without a commit. */
export function readDefaultBranch(repository: unknown): DefaultBranch | undefined {
  const ref = at(repository, "defaultBranchRef");
  const name = text(at(ref, "name"));
  const oid = sha(at(ref, "target", "oid"));
  return name === undefined || oid === undefined ? undefined : { name, sha: oid };
}

export function readConfigurationTexts(
  repository: unknown,
  organisation: unknown,
): ConfigurationTexts {
  const problems: ConfigurationProblem[] = [];
  const read = (source: ConfigurationProblem["source"], node: unknown) => {
    const blob = readBlob(at(node, "defaultBranchRef", "target", "file", "object"));
    if (blob === undefined) return {};
    if (blob.text !== undefined) return { [source]: blob.text };
    problems.push({ source, line: undefined, detail: "The file is not text." });
    return {};
  };
  const texts = { ...read("repository", repository), ...read("organisation", organisation) };
  return { ...texts, problems };
}
