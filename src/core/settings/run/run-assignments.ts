import type { Span } from "../../model/source.js";
import type { Expression } from "../../python/syntax/syntax.js";
import { walkExpressions } from "../../python/syntax/walk.js";
import { evaluate } from "../evaluate/evaluate.js";
import { operate } from "../evaluate/python-functions.js";
import { type AbstractValue, map2, UNKNOWN } from "../evaluate/value.js";
import type { Alternative } from "./alternative.js";
import { isOwnModule } from "./namespace-writes.js";
import type { Run, State } from "./run.js";
import { takeOver } from "./take-over.js";

/** The name holds this one value from here on. */
export function write(
  name: string,
  value: AbstractValue,
  span: Span,
  state: State,
  run: Run,
): void {
  if (!run.names.has(name)) return;
  const alternative: Alternative = run.owner ? { value, span, owner: run.owner } : { value, span };
  state.set(name, [alternative]);
}

/**
 * Some name that cannot be told is written, from `source`: each that the module spells may be the one,
 * and so may what a module says that is handed on as a whole, `vars(base)` or `getattr(base, name)`.
 */
export function writeUnread(source: Expression, span: Span, state: State, run: Run): void {
  for (const name of run.names) {
    if (run.scope.spells(name)) write(name, UNKNOWN, span, state, run);
  }
  for (const from of modulesIn(source, run)) {
    for (const name of run.names) {
      takeOver(name, run.readInherited?.imported(from, name, span), state);
    }
  }
}

/** Imported names that stand by themselves in an expression, not as what is called. */
function modulesIn(source: Expression, { scope }: Run): readonly string[] {
  const parts = [...walkExpressions(source)];
  const called = new Set(parts.map((part) => (part.kind === "call" ? part.callee : undefined)));
  const names = parts.filter((part) => part.kind === "name" && !called.has(part));
  return [...new Set(names.flatMap((part) => (part.kind === "name" ? [part.id] : [])))].flatMap(
    (name) => scope.resolve(name) ?? [],
  );
}

/** `target = value`, for every shape of target through which a name of the module is written. */
export function assign(
  target: Expression,
  value: Expression,
  span: Span,
  state: State,
  run: Run,
): void {
  if (target.kind === "name") {
    if (run.names.has(target.id)) write(target.id, evaluate(value, run.scope), span, state, run);
    if (value.kind === "walrus") assign(value.target, value.value, span, state, run);
    return;
  }
  if (target.kind === "tuple" || target.kind === "list") {
    const values = value.kind === "tuple" || value.kind === "list" ? value.items : [];
    const paired = values.length === target.items.length && !values.some(isStarred);
    target.items.forEach((item, index) => {
      const one = paired ? values[index] : undefined;
      if (one) assign(item, one, span, state, run);
      else if (item.kind === "name") write(item.id, UNKNOWN, span, state, run);
    });
    return;
  }
  if (target.kind === "attribute" && isOwnModule(target.object)) {
    write(target.name, evaluate(value, run.scope), span, state, run);
    return;
  }
  if (target.kind === "subscript") {
    const [index] = target.indices;
    if (index === undefined || !isNamespace(target.object)) return;
    const name = evaluate(index, run.scope);
    if (name.kind !== "literal") writeUnread(value, span, state, run);
    else if (typeof name.value === "string" && run.names.has(name.value)) {
      write(name.value, evaluate(value, run.scope), span, state, run);
    }
  }
}

function isStarred(expression: Expression): boolean {
  return expression.kind === "starred";
}

/** `globals()`, `vars()`, `locals()`, `sys.modules[__name__].__dict__`: the module's own names. */
export function isNamespace(expression: Expression): boolean {
  if (expression.kind === "attribute") {
    return expression.name === "__dict__" && isOwnModule(expression.object);
  }
  return (
    expression.kind === "call" &&
    expression.args.length === 0 &&
    expression.callee.kind === "name" &&
    /^(?:globals|vars|locals)$/.test(expression.callee.id)
  );
}

/** `target += value` and its like. */
export function augment(
  target: Expression,
  operator: string,
  value: Expression,
  span: Span,
  state: State,
  run: Run,
): void {
  if (target.kind !== "name" || !run.names.has(target.id)) return;
  const computed = map2(run.scope.lookup(target.id), evaluate(value, run.scope), (a, b) =>
    operate(operator.slice(0, -1), a, b),
  );
  write(target.id, computed, span, state, run);
}
