import type { Side } from "./source.js";

/**
 * The repository around a change set, as far as it was fetched. Paths are relative to its root and
 * separated by slashes; the root itself is the empty text. What differs between the two sides is in
 * the change set, so a path that nothing changed is asked for on the RIGHT alone.
 */
export interface RepositoryFiles {
  /** `null`: no readable text is there. `undefined`: it was not fetched. */
  text(side: Side, path: string): string | null | undefined;
  /** Names in a folder, those of folders with a slash behind. `null`: there is no such folder. */
  entries(side: Side, directory: string): readonly string[] | null | undefined;
}

/** What a scan would have read, had it been there. */
export interface Wanted {
  readonly side: Side;
  readonly path: string;
  readonly kind: "file" | "directory";
}

/** A repository of which nothing was fetched. */
export const NOTHING_FETCHED: RepositoryFiles = {
  text: () => undefined,
  entries: () => undefined,
};
