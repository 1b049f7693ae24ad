import type { Coverage } from "./coverage.js";

/** What the bot does, sentence by sentence. */
export const PROMISES: Coverage = {
  "every event that may change a verdict is heard": [
    "conversation/review: turns green when the suggestion is committed, and the comment is resolved",
    "conversation/re-runs: all checks of a commit writes ours again",
    "conversation/every-pull-request: when its repository is added to the installation",
    "conversation/sweep: reviews what is open where it is installed anew",
  ],
  "every open pull request gets a completed check": [
    "conversation/every-pull-request: without Python",
    "conversation/every-pull-request: as a draft",
    "conversation/every-pull-request: from a fork",
    "conversation/every-pull-request: by a bot",
    "conversation/every-pull-request: closed before it was looked at, and reopened",
  ],
  "a merge group gets a verdict on its own range": [
    "conversation/merge-queue: gets a verdict on what it is going to merge, and merges",
  ],
  "the verdict on a head is the worst over all its pull requests": [
    "conversation/shared-heads: share one check, and the worse verdict",
    "conversation/shared-heads: fail for what one of them makes worse on its own base",
    "conversation/shared-heads: is judged alone after the next sweep",
    "conversation/shared-heads: are judged without the one that is closed",
  ],
  "a delivery only names a pull request, which is read as it is now": [
    "conversation/deliveries: that is late names a pull request, which is reviewed as it is by then",
  ],
  "GitHub is the database": [
    "conversation/sweep: leaves alone what is in order",
    "conversation/commands: changes nothing the second time",
  ],
  "one review per scan, event COMMENT": [
    "conversation/verdict: has twenty comments in one review, and the rest in the check run",
    "conversation/review: gets a comment with a suggestion and a failing check",
  ],
  "errors and warnings inline, at most twenty, the rest in the check run": [
    "conversation/verdict: has twenty comments in one review, and the rest in the check run",
    "conversation/verdict: has as many as are configured",
    "conversation/verdict: is neutral when there are warnings below it, which are commented",
  ],
  "a draft gets its check at once, its comments when it is ready": [
    "conversation/re-runs: has its check at once and its comments when it is ready",
    "core/review/plan: comments a draft where the owners chose so",
  ],
  "notices stand in the check run only": [
    "conversation/verdict: is success with notices alone, which stand in the check run only",
  ],
  "nothing at all when clean": [
    "conversation/verdict: is success, without a word in the conversation, when nothing is found",
  ],
  "nothing is commented again, whatever lines moved": [
    "conversation/review: is not commented again when a push only moves its lines",
  ],
  "what is gone is edited and minimised": [
    "conversation/review: turns green when the suggestion is committed, and the comment is resolved",
    "conversation/review: is judged on its own base after a force push",
  ],
  "its thread is resolved where that is granted": [
    "conversation/threads: The thread of a finding that is gone is resolved where the installation grants it",
  ],
  "a thread with a human reply stays open and in sight": [
    "conversation/review: keeps a thread open in which a human wrote",
  ],
  "the check run: counts, posture, inventory, annotations, external id": [
    "conversation/verdict: has counts, posture, an annotation, and an id of pull request, base and head",
    "conversation/verdict: lists what a pull request starts to write into the session, findings or not",
    "github/apply: writes more annotations than a request takes in several, the verdict with the last",
  ],
  "failure from the configured level on": [
    "conversation/verdict: is failure when a finding reaches the configured level, error unless configured",
    "conversation/verdict: is failure for a warning where warnings are the configured level",
    "core/review/conclusion: is failure on medium confidence and neutral on low",
  ],
  "neutral for warnings below it, else success": [
    "conversation/verdict: is neutral when there are warnings below it, which are commented",
    "conversation/verdict: is success with notices alone, which stand in the check run only",
  ],
  "our own error fails with a correlation id, unless configured": [
    "conversation/trouble: ends with a failing check and a correlation id after five attempts, and delays nobody",
    "core/review/plan-without-scan: lets the pull request pass where the owners chose so, and says it",
  ],
  "/rescan by the author or by who may write": [
    "conversation/commands: by the author is answered with eyes and a rocket, and leaves one check",
    "conversation/commands: by someone with write permission is obeyed, whatever the comment says he is",
  ],
  "/rescan is answered by reactions, limited, and deaf to disguises": [
    "conversation/commands: by an outsider is answered with confused and changes nothing",
    "conversation/storms: by the author is answered a few times a minute, by reactions alone",
    "conversation/commands: in a quote, in code or in an edit is not a command",
  ],
  "/accept lets the check pass, and the check says who and why": [
    "conversation/acceptances: by someone who may lets the check pass, and the check says who and why",
    "conversation/acceptances: the author of the pull request",
    "conversation/acceptances: holds for the pushes after it, until the finding is gone",
  ],
  "/reopen takes it back": [
    "conversation/acceptances: by the author takes the acceptance back",
    "conversation/acceptances: by a stranger is refused",
  ],
  "a suppression works when it stood in base": [
    "conversation/suppressions: works when it already stood in base, and the check run says so",
  ],
  "a suppression of the pull request itself does not silence": [
    "conversation/suppressions: that the pull request itself adds does not silence, and the comment says so",
  ],
  "no reason, an unknown rule or an unused suppression is reported": [
    "conversation/suppressions: without a reason, of an unknown rule, or without a use is reported",
  ],
};
