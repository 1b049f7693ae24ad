import type { InstallationClient } from "../client/client.js";
import { type Repository, restName } from "../client/target.js";
import { array, at, integer, text } from "../client/untrusted.js";
import { CHECK_NAME, type OwnCheck } from "./own-checks.js";

/** Check runs of ours on a commit, of which no pull request need be known; oldest first. */
export async function readCommitChecks(
  client: InstallationClient,
  repository: Repository,
  headSha: string,
): Promise<readonly OwnCheck[]> {
  const answer = await client.read("GET /repos/{owner}/{repo}/commits/{ref}/check-runs", {
    ...restName(repository),
    ref: headSha,
    check_name: CHECK_NAME,
    app_id: client.appId,
    filter: "all",
    per_page: 100,
  });
  return array(at(answer, "check_runs"))
    .flatMap((run): readonly OwnCheck[] => {
      const id = integer(at(run, "id"));
      if (id === undefined || at(run, "app", "id") !== client.appId) return [];
      const status = text(at(run, "status"));
      return [
        {
          id,
          headSha,
          externalId: text(at(run, "external_id")) ?? "",
          status: status === "completed" || status === "in_progress" ? status : "queued",
          conclusion: text(at(run, "conclusion")),
          annotations: integer(at(run, "output", "annotations_count")) ?? 0,
        },
      ];
    })
    .toSorted((a, b) => a.id - b.id);
}
