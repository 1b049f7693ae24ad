import { type Forge, tellChange } from "../platform/forge.js";
import type { Author } from "../platform/store.js";
import { headBranch } from "./branches.js";
import { announce, retarget } from "./pull-requests.js";

/** Pull requests into a branch that is renamed follow it, and tell of it as of any other base. */
export async function renameBranch(
  forge: Forge,
  from: string,
  to: string,
  by: Author,
): Promise<void> {
  const { repository, store } = forge;
  const sha = await repository.resolve(`refs/heads/${from}`);
  if (sha === undefined) throw new Error(`there is no branch ${from}`);
  await repository.setRef(`refs/heads/${to}`, sha);
  if (store.defaultBranch === from) store.defaultBranch = to;
  for (const pull of store.pullRequests) {
    if (pull.state === "open" && pull.baseRef === from) await retarget(forge, pull, to, by);
  }
  await repository.git("update-ref", "-d", `refs/heads/${from}`);
  tellChange(forge);
}

/** A branch that goes closes the pull requests into it and from it. */
export async function deleteBranch(forge: Forge, name: string, by: Author): Promise<void> {
  const { repository, store } = forge;
  await repository.git("update-ref", "-d", `refs/heads/${name}`);
  for (const pull of store.pullRequests) {
    const touched = pull.baseRef === name || headBranch(pull) === `refs/heads/${name}`;
    if (pull.state !== "open" || !touched) continue;
    pull.state = "closed";
    announce(forge, pull, "closed", by);
  }
  tellChange(forge);
}
