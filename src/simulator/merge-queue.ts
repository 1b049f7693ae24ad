import { latestCheckRuns } from "./check-runs.js";
import { unprocessable } from "./errors.js";
import { type Forge, findPullRequest, tellChange } from "./forge.js";
import { inTurn } from "./in-turn.js";
import { mergeInto } from "./merge.js";
import { announce } from "./pull-requests.js";
import { requirementsOf } from "./required-checks.js";
import { DEFAULT_BRANCH, organizationJson, repositoryJson, userJson } from "./shapes.js";
import type { Author, CheckRunRecord, PullRequestRecord, QueueEntry } from "./store.js";
import { note } from "./timeline.js";

/** The branch of a group, as GitHub names it. */
export function queueRef(pull: PullRequestRecord, entry: QueueEntry): string {
  return `refs/heads/gh-readonly-queue/${pull.baseRef}/pr-${pull.number}-${entry.baseSha}`;
}

function waiting(forge: Forge, baseRef: string): readonly QueueEntry[] {
  return forge.store.queue.filter(
    (entry) =>
      entry.state === "waiting" && findPullRequest(forge, entry.pullRequest)?.baseRef === baseRef,
  );
}

async function announceGroup(
  forge: Forge,
  pull: PullRequestRecord,
  entry: QueueEntry,
  action: "checks_requested" | "destroyed",
  reason?: "merged" | "invalidated" | "dequeued",
): Promise<void> {
  const [message = "", tree = ""] = (
    await forge.repository.git("log", "-1", "--format=%s%x00%T", entry.headSha)
  )
    .toString()
    .trim()
    .split("\0");
  forge.send({
    event: "merge_group",
    payload: {
      action,
      ...(reason === undefined ? {} : { reason }),
      merge_group: {
        head_sha: entry.headSha,
        head_ref: queueRef(pull, entry),
        base_sha: entry.baseSha,
        base_ref: `refs/heads/${pull.baseRef}`,
        head_commit: { id: entry.headSha, tree_id: tree, message },
      },
      repository: repositoryJson(forge),
      organization: organizationJson(forge.store.owner),
      sender: userJson(entry.by),
    },
  });
}

/** Builds the group of an entry on a tip and asks for its checks. */
async function build(forge: Forge, pull: PullRequestRecord, entry: QueueEntry, tip: string) {
  const { repository } = forge;
  entry.baseSha = tip;
  entry.headSha = await repository.merge(tip, pull.headSha, {
    message: `Merge pull request #${pull.number} from ${forge.store.owner}/${pull.headRef}`,
    author: pull.author.login,
    at: new Date(),
  });
  await repository.setRef(queueRef(pull, entry), entry.headSha);
  await announceGroup(forge, pull, entry, "checks_requested");
  tellChange(forge);
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
      by,
      at: new Date(),
      baseSha: tip,
      headSha: tip,
      state: "waiting",
    };
    await build(forge, pull, entry, tip);
    forge.store.queue.push(entry);
    note(forge, pull, by, { kind: "queued" });
    announce(forge, pull, "enqueued", by);
    return entry;
  });
}

type Verdict = "pending" | "passed" | "failed";

/** Neutral and skipped satisfy a required check, as on GitHub. */
const PASSES: readonly (string | undefined)[] = ["success", "neutral", "skipped"];

/** What the required checks of a branch say about a commit. */
export function verdictOf(forge: Forge, branch: string, headSha: string): Verdict {
  const runs = latestCheckRuns(forge.store.checkRuns, headSha);
  const verdicts = requirementsOf(forge, branch).map(({ context, appId }) => {
    const found: CheckRunRecord | undefined = runs.find(
      (run) => run.name === context && (appId === undefined || run.appId === appId),
    );
    if (found?.status !== "completed") return "pending";
    return PASSES.includes(found.conclusion) ? "passed" : "failed";
  });
  if (verdicts.includes("failed")) return "failed";
  return verdicts.includes("pending") ? "pending" : "passed";
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
  const line = waiting(forge, pull.baseRef);
  const behind = line.slice(line.indexOf(entry) + 1);
  await leave(forge, pull, entry, state);
  let tip = entry.baseSha;
  for (const next of behind) {
    const other = findPullRequest(forge, next.pullRequest);
    if (other === undefined) continue;
    await announceGroup(forge, other, next, "destroyed", "invalidated");
    await build(forge, other, next, tip);
    tip = next.headSha;
  }
}

/** Merges or throws out the first of the line, as often as that is decided. */
async function settle(forge: Forge, baseRef: string): Promise<void> {
  for (let [entry] = waiting(forge, baseRef); entry; [entry] = waiting(forge, baseRef)) {
    const pull = findPullRequest(forge, entry.pullRequest);
    const verdict = verdictOf(forge, baseRef, entry.headSha);
    if (pull === undefined || verdict === "pending") return;
    if (verdict === "passed") {
      await mergeInto(forge, pull, entry.headSha, entry.by);
      await leave(forge, pull, entry, "merged");
    } else await throwOut(forge, pull, entry, "failed");
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
    const lines = new Set(
      forge.store.queue.flatMap((entry) =>
        entry.state === "waiting"
          ? (findPullRequest(forge, entry.pullRequest)?.baseRef ?? DEFAULT_BRANCH)
          : [],
      ),
    );
    const decided = [...lines].some((line) => {
      const [first] = waiting(forge, line);
      return first !== undefined && verdictOf(forge, line, first.headSha) !== "pending";
    });
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
