import { CONFIGURATION_PATH } from "../../core/config/configuration-path.js";
import type { ConfigurationTexts } from "../../core/config/read-configuration.js";
import { at, sha, text } from "../client/untrusted.js";
import { BLOB_FIELDS, readBlob } from "../files/blobs.js";

/** The default branch at one commit, with the configuration that stands in it. */
export interface DefaultBranch {
  readonly name: string;
  readonly sha: string;
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

/** Only what the default branches say counts: what a pull request brings takes effect once merged. */
export function readConfigurationTexts(
  repository: unknown,
  organisation: unknown,
): ConfigurationTexts {
  return { repository: configurationIn(repository), organisation: configurationIn(organisation) };
}

function configurationIn(repository: unknown): string | null | undefined {
  const blob = readBlob(at(repository, "defaultBranchRef", "target", "file", "object"));
  return blob === undefined ? undefined : (blob.text ?? null);
}
