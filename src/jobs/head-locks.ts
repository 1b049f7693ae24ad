/** One holder at a time for each head: the check on it belongs to the commit, not to a pull request. */
export interface HeadLocks {
  /** Waits for its turn. */
  hold<T>(
    repositoryId: string,
    headSha: string,
    signal: AbortSignal,
    run: () => Promise<T>,
  ): Promise<T>;
  isHeld(repositoryId: string, headSha: string): boolean;
}

export function createHeadLocks(): HeadLocks {
  /** The last in line for each head; it never rejects. */
  const tails = new Map<string, Promise<unknown>>();

  return {
    async hold(repositoryId, headSha, signal, run) {
      const key = keyOf(repositoryId, headSha);
      const turn = (tails.get(key) ?? Promise.resolve()).then(() => {
        signal.throwIfAborted();
        return run();
      });
      const tail = turn.catch(() => undefined);
      tails.set(key, tail);
      try {
        return await turn;
      } finally {
        if (tails.get(key) === tail) tails.delete(key);
      }
    },
    isHeld: (repositoryId, headSha) => tails.has(keyOf(repositoryId, headSha)),
  };
}

function keyOf(repositoryId: string, headSha: string): string {
  return `${repositoryId}/${headSha}`;
}
