import type { Call, Expression, If, Statement } from "../../python/syntax/syntax.js";
import { unparse } from "../../python/syntax/unparse.js";
import {
  findArgument,
  isNotScope,
  walkExpressions,
  walkStatements,
} from "../../python/syntax/walk.js";
import { readSession } from "../../session/access/session-expression.js";
import type { Scope } from "../../session/bindings/scopes.js";

/**
 * A condition that holds whenever there is a key to plant: `if request.session.session_key:`,
 * `if hasattr(request.session, "cycle_key"):`, or a parameter that is True unless a caller says
 * otherwise.
 */
export function isAssured(test: Expression, scope: Scope): boolean {
  if (test.kind === "attribute") {
    return test.name === "session_key" && readSession(test.object, scope) !== undefined;
  }
  if (test.kind === "call" && test.callee.kind === "name" && test.callee.id === "hasattr") {
    const object = test.args[0]?.value;
    return object !== undefined && readSession(object, scope) !== undefined;
  }
  return switchOf(test, scope) !== undefined;
}

/** Whether somebody is logged in: where nobody is, there is no session to end. */
export function asksForVisitor(test: Expression, scope: Scope): boolean {
  const asked = test.kind === "call" && test.args.length === 0 ? test.callee : test;
  if (asked.kind === "attribute") return asked.name === "is_authenticated";
  if (test.kind !== "comparison") return (readSession(test, scope)?.path.length ?? 0) > 0;
  const [, session] = test.operands;
  const inSession = session !== undefined && readSession(session, scope)?.path.length === 0;
  return inSession && test.operators[0] === "in";
}

/** The parameter that a condition asks for, when its default makes the condition hold. */
function switchOf(
  test: Expression,
  scope: Scope,
): { readonly name: string; readonly position: number } | undefined {
  const negated = test.kind === "unary" && test.operator === "not";
  const operand = negated ? test.operand : test;
  if (operand.kind !== "name") return undefined;
  const parameters = scope.definition?.parameters ?? [];
  const position = parameters.findIndex((parameter) => parameter.name === operand.id);
  const preset = parameters[position]?.default;
  const holds = preset?.kind === "constant" && preset.value === !negated;
  return holds ? { name: operand.id, position } : undefined;
}

/** A caller that turns off the parameter on which the effect depends: `cycle_session_id=False`. */
export function isSwitchedOff(called: Scope, call: Call): boolean {
  const parameters = called.definition?.parameters ?? [];
  const bound = parameters[0]?.name === "self" || parameters[0]?.name === "cls" ? 1 : 0;
  return [...walkStatements(called.body, isNotScope)].some((statement) => {
    const test = statement.kind === "if" ? statement.branches[0]?.test : undefined;
    const found = test === undefined ? undefined : switchOf(test, called);
    if (found === undefined) return false;
    const given = findArgument(call, found.name, found.position - bound)?.value;
    const preset = parameters[found.position]?.default;
    return (
      given?.kind === "constant" && preset?.kind === "constant" && given.value !== preset.value
    );
  });
}

/**
 * Whether the first branch of `asked` runs on every way to what stands in a branch of `holding`: both
 * ask the same, and nothing between them, nor what runs in place of that branch, changes the answer.
 */
export function holdsToo(asked: If, holding: If, inner: Statement, scope: Scope): boolean {
  const test = asked.branches[0]?.test;
  const branch = holding.branches.find(({ body }) => body.some((one) => isAround(one, inner)));
  if (test === undefined || branch === undefined) return false;
  const text = unparse(test);
  if (!conjuncts(branch.test).some((one) => unparse(one) === text)) return false;
  const read = namesRead(test);
  if (read === undefined) return false;
  const [from, to] =
    asked.span.start < holding.span.start
      ? [asked.branches[0]?.body.at(-1)?.span.end ?? 0, holding.span.start]
      : [branch.test.span.end, asked.span.start];
  const between = [...walkStatements(scope.body, isNotScope)].filter(
    ({ span }) => from <= span.start && span.start < to,
  );
  return !between.some((one) => mayChange(one, read, scope));
}

function isAround(outer: Statement, inner: Statement): boolean {
  return outer.span.start <= inner.span.start && inner.span.end <= outer.span.end;
}

function conjuncts(test: Expression): readonly Expression[] {
  return test.kind === "boolean" && test.operator === "and"
    ? [...conjuncts(test.left), ...conjuncts(test.right)]
    : [test];
}

interface NamesRead {
  /** Names whose own value is asked for: only a binding changes it. */
  readonly values: ReadonlySet<string>;
  /** Names of objects that are looked into: whoever gets hold of one may change it. */
  readonly objects: ReadonlySet<string>;
}

/** What a condition reads; undefined when it does more than reading. */
function namesRead(test: Expression): NamesRead | undefined {
  const values = new Set<string>();
  const objects = new Set<string>();
  for (const one of walkExpressions(test)) {
    const into = one.kind === "attribute" ? one.object : lengthOf(one);
    if (into?.kind === "name") objects.add(into.id);
    else if (one.kind === "name") values.add(one.id);
    else if (into === undefined && !PLAIN.has(one.kind)) return undefined;
  }
  return { values, objects };
}

const PLAIN: ReadonlySet<string> = new Set([
  "boolean",
  "comparison",
  "unary",
  "constant",
  "string",
  "number",
]);

function lengthOf(one: Expression): Expression | undefined {
  if (one.kind !== "call" || one.callee.kind !== "name" || one.callee.id !== "len")
    return undefined;
  return one.args[0]?.value;
}

function mayChange(statement: Statement, { values, objects }: NamesRead, scope: Scope): boolean {
  const { start, end } = statement.span;
  const binds = [...values, ...objects].some((name) =>
    scope.bindings.get(name)?.some(({ span }) => start <= span.start && span.start < end),
  );
  const text = scope.module.text.slice(start, end);
  return binds || [...objects].some((name) => new RegExp(`\\b${name}\\b`).test(text));
}
