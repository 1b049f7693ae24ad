import { type Forge, tellChange } from "../platform/forge.js";
import type { Author, PullRequestRecord } from "../platform/store.js";
import { note } from "../platform/timeline.js";
import { announce } from "./pull-requests.js";

/** Moves the base branch to a commit that holds the pull request, and closes it as merged. */
export async function mergeInto(
  forge: Forge,
  pull: PullRequestRecord,
  commit: string,
  by: Author,
): Promise<void> {
  await forge.repository.setRef(`refs/heads/${pull.baseRef}`, commit);
  pull.state = "closed";
  pull.mergedAt = new Date();
  note(forge, pull, by, { kind: "merged", commit, into: pull.baseRef });
  announce(forge, pull, "closed", by);
  tellChange(forge);
}

/** The green button: a merge commit on the base branch. */
export async function merge(forge: Forge, pull: PullRequestRecord, by: Author): Promise<string> {
  const { repository } = forge;
  const tip = (await repository.resolve(`refs/heads/${pull.baseRef}`)) ?? pull.baseSha;
  const commit = await repository.merge(tip, pull.headSha, {
    message: `Merge pull request #${pull.number} from ${forge.store.owner}/${pull.headRef}`,
    author: by.login,
    at: new Date(),
  });
  await mergeInto(forge, pull, commit, by);
  return commit;
}
