import type { Span } from "../../model/source.js";
import type { Expression } from "../../python/syntax/syntax.js";
import { readMapping } from "../evaluate/mapping.js";
import type { Scope } from "../evaluate/scope.js";

/** What the names of a loop stand for in one round. */
export function boundBy(target: Expression, item: Expression): ReadonlyMap<string, Expression> {
  if (target.kind === "name") return new Map([[target.id, item]]);
  if (target.kind !== "tuple" || item.kind !== "tuple") return new Map();
  return new Map(
    target.items.flatMap((one, index) => {
      const value = item.items[index];
      return one.kind === "name" && value !== undefined ? [[one.id, value] as const] : [];
    }),
  );
}

/** What a loop goes through, where all of it is written down. */
export function itemsOf(subject: Expression, scope: Scope): readonly Expression[] | undefined {
  const isList = subject.kind === "list" || subject.kind === "tuple" || subject.kind === "set";
  return isList ? subject.items : mappingItems(subject, scope);
}

/** The pairs of `mapping.items()`; undefined where they are not all known. */
function mappingItems(subject: Expression, scope: Scope): readonly Expression[] | undefined {
  if (subject.kind !== "call" || subject.callee.kind !== "attribute") return undefined;
  if (subject.callee.name !== "items" || subject.args.length > 0) return undefined;
  const { entries, complete } = readMapping(subject.callee.object, scope);
  if (!complete) return undefined;
  return entries.map(({ key, value, span }) => ({
    kind: "tuple",
    span,
    items: [textOf(key, span), value],
  }));
}

function textOf(value: string, span: Span): Expression {
  return { kind: "string", span, value, parts: [value], bytes: false };
}
