import type { CheckRunPlan, PullRequestState } from "../model/review.js";
import { codeSpan, plainSentence } from "../render/markdown.js";
import { countOf } from "../render/words.js";
import { formatExternalId } from "./external-id.js";

/**
 * The check of a review that could not be finished. It fails, since `neutral` would satisfy a
 * required check. `sentence` says what happened, `correlationId` finds it in the log.
 */
export function planFailure(
  pullRequest: PullRequestState,
  correlationId: string,
  sentence: string,
): CheckRunPlan {
  return {
    headSha: pullRequest.headSha,
    externalId: formatExternalId(pullRequest),
    conclusion: "failure",
    title: "The review did not finish",
    summary: [
      plainSentence(sentence),
      "This says nothing about the pull request. Comment `/rescan` on it to try again.",
      `If it happens again, whoever runs cyclekey finds the cause in the log under ${codeSpan(correlationId)}.`,
    ].join("\n\n"),
    annotations: [],
  };
}

/** The check of a pull request whose files cannot change how sessions are protected; none was read. */
export function planIrrelevant(pullRequest: PullRequestState, changedFiles: number): CheckRunPlan {
  return {
    headSha: pullRequest.headSha,
    externalId: formatExternalId(pullRequest),
    conclusion: "success",
    title: "Nothing here touches sessions",
    summary: `This pull request changes ${countOf(changedFiles, "file")}, none of them Python that can matter to sessions. So nothing was read.`,
    annotations: [],
  };
}
