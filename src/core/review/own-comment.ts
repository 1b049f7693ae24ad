import type { PostedComment } from "../model/review.js";
import { formatMarker, type Marker, parseMarker } from "./marker.js";

/** A comment of ours that says what it tells of. */
export interface OwnComment {
  readonly posted: PostedComment;
  readonly marker: Marker;
}

export function readOwnComments(posted: readonly PostedComment[]): readonly OwnComment[] {
  return posted.flatMap((comment) => {
    const marker = parseMarker(comment.body);
    return marker ? [{ posted: comment, marker }] : [];
  });
}

/** A text for the room that its marker leaves of `limit` characters, and the marker. */
export function writeBody(marker: Marker, limit: number, render: (room: number) => string): string {
  const hidden = `\n\n${formatMarker(marker)}`;
  return `${render(limit - hidden.length)}${hidden}`;
}
