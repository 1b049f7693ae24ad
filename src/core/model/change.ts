import type { Unscanned } from "./unscanned.js";

/** One line of a hunk. `text` has no line terminator, but keeps the `\r` of a CRLF file. */
export interface HunkLine {
  readonly kind: "context" | "added" | "deleted";
  readonly text: string;
  /** 1-based line in base; absent on added lines. */
  readonly base?: number;
  /** 1-based line in head; absent on deleted lines. */
  readonly head?: number;
  /** The line is the last of its version and that version ends without a newline. */
  readonly noNewline?: true;
}

/** A hunk of a unified diff. As in git, a side with a count of 0 names the line before the hunk. */
export interface Hunk {
  readonly baseStart: number;
  readonly baseCount: number;
  readonly headStart: number;
  readonly headCount: number;
  /** What git prints behind the second `@@`: the line that opens the enclosing block. */
  readonly section?: string;
  readonly lines: readonly HunkLine[];
}

/** What git's modes say of an entry. Only `file` has text to review. */
export type EntryKind = "file" | "symlink" | "submodule";

/**
 * One entry of the list of changed files, before any content was fetched.
 * `hunks` is undefined when the list came without a patch: never to be read as "no change".
 */
export interface ChangedFile {
  /** Path at head; the base path of a removed file. */
  readonly path: string;
  /** Path at base; the same as `path` unless the file was renamed. */
  readonly basePath: string;
  readonly status: "added" | "modified" | "removed" | "renamed";
  readonly kind: EntryKind;
  readonly hunks: readonly Hunk[] | undefined;
}

/** A changed file whose two versions are known. An added file has an empty base, a removed one an empty head. */
export interface FileChange extends ChangedFile {
  readonly base: string;
  readonly head: string;
  readonly hunks: readonly Hunk[];
}

/** What the scan reads: the difference between two trees, as far as it can matter. */
export interface ChangeSet {
  /** Revision of the base side (a commit or tree id, or what the user typed). */
  readonly base: string;
  readonly head: string;
  /** How many files the two trees differ in, relevant or not. */
  readonly changedFiles: number;
  /** All of them, as listed; absent: `files` are all. Tells where the two trees are the same. */
  readonly listed?: readonly ChangedFile[];
  readonly files: readonly FileChange[];
  /** Files that could matter and whose content could not be had. */
  readonly unscanned: readonly Unscanned[];
}
