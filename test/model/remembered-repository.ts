import type { NewCommit, Repository } from "../../src/simulator/git/repository.js";

/**
 * Makes a repository answer from memory what it was asked before, and keep its refs there: hundreds
 * of histories over the same few files cost the git processes of one. Equal commits become one.
 */
export function rememberAll(repository: Repository): void {
  const { git, commit, resolve, blob } = repository;
  const refs = new Map<string, string>();
  const answers = new Map<string, Promise<unknown>>();

  function once<T>(key: readonly unknown[], ask: () => Promise<T>): Promise<T> {
    const text = JSON.stringify(key);
    const answer = (answers.get(text) as Promise<T> | undefined) ?? ask();
    answers.set(text, answer);
    return answer;
  }

  Object.assign(repository, {
    git: (...args: readonly string[]) => once(["git", ...args], () => git(...args)),
    blob: (sha: string) => once(["blob", sha], () => blob(sha)),
    async resolve(revision: string) {
      if (revision.startsWith("refs/")) return refs.get(revision);
      return once(["resolve", revision], () => resolve(revision));
    },
    async setRef(ref: string, sha: string) {
      refs.set(ref, sha);
    },
    async commit(wanted: NewCommit) {
      const { ref, parent, files, message, author } = wanted;
      const sha = await once(["commit", parent, files, message, author], () => commit(wanted));
      refs.set(ref, sha);
      return sha;
    },
  } satisfies Partial<Repository>);
}
