import { hidesFindings } from "../model/unscanned.js";
import type { CheckContent } from "./check-content.js";
import { ACCEPTORS, countOf } from "./words.js";

/** What the check comes to, why, and what to do now. Holds no word of the repository. */
export function renderLead(content: CheckContent): string {
  const reasons = [...renderFailing(content), ...renderHiding(content), ...renderOthers(content)];
  const verdict = reasons.length > 0 ? reasons : [describePassing(content)];
  return [...verdict, renderReading(content)].join("\n\n");
}

function renderFailing(content: CheckContent): readonly string[] {
  const failing = content.verdict.failing.length;
  if (failing === 0) return [];
  const fails = `**${countOf(failing, "finding")} ${failing === 1 ? "fails" : "fail"} this check.**`;
  if (content.of === "merge-group") {
    return [
      `${fails} Fix the lines in the pull request, or have them accepted there, and queue it again.`,
    ];
  }
  return [
    `${fails} What to do:`,
    [
      "- Fix the lines, by hand or with *Commit suggestion* in the comments. Every push is reviewed again.",
      `- If it is intended, ${ACCEPTORS[content.acceptPermission]} who did not open the pull request replies to the comment with \`/accept\` and a reason.`,
    ].join("\n"),
  ];
}

function renderHiding({ scan }: CheckContent): readonly string[] {
  const count = scan.unscanned.filter(hidesFindings).length;
  if (count === 0) return [];
  return [
    `**${countOf(count, "file")} could not be reviewed** and may hide something, so this check cannot pass. The reasons are listed below.`,
  ];
}

/** A check belongs to a commit, and so carries the worst verdict on it. */
function renderOthers({ otherRanges }: CheckContent): readonly string[] {
  const worse = otherRanges.filter(
    ({ conclusion }) => conclusion === "failure" || conclusion === "unknown",
  );
  if (worse.length === 0) return [];
  return [
    "**The same commit fails against another base**, listed below. A check belongs to a commit, so it cannot pass here either.",
  ];
}

function describePassing({ scan, findings, verdict, conclusion }: CheckContent): string {
  if (findings.length > 0) {
    return conclusion === "success"
      ? "Nothing here fails the check; the notices are for your information."
      : "Nothing here fails the check. Please read what was found before you merge.";
  }
  if (conclusion === "neutral") return "Nothing was found in what could be read.";
  if (verdict.accepted.length > 0) {
    return `Nothing here fails the check: ${countOf(verdict.accepted.length, "finding")} ${verdict.accepted.length === 1 ? "was" : "were"} accepted.`;
  }
  return scan.posture.some(({ direction }) => direction === "weaker")
    ? "No rule objects to this pull request, though a setting below is weaker than it was."
    : "Nothing in this pull request makes sessions less safe.";
}

function renderReading({ scan, unannotated }: CheckContent): string {
  const { scannedFiles, changedFiles } = scan.stats;
  const named = scan.unscanned.length + scan.ignored.length > 0 ? ", or are listed below" : "";
  const rest = scannedFiles < changedFiles ? `; the others do not concern sessions${named}` : "";
  const sentences = [`Read ${scannedFiles} of ${countOf(changedFiles, "changed file")}${rest}.`];
  if (unannotated > 0) {
    sentences.push(
      `${countOf(unannotated, "line")} below ${unannotated === 1 ? "has" : "have"} no annotation: there are too many.`,
    );
  }
  return sentences.join(" ");
}
