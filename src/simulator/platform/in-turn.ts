import type { Forge } from "./forge.js";

const last = new WeakMap<Forge, Promise<unknown>>();

/** One change of branches at a time: each reads a tip, commits on it and moves a ref. */
export function inTurn<T>(forge: Forge, work: () => Promise<T>): Promise<T> {
  const mine = (last.get(forge) ?? Promise.resolve()).then(work, work);
  last.set(
    forge,
    mine.catch(() => {}),
  );
  return mine;
}

/** Resolves when no change of branches is under way. */
export async function turnsEnded(forge: Forge): Promise<void> {
  for (let seen: unknown; seen !== last.get(forge); ) {
    seen = last.get(forge);
    await seen;
  }
}
