import type { InstallationClient } from "./client.js";
import { Retryable } from "./errors.js";
import type { Target } from "./target.js";
import { at, sha } from "./untrusted.js";

/** The commit that a pull request's diff starts from: its diff is three-dot, not against the base's tip. */
export async function readMergeBase(
  client: InstallationClient,
  target: Target,
  baseSha: string,
  headSha: string,
): Promise<string> {
  const answer = await client.read("GET /repos/{owner}/{repo}/compare/{basehead}", {
    owner: target.owner,
    repo: target.repo,
    basehead: `${baseSha}...${headSha}`,
    per_page: 1,
  });
  const mergeBase = sha(at(answer, "merge_base_commit", "sha"));
  if (mergeBase === undefined) throw new Retryable("GitHub named no merge base");
  return mergeBase;
}
