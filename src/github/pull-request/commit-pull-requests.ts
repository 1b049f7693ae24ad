import type { InstallationClient } from "../client/client.js";
import { type Repository, restName } from "../client/target.js";
import { array, at, integer } from "../client/untrusted.js";

/** Numbers of the open pull requests of the repository whose head the commit is. */
export async function readCommitPullRequests(
  client: InstallationClient,
  repository: Repository,
  headSha: string,
): Promise<readonly number[]> {
  const answer = await client.read("GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls", {
    ...restName(repository),
    commit_sha: headSha,
    per_page: 100,
  });
  return array(answer).flatMap((pull) => {
    const number = integer(at(pull, "number"));
    const isHead = at(pull, "head", "sha") === headSha && at(pull, "state") === "open";
    const isOurs = at(pull, "base", "repo", "node_id") === repository.repositoryId;
    return number !== undefined && isHead && isOurs ? [number] : [];
  });
}
