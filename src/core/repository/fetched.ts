import type { RepositoryFiles, Wanted } from "../model/repository.js";

/** The text of a file, the names in a folder, or `null` where there is none. */
export type Answer = string | readonly string[] | null;

/** What was fetched so far for one scan. */
export interface Fetched {
  readonly rounds: number;
  readonly answers: ReadonlyMap<string, Answer>;
}

export const NOTHING_YET: Fetched = { rounds: 0, answers: new Map() };

/** What one scan may read beside its change set: settings modules and helpers, not a project. */
export const FETCH_LIMITS = { rounds: 3, files: 40, directories: 10 } as const;

/** What of the wanted is to be fetched in the next round; none when the limits are reached. */
export function nextRound(wanted: readonly Wanted[], fetched: Fetched): readonly Wanted[] {
  if (fetched.rounds >= FETCH_LIMITS.rounds) return [];
  const open = wanted.filter((one) => !fetched.answers.has(keyOf(one)));
  return [
    ...ofKind(open, "directory").slice(0, FETCH_LIMITS.directories - count(fetched, "directory")),
    ...ofKind(open, "file").slice(0, FETCH_LIMITS.files - count(fetched, "file")),
  ];
}

/** `answers` stand in the order of `wanted`. */
export function addRound(
  fetched: Fetched,
  wanted: readonly Wanted[],
  answers: readonly Answer[],
): Fetched {
  const added = wanted.map((one, index) => [keyOf(one), answers[index] ?? null] as const);
  return { rounds: fetched.rounds + 1, answers: new Map([...fetched.answers, ...added]) };
}

/** What came with the change set, before the first scan. */
export function fetchedBefore(wanted: readonly Wanted[], answers: readonly Answer[]): Fetched {
  return { ...addRound(NOTHING_YET, wanted, answers), rounds: 0 };
}

/** The fetched files as the scan reads them. */
export function filesOf({ answers }: Fetched): RepositoryFiles {
  return {
    text: (side, path) => {
      const answer = answers.get(keyOf({ kind: "file", side, path }));
      return typeof answer === "object" ? null : answer;
    },
    entries: (side, path) => {
      const answer = answers.get(keyOf({ kind: "directory", side, path }));
      return typeof answer === "string" ? null : answer;
    },
  };
}

function keyOf({ kind, side, path }: Wanted): string {
  return `${kind} ${side} ${path}`;
}

function ofKind(wanted: readonly Wanted[], kind: Wanted["kind"]): readonly Wanted[] {
  return wanted.filter((one) => one.kind === kind);
}

function count({ answers }: Fetched, kind: Wanted["kind"]): number {
  return [...answers.keys()].filter((key) => key.startsWith(`${kind} `)).length;
}
