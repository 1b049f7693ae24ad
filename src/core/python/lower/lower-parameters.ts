import type { Parameter } from "../syntax/syntax.js";
import { type LowerExpression, type Lowering, lowerName, spanOf } from "./lowering.js";
import type { RawNode } from "./raw-tree.js";

/** Of a function or a lambda. The separators `/` and `*` bind nothing and are left out. */
export function lowerParameters(
  list: RawNode,
  lowering: Lowering,
  lower: LowerExpression,
): readonly Parameter[] {
  return list.children
    .filter(({ type }) => type !== "keyword_separator" && type !== "positional_separator")
    .map((child) => lowerParameter(child, lowering, lower));
}

function lowerParameter(node: RawNode, lowering: Lowering, lower: LowerExpression): Parameter {
  const isPlain = node.type === "identifier" || node.type.endsWith("_pattern");
  const target = isPlain ? node : (node.children[0] ?? node);
  const annotation = node.children.find((child) => child.type === "type");
  const hasDefault = node.type === "default_parameter" || node.type === "typed_default_parameter";
  const value = hasDefault ? node.children.at(-1) : undefined;
  const unpack =
    target.type === "list_splat_pattern"
      ? "*"
      : target.type === "dictionary_splat_pattern"
        ? "**"
        : undefined;
  return {
    span: spanOf(node, lowering),
    name: lowerName(unpack === undefined ? target : (target.children[0] ?? target), lowering).id,
    unpack,
    annotation: annotation === undefined ? undefined : lower(annotation, lowering),
    default: value === undefined ? undefined : lower(value, lowering),
  };
}
