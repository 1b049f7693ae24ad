import type { PythonModule } from "../python/syntax/module.js";
import type { Statement } from "../python/syntax/syntax.js";
import {
  expressionsOf,
  isNotScope,
  walkExpressions,
  walkStatements,
} from "../python/syntax/walk.js";
import { hasDjangoSessions } from "../session/access/foreign-sessions.js";
import { lastName } from "../session/access/session-expression.js";
import { type Scope, scopesOf } from "../session/bindings/scopes.js";
import { type LoginSink, loginFacts } from "./login-facts.js";
import { neverMeet } from "./paths/missed-renewals.js";
import { coveringStatements, statementsWith } from "./paths/path-rule.js";
import { type Attempt, attemptsIn, isNoOp } from "./paths/rotation-attempts.js";
import { alwaysLeaves } from "./paths/ways-out.js";

/** An attempt that leaves a login, or the whole function, without a new key. */
export interface FailedAttempt extends Attempt {
  readonly scope: Scope;
  /** The login that keeps its key; undefined when the statement does nothing for anybody. */
  readonly sink: LoginSink | undefined;
  /** Something else renews the key, so nothing is lost by it. */
  readonly harmless: boolean;
  /** The login, or the function, was renewed by something else: losing that is another finding. */
  readonly renewed: boolean;
}

/** The attempts that a login which keeps its key relies on. */
export function attemptsFor(sink: LoginSink): readonly Attempt[] {
  const { statement, scope } = sink.write;
  if (sink.rotated) return swallowed(sink);
  const own = attemptsIn(scope).filter((one) => !neverMeet(one.statement, statement, scope));
  if (own.length > 0 || !sink.missed.every(({ miss }) => miss === "no-login")) return own;
  return sink.missed
    .filter((missed) => renewsKey(missed.statement))
    .map((missed) => ({
      statement: missed.statement,
      flaw: "other-branch" as const,
      method: "cycle_key",
    }));
}

/** The failed and the harmless attempts of what a hunk touches. */
export function failedAttempts(module: PythonModule): readonly FailedAttempt[] {
  if (!hasDjangoSessions(module)) return [];
  const { sinks } = loginFacts(module);
  return scopesOf(module, module.touchedSyntax).flatMap((scope) => {
    if (scope.definition === undefined) return [];
    const own = sinks.filter(
      (sink) => sink.claimed && sink.write.scope.definition === scope.definition,
    );
    const attempts = attemptsIn(scope);
    if (own.length === 0 && attempts.length === 0) return [];
    const renews = statementsWith(scope, "rotates").length > 0;
    const renewed = own.length > 0 ? own.every((sink) => sink.rotated) : renews;
    const failed = new Map<Statement, FailedAttempt>();
    for (const sink of own) {
      for (const one of attemptsFor(sink)) {
        if (!failed.has(one.statement)) {
          failed.set(one.statement, { ...one, scope, sink, harmless: false, renewed: false });
        }
      }
    }
    for (const one of attempts) {
      if (failed.has(one.statement)) continue;
      const harmless = !isNoOp(one) || own.length > 0 || renews;
      failed.set(one.statement, { ...one, scope, sink: undefined, harmless, renewed });
    }
    return [...failed.values()];
  });
}

/** `try: cycle_key()` with handlers that go on to a login outside of it. */
function swallowed(sink: LoginSink): readonly Attempt[] {
  const { statement, scope } = sink.write;
  const covering = coveringStatements(statement, scope, "rotates");
  const [only] = covering;
  if (covering.length !== 1 || only?.kind !== "try" || holds(only, statement)) return [];
  if (only.handlers.length === 0 || only.handlers.some((one) => alwaysLeaves(one.body))) return [];
  const caught = [...walkStatements(only.body, isNotScope)].find(renewsKey);
  const again = only.handlers.some((one) =>
    [...walkStatements(one.body, isNotScope)].some(renewsKey),
  );
  if (caught === undefined || again) return [];
  return [{ statement: caught, flaw: "swallowed", method: "cycle_key" }];
}

function holds(outer: Statement, inner: Statement): boolean {
  return outer.span.start <= inner.span.start && inner.span.end <= outer.span.end;
}

function renewsKey(statement: Statement): boolean {
  return expressionsOf(statement).some((expression) =>
    [...walkExpressions(expression)].some(
      (one) => one.kind === "attribute" && /^a?cycle_key$/.test(lastName(one) ?? ""),
    ),
  );
}
