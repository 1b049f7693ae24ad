/** Heads remembered after they were held; of one that is forgotten it costs a request to look again. */
const HEADS = 20_000;

/** One holder at a time for each head: the check on it belongs to the commit, not to a pull request. */
export interface HeadLocks {
  /**
   * Waits for its turn. What runs is told whether this process held the head before: then something
   * of ours may stand on it.
   */
  hold<T>(
    repositoryId: string,
    headSha: string,
    signal: AbortSignal,
    run: (heldBefore: boolean) => Promise<T>,
  ): Promise<T>;
  isHeld(repositoryId: string, headSha: string): boolean;
}

export function createHeadLocks(limit = HEADS): HeadLocks {
  /** The last in line for each head; it never rejects. */
  const tails = new Map<string, Promise<unknown>>();
  const seen = new Set<string>();

  /** Whether the head was seen before; the head that was seen last is forgotten last. */
  function see(key: string): boolean {
    const known = seen.delete(key);
    seen.add(key);
    const [oldest] = seen;
    if (seen.size > limit && oldest !== undefined) seen.delete(oldest);
    return known;
  }

  return {
    async hold(repositoryId, headSha, signal, run) {
      const key = keyOf(repositoryId, headSha);
      const turn = (tails.get(key) ?? Promise.resolve()).then(() => {
        signal.throwIfAborted();
        return run(see(key));
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
