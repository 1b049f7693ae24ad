import type { Call, Expression } from "../../python/syntax/syntax.js";
import { dottedName } from "../../python/syntax/walk.js";

/** A written name; the value is undefined when it cannot be told apart. */
export type Write = readonly [name: string, value: Expression | undefined];

/**
 * The names that a call writes into a namespace: `globals().update({...})`, `.update(X=v)`,
 * `.setdefault("X", v)` and `setattr(sys.modules[__name__], "X", v)`.
 */
export function writesTo(
  call: Call,
  isNamespace: (expression: Expression) => boolean,
): readonly Write[] {
  const { callee } = call;
  if (callee.kind === "attribute" && isNamespace(callee.object)) {
    if (callee.name === "update") return updateWrites(call);
    if (callee.name === "__setitem__") return pairWrite(call.args[0]?.value, call.args[1]?.value);
    return callee.name === "pop" ? pairWrite(call.args[0]?.value, undefined) : [];
  }
  if (callee.kind !== "name" || callee.id !== "setattr") return [];
  const [object, name, value] = call.args;
  return object && isOwnModule(object.value) ? pairWrite(name?.value, value?.value) : [];
}

/** What `f({"X": v}, X=v)` passes by name. */
export function updateWrites(call: Call): readonly Write[] {
  return call.args.flatMap((arg): readonly Write[] => {
    if (arg.name !== undefined) return [[arg.name, arg.value]];
    return arg.value.kind === "dictionary"
      ? arg.value.entries.flatMap(({ key, value }) => pairWrite(key, value))
      : [];
  });
}

export function pairWrite(
  name: Expression | undefined,
  value: Expression | undefined,
): readonly Write[] {
  return name?.kind === "string" && name.value !== undefined ? [[name.value, value]] : [];
}

/** `sys.modules[__name__]` */
export function isOwnModule(expression: Expression): boolean {
  if (expression.kind !== "subscript" || dottedName(expression.object) !== "sys.modules") {
    return false;
  }
  const [index] = expression.indices;
  return index?.kind === "name" && index.id === "__name__";
}
