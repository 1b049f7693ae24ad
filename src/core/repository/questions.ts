import type { Wanted } from "../model/repository.js";

/**
 * What was asked of the repository and is not at hand. Asking is not wanting: only who sees that
 * the answer could matter makes a question wanted.
 */
export interface Questions {
  ask(wanted: Wanted): void;
  /** Runs a step, and says what it asked. */
  during<T>(step: () => T): { readonly value: T; readonly asked: Asked };
}

/** By key, so that the same question is there once. */
export type Asked = ReadonlyMap<string, Wanted>;

export function createQuestions(): Questions {
  let current = new Map<string, Wanted>();
  return {
    ask: (wanted) => {
      current.set(`${wanted.kind} ${wanted.side} ${wanted.path}`, wanted);
    },
    during: (step) => {
      const outer = current;
      const asked = new Map<string, Wanted>();
      current = asked;
      try {
        return { value: step(), asked };
      } finally {
        current = outer;
      }
    },
  };
}

export function sameQuestions(a: Asked, b: Asked): boolean {
  return a.size === b.size && [...a.keys()].every((key) => b.has(key));
}
