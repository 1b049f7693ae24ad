import type { CheckRunRecord, PullRequestRecord, ReviewCommentRecord } from "../platform/store.js";
import type { GitHubWorld } from "../world.js";
import type { Paint } from "./paint.js";
import { verdict } from "./print-review.js";
import { markdownForTerminal, withoutControls } from "./terminal-markdown.js";

export const CHECK_WITHIN = 60_000;

/** Where an act plays, and how it is told: one line for each thing that somebody does. */
export interface Stage {
  readonly world: GitHubWorld;
  title(text: string): void;
  does(who: string, what: string): void;
  /** Waits for the check and tells its verdict and where the comments stand. */
  answers(pull: PullRequestRecord, wanted?: (run: CheckRunRecord) => boolean): Promise<void>;
  tells(run: CheckRunRecord): void;
}

const WIDTH = 100;

function cut(text: string, width = WIDTH - 4): string {
  return text.length > width ? `${text.slice(0, width - 1)}…` : text;
}

/** The first line of a comment is what it says; the rest is why. */
function firstLine(comment: ReviewCommentRecord): string {
  const line = comment.body.split("\n").find((one) => one.trim() !== "") ?? "";
  return withoutControls(line.replaceAll("**", "").replaceAll("`", ""));
}

function commentLine(comment: ReviewCommentRecord): string {
  const folded = comment.minimized === undefined ? "" : ` (minimised as ${comment.minimized})`;
  return cut(`${comment.path}:${comment.line}  ${firstLine(comment)}${folded}`);
}

/** What the check run says about other bases of the same commit. */
function otherBases(run: CheckRunRecord): string | undefined {
  const [, after] = (run.summary ?? "").split("### Other bases of this commit\n");
  return after?.split("\n### ")[0];
}

export function createStage(world: GitHubWorld, paint: Paint, say: (text: string) => void): Stage {
  const aside = (line: string) => say(`${paint.dim(`    ${line}`)}\n`);
  const tells = (run: CheckRunRecord) => {
    say(`  ${verdict(run, paint)}\n`);
    const text = otherBases(run);
    if (text === undefined) return;
    const lines = markdownForTerminal(text, { width: WIDTH - 4, paint, replaced: [] });
    for (const line of lines.filter((one) => one.trim() !== "")) aside(line);
  };
  return {
    world,
    title: (text) => say(`${paint.dim("─".repeat(WIDTH))}\n${paint.bold(text)}\n`),
    does: (who, what) => say(`  ${cut(`${who} ${what}`)}\n`),
    tells,
    async answers(pull, wanted) {
      tells(await world.waitForCheck(pull.number, wanted, CHECK_WITHIN));
      const tops = world.reviewComments(pull.number).filter((one) => one.inReplyTo === undefined);
      for (const comment of tops) aside(commentLine(comment));
    },
  };
}
