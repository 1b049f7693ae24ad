import type { Configuration } from "../model/configuration.js";
import type { CheckRunPlan } from "../model/review.js";
import { codeSpan, plainSentence } from "../render/markdown.js";
import { countOf, shortSha } from "../render/words.js";
import { formatExternalId, type ReviewedRange } from "./external-id.js";

/**
 * The check of a review that could not be finished. It fails unless the owners chose otherwise,
 * since `neutral` would satisfy a required check. `sentence` says what happened, `correlationId`
 * finds it in the log.
 */
export function planFailure(
  range: ReviewedRange,
  correlationId: string,
  sentence: string,
  onError: Configuration["onError"],
): CheckRunPlan {
  const again =
    range.number === "merge-group"
      ? "Re-run this check to try again."
      : "Re-run this check, or comment `/rescan` on the pull request, to try again.";
  return {
    headSha: range.headSha,
    externalId: formatExternalId(range),
    conclusion: onError,
    title: "The review did not finish",
    summary: [
      plainSentence(sentence),
      `This says nothing about the change itself. ${again}`,
      ...(onError === "neutral" ? ["The configuration lets such a check pass."] : []),
      `If it happens again, whoever runs cyclekey finds the cause in the log under ${codeSpan(correlationId)}.`,
    ].join("\n\n"),
    annotations: [],
  };
}

/** What the check of a head says that the pull request has left. It ends as cancelled, which passes no gate. */
export function renderSuperseded(newHeadSha: string): {
  readonly title: string;
  readonly summary: string;
} {
  return {
    title: `Superseded by ${shortSha(newHeadSha)}`,
    summary: `The pull request has moved on to ${newHeadSha}, which has its own check.`,
  };
}

/** The check of a pull request whose files cannot change how sessions are protected; none was read. */
export function planIrrelevant(range: ReviewedRange, changedFiles: number): CheckRunPlan {
  return {
    headSha: range.headSha,
    externalId: formatExternalId(range),
    conclusion: "success",
    title: "Nothing here touches sessions",
    summary: `${countOf(changedFiles, "changed file")}, none of which can matter to sessions, so none was read.`,
    annotations: [],
  };
}
