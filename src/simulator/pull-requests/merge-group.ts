import { organizationJson, repositoryJson, userJson } from "../json/shapes.js";
import { type Forge, tellChange } from "../platform/forge.js";
import type { PullRequestRecord, QueueEntry } from "../platform/store.js";

/** The branch of a group, as GitHub names it. */
function queueRef(pull: PullRequestRecord, entry: QueueEntry): string {
  return `refs/heads/gh-readonly-queue/${entry.baseRef}/pr-${pull.number}-${entry.baseSha}`;
}

export async function announceGroup(
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
        base_ref: `refs/heads/${entry.baseRef}`,
        head_commit: { id: entry.headSha, tree_id: tree, message },
      },
      repository: repositoryJson(forge),
      organization: organizationJson(forge.store.owner),
      sender: userJson(entry.by),
    },
  });
  if (action === "destroyed") {
    await forge.repository.git("update-ref", "-d", queueRef(pull, entry));
  }
}

/** Builds the group of an entry on a tip and asks for its checks. */
export async function buildGroup(
  forge: Forge,
  pull: PullRequestRecord,
  entry: QueueEntry,
  tip: string,
): Promise<void> {
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
