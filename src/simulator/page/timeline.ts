import type { Forge } from "../platform/forge.js";
import type { PullRequestRecord, TimelineRecord } from "../platform/store.js";
import { time } from "./comment-box.js";
import { type Html, html } from "./html.js";
import { BRANCH_ICON, COMMIT_ICON, MERGE_ICON, QUEUE_ICON } from "./icons.js";

/** Something with its place in the conversation. */
export interface Moment {
  readonly at: Date;
  readonly shown: Html;
}

function sha(commit: string): Html {
  return html`<code>${commit.slice(0, 7)}</code>`;
}

/** Icon and words; undefined for a push, whose commits speak for it. */
function sentence(
  pull: PullRequestRecord,
  record: TimelineRecord,
): readonly [Html, Html] | undefined {
  const branch = (name: string) => html`<code class="branch">${name}</code>`;
  switch (record.kind) {
    case "push":
      return undefined;
    case "force-push":
      return [
        COMMIT_ICON,
        html`force-pushed ${branch(pull.headRef)} from ${sha(record.before)} to ${sha(record.after)}`,
      ];
    case "retarget":
      return [
        BRANCH_ICON,
        html`changed the base branch from ${branch(record.from)} to ${branch(record.to)}`,
      ];
    case "queued":
      return [QUEUE_ICON, html`added this pull request to the merge queue`];
    case "unqueued":
      return [
        QUEUE_ICON,
        html`removed this pull request from the merge queue${record.reason === "failed" && " due to failed status checks"}`,
      ];
    case "merged":
      return [MERGE_ICON, html`merged commit ${sha(record.commit)} into ${branch(record.into)}`];
  }
}

export function timelineMoments(forge: Forge, pull: PullRequestRecord): readonly Moment[] {
  return forge.store.timeline
    .filter((record) => record.pullRequest === pull.number)
    .flatMap((record) => {
      const said = sentence(pull, record);
      if (said === undefined) return [];
      const [icon, words] = said;
      // Nobody removed what failed: GitHub did.
      const failed = record.kind === "unqueued" && record.reason === "failed";
      const who = failed ? "github-merge-queue" : record.actor.login;
      const shown = html`<p class="event event-${record.kind}"><span class="event-icon">${icon}</span> <strong>${who}</strong> ${words} ${time(record.at)}</p>`;
      return { at: record.at, shown };
    });
}

/**
 * Commits, oldest first, each where it was pushed: git's own times count in seconds and would set
 * an answer before what it answers.
 */
export async function commitMoments(
  forge: Forge,
  pull: PullRequestRecord,
): Promise<readonly Moment[]> {
  const range = `${pull.baseSha}..${pull.headSha}`;
  const log = await forge.repository.git("log", "--reverse", "--format=%H%x00%an%x00%s", range);
  const lines = log.toString().trim().split("\n").filter(Boolean);
  return lines.map((line) => {
    const [commit = "", name = "", subject = ""] = line.split("\0");
    const push = forge.store.timeline.find((one) => one.kind === "push" && one.commit === commit);
    const shown = html`<p class="event event-commit"><span class="event-icon">${COMMIT_ICON}</span> <strong>${name}</strong> ${subject} <span class="event-sha">${sha(commit)}</span></p>`;
    return { at: push?.at ?? pull.createdAt, shown };
  });
}
