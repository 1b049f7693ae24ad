import type { Annotation, CheckRunPlan } from "../../core/model/review.js";
import type { InstallationClient } from "../client/client.js";
import type { Target } from "../client/target.js";
import { at, integer, text } from "../client/untrusted.js";
import { CHECK_NAME, type OwnCheck } from "../pull-request/own-checks.js";
import {
  PULL_REQUEST_STATE,
  type PullRequest,
  readPullRequest,
} from "../pull-request/pull-request-state.js";

const CREATE_CHECK_AND_LOOK = `mutation($check: CreateCheckRunInput!, $number: Int!, $app: Int!, $threads: String) {
  createCheckRun(input: $check) {
    checkRun {
      databaseId
      repository {
        defaultBranchRef { name }
        pullRequest(number: $number) { ...PullRequestState }
      }
    }
  }
}${PULL_REQUEST_STATE}`;

/** What the answer shows beside the new check. */
export interface Look {
  readonly pullRequest: PullRequest;
  readonly ontoDefaultBranch: boolean;
}

/**
 * Creates a completed check and reads the pull request, in one request: what most pull requests
 * need and no more. The answer tells whether something of ours is left to settle.
 */
export async function createCheckAndLook(
  client: InstallationClient,
  target: Target,
  check: CheckRunPlan,
): Promise<Look> {
  const answer = await client.mutate(CREATE_CHECK_AND_LOOK, {
    number: target.number,
    app: client.appId,
    check: {
      repositoryId: target.repositoryId,
      name: CHECK_NAME,
      headSha: check.headSha,
      externalId: check.externalId,
      ...(check.detailsUrl !== undefined && { detailsUrl: check.detailsUrl }),
      status: "COMPLETED",
      conclusion: check.conclusion.toUpperCase(),
      completedAt: new Date(client.now()).toISOString(),
      output: {
        title: check.title,
        summary: check.summary,
        annotations: check.annotations.map(annotationData),
      },
    },
  });
  const run = at(answer, "createCheckRun", "checkRun");
  const { appId } = client;
  const node = at(run, "repository", "pullRequest");
  const pullRequest = readPullRequest(node, appId, target.repositoryId);
  const defaultBranch = text(at(run, "repository", "defaultBranchRef", "name"));
  return {
    pullRequest: withCheck(pullRequest, integer(at(run, "databaseId")), check),
    ontoDefaultBranch: pullRequest.baseRef === defaultBranch,
  };
}

/** The new check run belongs to the answer, also when GitHub's list of checks does not have it yet. */
function withCheck(
  pullRequest: PullRequest,
  id: number | undefined,
  { headSha, externalId, conclusion, annotations }: CheckRunPlan,
): PullRequest {
  const { posted } = pullRequest;
  const listed = id === undefined || posted.checks.some((check) => check.id === id);
  if (listed || headSha !== pullRequest.headSha) return pullRequest;
  const created: OwnCheck = {
    id,
    headSha,
    externalId,
    status: "completed",
    conclusion,
    annotations: annotations.length,
  };
  return { ...pullRequest, posted: { ...posted, checks: [...posted.checks, created] } };
}

function annotationData(annotation: Annotation): object {
  return {
    path: annotation.path,
    location: { startLine: annotation.startLine, endLine: annotation.endLine },
    annotationLevel: annotation.level.toUpperCase(),
    title: annotation.title,
    message: annotation.message,
  };
}
