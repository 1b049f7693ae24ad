import type { Expression, StringLiteral } from "../syntax/syntax.js";
import { decodeLiteral, literalFlags, openingOf } from "./literals.js";
import { type LowerExpression, type Lowering, spanOf, textOf } from "./lowering.js";
import type { RawNode } from "./raw-tree.js";

/** One literal, or several that stand side by side; `whole` spans them all. */
export function lowerString(
  literals: readonly RawNode[],
  whole: RawNode,
  lowering: Lowering,
  lower: LowerExpression,
): StringLiteral {
  const parts: (string | Expression)[] = [];
  let bytes = false;
  for (const literal of literals) {
    const flags = literalFlags(openingOf(textOf(literal, lowering)).prefix);
    bytes ||= flags.bytes;
    for (const part of partsOf(literal, lowering, lower)) addPart(parts, part);
  }
  const constant = !bytes && parts.every((part) => typeof part === "string");
  return {
    kind: "string",
    span: spanOf(whole, lowering),
    value: constant ? parts.join("") : undefined,
    parts,
    bytes,
  };
}

function addPart(parts: (string | Expression)[], part: string | Expression): void {
  const last = parts.at(-1);
  if (typeof part === "string" && typeof last === "string") parts[parts.length - 1] = last + part;
  else if (part !== "") parts.push(part);
}

function* partsOf(
  literal: RawNode,
  lowering: Lowering,
  lower: LowerExpression,
): Generator<string | Expression, undefined> {
  const source = textOf(literal, lowering);
  const { prefix, quotes } = openingOf(source);
  const flags = literalFlags(prefix);
  const end = literal.end - quotes;
  let at = literal.start + prefix.length + quotes;
  for (const child of literal.children) {
    if (child.type !== "interpolation") continue;
    yield decodeLiteral(lowering.text.slice(at, child.start), flags);
    yield* holesOf(child, lowering, lower);
    at = child.end;
  }
  yield decodeLiteral(lowering.text.slice(at, Math.max(at, end)), flags);
  return undefined;
}

/** In `{x=}` the source is part of the text. */
const SELF_DOCUMENTING = /^\s*=\s*/;

/** The expression of a replacement field, then those of its format specification. */
function* holesOf(
  field: RawNode,
  lowering: Lowering,
  lower: LowerExpression,
): Generator<string | Expression, undefined> {
  const [first] = field.children;
  if (first !== undefined) {
    const sign = SELF_DOCUMENTING.exec(lowering.text.slice(first.end, field.end))?.[0];
    if (sign !== undefined) yield lowering.text.slice(field.start + 1, first.end + sign.length);
  }
  for (const child of field.children) {
    if (child.type === "type_conversion") continue;
    if (child.type !== "format_specifier") yield lower(child, lowering);
    else for (const inner of child.children) yield* holesOf(inner, lowering, lower);
  }
  return undefined;
}
