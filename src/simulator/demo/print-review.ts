import type { CheckRunRecord, PullRequestRecord, ReviewCommentRecord } from "../platform/store.js";
import type { GitHubWorld } from "../world.js";
import type { Paint } from "./paint.js";
import { markdownForTerminal, withoutControls } from "./terminal-markdown.js";

const WIDTH = 100;

/** How a check ended, in one line. */
export function verdict(run: CheckRunRecord, paint: Paint): string {
  const { conclusion = "neutral" } = run;
  const said = `${run.name}: ${conclusion}`;
  const title = withoutControls(run.title ?? "");
  if (conclusion === "success") return `${paint.green(`✓ ${said}`)}  ${title}`;
  const passes = conclusion === "neutral" || conclusion === "skipped";
  return `${passes ? paint.yellow(`– ${said}`) : paint.red(`✗ ${said}`)}  ${title}`;
}

async function replacedLines(world: GitHubWorld, comment: ReviewCommentRecord) {
  const commit = comment.side === "LEFT" ? comment.mergeBase : comment.commitId;
  const text = (await world.forge.repository.blob(`${commit}:${comment.path}`)).toString("utf8");
  return text.split("\n").slice((comment.startLine ?? comment.line) - 1, comment.line);
}

async function commentLines(world: GitHubWorld, comment: ReviewCommentRecord, paint: Paint) {
  const { path, startLine, line, side } = comment;
  const lines = startLine === undefined ? `${line}` : `${startLine}-${line}`;
  const where = `${path}:${lines}${side === "LEFT" ? " (removed)" : ""}`;
  const replaced = await replacedLines(world, comment);
  const body = markdownForTerminal(comment.body, { width: WIDTH - 6, paint, replaced });
  return [
    "",
    `  ${paint.blue(withoutControls(where))}`,
    ...body.map((one) => `  ${paint.dim("│")} ${one}`.trimEnd()),
  ];
}

/** One pull request's review as it stands on GitHub, for a terminal of 100 columns. */
export async function printReview(
  world: GitHubWorld,
  pull: PullRequestRecord,
  run: CheckRunRecord,
  paint: Paint,
): Promise<string> {
  const comments = world.reviewComments(pull.number);
  const shown = await Promise.all(comments.map((one) => commentLines(world, one, paint)));
  const heading = withoutControls(`#${pull.number} ${pull.title}`);
  return [
    paint.dim("─".repeat(WIDTH)),
    paint.bold(heading),
    paint.dim(`${pull.author.login} wants to merge ${pull.headRef} into ${pull.baseRef}`),
    verdict(run, paint),
    ...shown.flat(),
    "",
    "",
  ].join("\n");
}
