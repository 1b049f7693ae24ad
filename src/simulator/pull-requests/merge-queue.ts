import { requirementsOf, verdictOf } from "../checks/required-checks.js";
import { unprocessable } from "../platform/errors.js";
import { type Forge, findPullRequest } from "../platform/forge.js";
import { inTurn } from "../platform/in-turn.js";
import type { Author, PullRequestRecord, QueueEntry } from "../platform/store.js";
import { note } from "../platform/timeline.js";
import { mergeInto } from "./merge.js";
import { announceGroup, buildGroup } from "./merge-group.js";
import { announce } from "./pull-requests.js";

/** The line of a base branch, first come first. */
function waiting(forge: Forge, baseRef: string): readonly QueueEntry[] {
  return forge.store.queue.filter(
    (entry) => entry.state === "waiting" && entry.baseRef === baseRef,
  );
}

/** Puts a pull request at the end of the queue of its base branch. */
export function enqueue(forge: Forge, pull: PullRequestRecord, by: Author): Promise<QueueEntry> {
  return inTurn(forge, async () => {
    const required = requirementsOf(forge, pull.baseRef);
    if (required.length === 0) throw unprocessable(`${pull.baseRef} requires no check to wait for`);
    if (pull.state !== "open" || pull.draft) throw unprocessable("Pull request is not mergeable");
    const ahead = waiting(forge, pull.baseRef);
    if (ahead.some((entry) => entry.pullRequest === pull.number)) {
      throw unprocessable("Pull request is already in the queue");
    }
    const tip =
      ahead.at(-1)?.headSha ?? (await forge.repository.resolve(`refs/heads/${pull.baseRef}`)) ?? "";
    const entry: QueueEntry = {
      pullRequest: pull.number,
      baseRef: pull.baseRef,
      pullHead: pull.headSha,
      by,
      at: new Date(),
      baseSha: tip,
      headSha: tip,
      state: "waiting",
    };
    await buildGroup(forge, pull, entry, tip);
    forge.store.queue.push(entry);
    note(forge, pull, by, { kind: "queued" });
    announce(forge, pull, "enqueued", by);
    return entry;
  });
}

async function leave(
  forge: Forge,
  pull: PullRequestRecord,
  entry: QueueEntry,
  state: "merged" | "failed" | "removed",
): Promise<void> {
  entry.state = state;
  const reason = state === "merged" ? "merged" : state === "failed" ? "invalidated" : "dequeued";
  if (state !== "merged") note(forge, pull, entry.by, { kind: "unqueued", reason: state });
  await announceGroup(forge, pull, entry, "destroyed", reason);
  announce(forge, pull, "dequeued", entry.by, {
    reason: { merged: "MERGE", failed: "CI_FAILURE", removed: "MANUAL" }[state],
  });
}

/** Takes an entry out; the groups behind it stood on its commit and are built anew. */
async function throwOut(
  forge: Forge,
  pull: PullRequestRecord,
  entry: QueueEntry,
  state: "failed" | "removed",
): Promise<void> {
  const line = waiting(forge, entry.baseRef);
  const behind = line.slice(line.indexOf(entry) + 1);
  await leave(forge, pull, entry, state);
  let tip = entry.baseSha;
  for (const next of behind) {
    const other = findPullRequest(forge, next.pullRequest);
    if (other === undefined) continue;
    await announceGroup(forge, other, next, "destroyed", "invalidated");
    try {
      await buildGroup(forge, other, next, tip);
      tip = next.headSha;
    } catch {
      // It merged with what was thrown out, and conflicts without it.
      await leave(forge, other, next, "failed");
    }
  }
}

interface Decided {
  readonly entry: QueueEntry;
  readonly pull: PullRequestRecord;
  readonly fate: "passed" | "failed" | "removed";
}

/** Who is closed, pushed to or given another base loses the place; only the first is merged. */
function nextDecided(forge: Forge, baseRef: string): Decided | undefined {
  for (const [index, entry] of waiting(forge, baseRef).entries()) {
    const pull = findPullRequest(forge, entry.pullRequest);
    if (pull === undefined) continue;
    const stays =
      pull.state === "open" && pull.headSha === entry.pullHead && pull.baseRef === baseRef;
    const fate = stays ? verdictOf(forge, baseRef, entry.headSha) : "removed";
    if (fate === "removed") return { entry, pull, fate };
    if (index === 0 && fate !== "pending") return { entry, pull, fate };
  }
  return undefined;
}

async function settle(forge: Forge, baseRef: string): Promise<void> {
  for (let next = nextDecided(forge, baseRef); next; next = nextDecided(forge, baseRef)) {
    const { entry, pull, fate } = next;
    if (fate === "passed") {
      await mergeInto(forge, pull, entry.headSha, entry.by);
      await leave(forge, pull, entry, "merged");
    } else await throwOut(forge, pull, entry, fate);
  }
}

export function dequeue(forge: Forge, pull: PullRequestRecord): Promise<void> {
  return inTurn(forge, async () => {
    const entry = waiting(forge, pull.baseRef).find((one) => one.pullRequest === pull.number);
    if (entry === undefined) throw unprocessable("Pull request is not in the queue");
    await throwOut(forge, pull, entry, "removed");
  });
}

/** Looks at the queue after every change, until the returned function is called. */
export function runMergeQueue(forge: Forge): () => void {
  let looking = false;
  const look = () => {
    const waits = forge.store.queue.filter((entry) => entry.state === "waiting");
    const lines = [...new Set(waits.map((entry) => entry.baseRef))];
    const decided = lines.some((line) => nextDecided(forge, line) !== undefined);
    if (looking || !decided) return;
    looking = true;
    void inTurn(forge, async () => {
      for (const line of lines) await settle(forge, line);
    }).finally(() => {
      looking = false;
      look();
    });
  };
  forge.news.on("changed", look);
  return () => forge.news.off("changed", look);
}
