/** The side of a diff: LEFT is the base version, RIGHT the head version (GitHub's words). */
export type Side = "LEFT" | "RIGHT";

/**
 * A piece of one file. Lines are 1-based and inclusive; offsets are UTF-16 code units into the
 * text of the file, `end` exclusive.
 */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly startLine: number;
  readonly endLine: number;
}

/** Where something stands in a change set: whole lines, 1-based and inclusive, of one side. */
export interface Region {
  /** Path on the region's side. */
  readonly path: string;
  readonly side: Side;
  readonly startLine: number;
  readonly endLine: number;
}

/** One version of one file as text; an added file has an empty base, a removed one an empty head. */
export interface SourceFile {
  /** Path on this side. */
  readonly path: string;
  readonly side: Side;
  readonly text: string;
}
