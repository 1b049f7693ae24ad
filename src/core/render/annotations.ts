import { rightNeighbours } from "../diff/anchors.js";
import type { FileChange } from "../model/change.js";
import type { Finding } from "../model/finding.js";
import type { Annotation } from "../model/review.js";
import type { Severity } from "../model/severity.js";
import { hidesFindings, type Unscanned } from "../model/unscanned.js";
import { cutText, showInvisible } from "./markdown.js";
import { renderPlainMessage } from "./message.js";
import { type Catalogue, titleOf } from "./words.js";

const LEVELS: Readonly<Record<Severity, Annotation["level"]>> = {
  error: "failure",
  warning: "warning",
  notice: "notice",
};

/** GitHub takes 255 characters of title and 64 KB of message. */
const TITLE_LENGTH = 200;
const MESSAGE_LENGTH = 4_000;

/**
 * Annotations of a check run stand on lines of head, in the diff or not; plain text. A removed file
 * has none. In the given order, however many.
 */
export function renderAnnotations(
  findings: readonly Finding[],
  unscanned: readonly Unscanned[],
  changes: readonly FileChange[],
  catalogue: Catalogue,
): readonly Annotation[] {
  return [
    ...findings.flatMap((finding) => annotateFinding(finding, changes, catalogue)),
    ...unscanned.flatMap((one) => annotateUnscanned(one, changes)),
  ];
}

function annotateFinding(
  finding: Finding,
  changes: readonly FileChange[],
  catalogue: Catalogue,
): readonly Annotation[] {
  return headLines(finding, changes).map((lines) => ({
    ...lines,
    level: LEVELS[finding.severity],
    title: cutText(titleOf(finding, catalogue), TITLE_LENGTH),
    message: cutText(renderPlainMessage(finding.message), MESSAGE_LENGTH),
  }));
}

function annotateUnscanned(
  { path, line, reason, detail }: Unscanned,
  changes: readonly FileChange[],
): readonly Annotation[] {
  const removed = changes.some((change) => change.path === path && change.status === "removed");
  if (line === undefined || removed) return [];
  return [
    {
      path,
      startLine: line,
      endLine: line,
      level: hidesFindings({ path, reason, detail }) ? "failure" : "warning",
      title: "Not reviewed",
      message: cutText(showInvisible(detail), MESSAGE_LENGTH),
    },
  ];
}

type Place = Pick<Annotation, "path" | "startLine" | "endLine">;

/**
 * The finding's lines at head; for lines that are gone, the one that now stands above their place.
 * None where the file is gone.
 */
export function headLines({ region }: Finding, changes: readonly FileChange[]): readonly Place[] {
  const { startLine, endLine } = region;
  if (region.side === "RIGHT") return [{ path: region.path, startLine, endLine }];
  const change = changes.find(
    ({ basePath, status }) =>
      basePath === region.path && status !== "added" && status !== "removed",
  );
  if (change === undefined) return [];
  const { above, below } = rightNeighbours(change.hunks, startLine, endLine) ?? {};
  const line = above ?? below ?? 1;
  return [{ path: change.path, startLine: line, endLine: line }];
}
