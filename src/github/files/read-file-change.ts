import { diffTexts } from "../../core/diff/diff-texts.js";
import { rebuildBase } from "../../core/diff/rebuild-base.js";
import type { ChangedFile, FileChange } from "../../core/model/change.js";
import type { Unscanned, UnscannedReason } from "../../core/model/unscanned.js";
import type { Blob } from "./blobs.js";
import { pointerIn } from "./pointers.js";

/** GitHub cuts `Blob.text` at 512,000 bytes. */
const MAX_BYTES = 512_000;
const BOM_BYTES = 3;

type Text =
  | { readonly text: string }
  | { readonly reason: UnscannedReason; readonly detail: string };

/**
 * A file whose base follows from its head and its patch; undefined when they do not fit, so that the
 * base has to be fetched.
 */
export function rebuildFileChange(
  file: ChangedFile,
  head: Blob | undefined,
): FileChange | Unscanned | undefined {
  if (file.hunks === undefined || file.status === "removed") return undefined;
  const text = textAt(file.path, head);
  if ("reason" in text) return unscanned(file, text);
  const base = rebuildBase(text.text, file.hunks);
  if (base === undefined || (file.status === "added" && base !== "")) return undefined;
  return { ...file, hunks: file.hunks, base, head: text.text };
}

/** A file from both its blobs; a side that the status says is empty is not asked for. */
export function compareFileChange(
  file: ChangedFile,
  base: Blob | undefined,
  head: Blob | undefined,
): FileChange | Unscanned {
  const empty: Text = { text: "" };
  const before = file.status === "added" ? empty : textOf(base);
  const after = file.status === "removed" ? empty : textAt(file.path, head);
  if ("reason" in before) return unscanned(file, before);
  if ("reason" in after) return unscanned(file, after);
  return {
    ...file,
    base: before.text,
    head: after.text,
    hunks: diffTexts(before.text, after.text),
  };
}

function unscanned(
  { path, basePath }: ChangedFile,
  why: Pick<Unscanned, "reason" | "detail">,
): Unscanned {
  return { path, ...(basePath !== path && { basePath }), ...why };
}

export function isUnscanned(value: FileChange | Unscanned): value is Unscanned {
  return "reason" in value;
}

/** What stands at the head must be the file itself: a pointer would let anything run, unseen. */
function textAt(path: string, head: Blob | undefined): Text {
  const read = textOf(head);
  const pointer = "text" in read ? pointerIn(path, read.text) : undefined;
  return pointer === undefined ? read : { reason: "unreadable", detail: pointer };
}

/** The text of a blob, or why it is not read. */
export function textOf(blob: Blob | undefined): Text {
  if (blob === undefined) {
    return { reason: "unreadable", detail: "GitHub shows no file at this path." };
  }
  if (blob.truncated || blob.byteSize > MAX_BYTES) {
    return {
      reason: "too-large",
      detail: `The file has ${blob.byteSize} bytes; files up to ${MAX_BYTES} are reviewed.`,
    };
  }
  if (blob.binary || blob.text === undefined) {
    return { reason: "unreadable", detail: "GitHub takes the file for binary." };
  }
  // A text that is not the file's bytes was decoded from, or to, something else than UTF-8.
  const bytes = Buffer.byteLength(blob.text);
  if (bytes !== blob.byteSize && bytes + BOM_BYTES !== blob.byteSize) {
    return { reason: "unsafe-encoding", detail: "The file is not plain UTF-8; save it as UTF-8." };
  }
  return { text: blob.text };
}
