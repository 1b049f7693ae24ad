/** Heads remembered; older ones are looked up on GitHub again, which is only slower. */
const REMEMBERED = 5_000;

/**
 * What this process did lately. It saves requests and tidies up; GitHub alone decides what is so,
 * and all of it may be forgotten at any time.
 */
export interface RunMemory {
  /** Remembers that the pull request has a completed check on this head. */
  settle(key: string, headSha: string): void;
  isSettled(key: string, headSha: string): boolean;
  /** Remembers a check run that is open. */
  open(key: string, check: OpenCheck): void;
  close(key: string, id: number): void;
  /** Open check runs of the pull request on other heads than this one. */
  leftOpen(key: string, headSha: string): readonly OpenCheck[];
}

export interface OpenCheck {
  readonly id: number;
  readonly headSha: string;
}

export function createRunMemory(): RunMemory {
  const settled = new Map<string, string>();
  const open = new Map<string, readonly OpenCheck[]>();
  return {
    settle(key, headSha) {
      settled.delete(key);
      settled.set(key, headSha);
      if (settled.size > REMEMBERED) {
        const [oldest] = settled.keys();
        if (oldest !== undefined) settled.delete(oldest);
      }
    },
    isSettled: (key, headSha) => settled.get(key) === headSha,
    open(key, check) {
      open.set(key, [...(open.get(key) ?? []), check]);
    },
    close(key, id) {
      const rest = (open.get(key) ?? []).filter((check) => check.id !== id);
      if (rest.length === 0) open.delete(key);
      else open.set(key, rest);
    },
    leftOpen: (key, headSha) => (open.get(key) ?? []).filter((check) => check.headSha !== headSha),
  };
}
