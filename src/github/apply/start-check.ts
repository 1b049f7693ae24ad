import type { CheckRunPlan } from "../../core/model/review.js";
import type { InstallationClient } from "../client/client.js";
import { Retryable } from "../client/errors.js";
import type { Target } from "../client/target.js";
import { array, at, integer } from "../client/untrusted.js";
import { CHECK_NAME, OWN_CHECKS, readOwnChecks } from "../pull-request/own-checks.js";

const START_CHECK = `mutation($check: CreateCheckRunInput!, $number: Int!, $app: Int!) {
  createCheckRun(input: $check) {
    checkRun {
      databaseId
      repository {
        pullRequest(number: $number) {
          headRefOid
          commits(last: 1) { nodes { commit { ...OwnChecks } } }
        }
      }
    }
  }
}${OWN_CHECKS}`;

/** Long enough for a review to be written. */
const GIVE_WAY = 10;

/**
 * Opens the first check run of a head. Of several processes that look at the same time each sees
 * none; the answer lists what GitHub has by then, and the one whose run is the oldest writes.
 *
 * @throws Retryable when another process is at it, or when the head moved.
 */
export async function startCheck(
  client: InstallationClient,
  target: Target,
  check: CheckRunPlan,
): Promise<number> {
  const answer = await client.mutate(START_CHECK, {
    number: target.number,
    app: client.appId,
    check: {
      repositoryId: target.repositoryId,
      name: CHECK_NAME,
      headSha: check.headSha,
      externalId: check.externalId,
      status: "IN_PROGRESS",
      startedAt: new Date(client.now()).toISOString(),
    },
  });
  const run = at(answer, "createCheckRun", "checkRun");
  const id = integer(at(run, "databaseId"));
  if (id === undefined) throw new Retryable("GitHub named no check run");
  const pullRequest = at(run, "repository", "pullRequest");
  if (at(pullRequest, "headRefOid") !== check.headSha) {
    throw new Retryable("the head moved before comments were written", 1);
  }
  const commit = at(array(at(pullRequest, "commits", "nodes"))[0], "commit");
  const own = readOwnChecks(commit, client.appId);
  if (own.some((other) => other.id < id && other.headSha === check.headSha)) {
    throw new Retryable("another process reviews this head", GIVE_WAY);
  }
  return id;
}
