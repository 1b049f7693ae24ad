import type { Span } from "../../model/source.js";
import type { Expression, Name } from "../syntax/syntax.js";
import type { LineTable } from "../text/lines.js";
import type { RawNode } from "./raw-tree.js";

/** What the lowering of one file needs to know beyond the nodes. */
export interface Lowering {
  readonly text: string;
  readonly lines: LineTable;
}

/** Handed to the parts of an expression that hold expressions again. */
export type LowerExpression = (node: RawNode, lowering: Lowering) => Expression;

export function textOf(node: RawNode, lowering: Lowering): string {
  return lowering.text.slice(node.start, node.end);
}

export function spanOf(node: RawNode, lowering: Lowering): Span {
  return lowering.lines.span(node.start, node.end);
}

/** An identifier, folded as CPython folds it. */
export function lowerName(node: RawNode, lowering: Lowering): Name {
  return {
    kind: "name",
    span: spanOf(node, lowering),
    id: textOf(node, lowering).normalize("NFKC"),
  };
}
