import type { Repository } from "../github/app/installations.js";
import type { ListedPullRequest } from "../github/app/open-pull-requests.js";
import type { PullRequestJob } from "./job.js";

/** A pull request of a list, and where it is. */
export interface Listed {
  readonly repository: Repository;
  readonly pullRequest: ListedPullRequest;
}

/** Another run may have begun before this process did, so it looks before it writes. */
export function sweptJob(
  installationId: number,
  { repository: { owner, repo, repositoryId }, pullRequest }: Listed,
): PullRequestJob {
  const { number, headSha, baseSha } = pullRequest;
  return {
    kind: "pull-request",
    installationId,
    owner,
    repo,
    repositoryId,
    number,
    hint: { headSha, baseSha },
    commands: [],
    careful: true,
  };
}
