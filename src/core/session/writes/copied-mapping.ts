import type { Expression, Statement } from "../../python/syntax/syntax.js";
import { unparse } from "../../python/syntax/unparse.js";
import { walkExpressions } from "../../python/syntax/walk.js";
import { lastName } from "../access/session-expression.js";
import { lastBinding, pathTo, type Scope } from "../bindings/scopes.js";

/**
 * The mapping whose entries a loop copies one by one under their own keys:
 * `for key, value in data.items(): session[key] = value`. Undefined where it picks among them.
 */
export function copiedMapping(
  key: Expression,
  value: Expression,
  statement: Statement,
  scope: Scope,
): Expression | undefined {
  if (key.kind !== "name") return undefined;
  const binding = lastBinding(scope, key.id, key.span.start);
  const mapping =
    binding?.each === undefined
      ? pairedWith(binding?.eachOf, value, scope)
      : pickedFrom(binding.each, key.id, value);
  return mapping === undefined || isPickedInLoop(key.id, statement, scope) ? undefined : mapping;
}

type EachOf = NonNullable<ReturnType<typeof lastBinding>>["eachOf"];

/** Key and value are the two targets of one loop. */
function pairedWith(each: EachOf, value: Expression, scope: Scope): Expression | undefined {
  if (each?.index !== 0 || value.kind !== "name") return undefined;
  const other = lastBinding(scope, value.id, value.span.start)?.eachOf;
  if (other?.subject !== each.subject || other.index !== 1) return undefined;
  return itemsOf(each.subject);
}

/** `data` of `data.items()`, and the mapping that a literal list of pairs amounts to. */
export function itemsOf(subject: Expression): Expression | undefined {
  if (subject.kind === "call" && subject.callee.kind === "attribute") {
    const { name, object } = subject.callee;
    return ["items", "iteritems", "lists"].includes(name) ? object : undefined;
  }
  if (subject.kind !== "tuple" && subject.kind !== "list") return undefined;
  const entries = subject.items.flatMap((pair) => {
    const [key, value] = pair.kind === "tuple" ? pair.items : [];
    return value === undefined ? [] : [{ key, value }];
  });
  return { kind: "dictionary", span: subject.span, entries };
}

/** `for key in data: session[key] = data[key]`. */
function pickedFrom(each: Expression, key: string, value: Expression): Expression | undefined {
  const mapping =
    each.kind === "call" && lastName(each.callee) === "keys" && each.callee.kind === "attribute"
      ? each.callee.object
      : each;
  const from =
    value.kind === "subscript"
      ? { object: value.object, key: value.indices[0] }
      : value.kind === "call" && value.callee.kind === "attribute"
        ? { object: value.callee.object, key: value.args[0]?.value }
        : undefined;
  if (from?.key?.kind !== "name" || from.key.id !== key) return undefined;
  return unparse(from.object) === unparse(mapping) ? mapping : undefined;
}

/** Whether a test in the loop, around the write or before it, lets only some of the keys through. */
function isPickedInLoop(key: string, statement: Statement, scope: Scope): boolean {
  return pathTo(scope.body, statement).some(({ block, index }) =>
    block
      .slice(0, index + 1)
      .some((one) => one.kind === "if" && one.branches.some(({ test }) => picks(test, key))),
  );
}

/** Whether a test is about more than the token of the form. */
export function picks(test: Expression, key: string): boolean {
  const parts = [...walkExpressions(test)];
  if (!parts.some((part) => part.kind === "name" && part.id === key)) return false;
  const texts = parts.flatMap((part) => (part.kind === "string" ? [part.value ?? ""] : []));
  return texts.length === 0 || !texts.every((text) => /^csrf/.test(text));
}
