import type { Files } from "../git/repository.js";
import { type Forge, tellChange } from "../platform/forge.js";
import type { Author, PullRequestRecord } from "../platform/store.js";

/** The ref of a pull request's head branch. A fork's branches stand apart, its objects do not. */
export function headBranch(pull: Pick<PullRequestRecord, "fork" | "headRef">): string {
  return pull.fork === undefined
    ? `refs/heads/${pull.headRef}`
    : `refs/forks/${pull.fork}/${pull.headRef}`;
}

export interface BranchCommit {
  readonly ref: string;
  /** Undefined for a root commit. */
  readonly parent: string | undefined;
  readonly files: Files;
  readonly message: string;
  readonly author: string;
}

/** A commit on a branch; what changes nothing leaves the branch where it stands. */
export async function commitOn(forge: Forge, commit: BranchCommit): Promise<string> {
  const { repository } = forge;
  const { ref, parent } = commit;
  const sha = await repository.commit({ ...commit, at: new Date() });
  if (parent === undefined) return sha;
  const [before, after] = await Promise.all([
    repository.resolve(`${parent}^{tree}`),
    repository.resolve(`${sha}^{tree}`),
  ]);
  if (before !== after) return sha;
  await repository.setRef(ref, parent);
  return parent;
}

/** A commit straight on a branch; a branch that is not there starts at the default branch. */
export async function commitToBranch(
  forge: Forge,
  branch: string,
  files: Files,
  by: Author,
  message = `Change ${branch}`,
): Promise<string> {
  const ref = `refs/heads/${branch}`;
  const sha = await commitOn(forge, {
    ref,
    parent:
      (await forge.repository.resolve(ref)) ??
      (await forge.repository.resolve(`refs/heads/${forge.store.defaultBranch}`)),
    files,
    message,
    author: by.login,
  });
  await forge.repository.setRef(ref, sha);
  tellChange(forge);
  return sha;
}
