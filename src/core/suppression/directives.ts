import { languageOf } from "../language.js";
import type { FileChange } from "../model/change.js";
import type { Side } from "../model/source.js";
import { type Comment, readComments } from "../python/text/comments.js";
import { readTemplateComments, withoutComments } from "../template/comments.js";

/** `cyclekey: ignore[rule] reason` in a comment, one for each rule that it names. */
export interface Directive {
  /** As written; empty when the brackets are. */
  readonly rule: string;
  /** Empty when there is none that a person could read. */
  readonly reason: string;
  /** 1-based. */
  readonly line: number;
  /** Nothing else stands on its line: then it speaks of the line below. */
  readonly alone: boolean;
}

const MARK = "cyclekey:";
const DIRECTIVE = /^[ \t]*cyclekey:[ \t]*ignore\[([\w ,-]*)\][ \t]*(.*)$/;
const READABLE = /[\p{L}\p{N}]/u;

/** The directives of one version of a file. Only plain letters count: what looks like them does not. */
export function readDirectives(change: FileChange, side: Side): readonly Directive[] {
  const text = side === "LEFT" ? change.base : change.head;
  if (!text.includes(MARK)) return [];
  const isTemplate = languageOf(change) === "template";
  const code = (isTemplate ? withoutComments(text) : text).split("\n");
  return commentsOf(text, isTemplate).flatMap(({ line, text: comment }) => {
    const match = DIRECTIVE.exec(comment);
    if (match === null) return [];
    const reason = match[2]?.trim() ?? "";
    const rules = (match[1] ?? "").split(",").map((rule) => rule.trim());
    return [...new Set(rules)].map((rule) => ({
      rule,
      reason: READABLE.test(reason) ? reason : "",
      line,
      alone: isTemplate ? code[line - 1]?.trim() === "" : /^\s*#/.test(code[line - 1] ?? ""),
    }));
  });
}

/** The comments that may hold a directive, without what opens and closes them. */
function commentsOf(text: string, isTemplate: boolean): readonly Comment[] {
  if (!isTemplate) {
    return readComments(text).map((comment) => ({ ...comment, text: comment.text.slice(1) }));
  }
  const comments: Comment[] = [];
  let line = 1;
  let counted = 0;
  for (const comment of readTemplateComments(text)) {
    line += text.slice(counted, comment.start).split("\n").length - 1;
    counted = comment.start;
    comments.push({ line, text: comment.text.trimEnd() });
  }
  return comments;
}
