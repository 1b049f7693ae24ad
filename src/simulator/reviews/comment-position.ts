import { mapLine } from "../git/line-map.js";
import { hunkOf, readPatch } from "../git/patch.js";
import { type Forge, pullRequestDiff } from "../platform/forge.js";
import type { PullRequestRecord, ReviewCommentRecord } from "../platform/store.js";

/** Where a review comment stands in the diff of the present head; undefined once it is outdated. */
export async function currentLine(
  forge: Forge,
  pull: PullRequestRecord,
  comment: ReviewCommentRecord,
): Promise<number | undefined> {
  const { mergeBase, files } = await pullRequestDiff(forge, pull);
  const file = files.find((one) => one.filename === comment.path);
  if (file === undefined) return undefined;
  const [from, to] =
    comment.side === "LEFT" ? [comment.mergeBase, mergeBase] : [comment.commitId, pull.headSha];
  const path = comment.side === "LEFT" ? (file.previousFilename ?? file.filename) : file.filename;
  const line = await mapLine(forge.repository, from, to, path, comment.line);
  if (line === undefined) return undefined;
  const shown = hunkOf(readPatch(file.patch ?? ""), comment.side, line);
  return shown === undefined ? undefined : line;
}
