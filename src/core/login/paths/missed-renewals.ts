import type { Statement } from "../../python/syntax/syntax.js";
import {
  blocksOf,
  expressionsOf,
  isNotScope,
  walkExpressions,
  walkStatements,
} from "../../python/syntax/walk.js";
import { pathTo, type Scope } from "../../session/bindings/scopes.js";
import { statementsWith } from "./path-rule.js";
import { alwaysLeaves } from "./ways-out.js";

/**
 * How a renewal of the function misses a login: it stands under a condition, behind a way out of
 * the function, on the path of another login, or on a path on which nobody logs in.
 */
export type Miss = "conditional" | "skipped" | "other-login" | "no-login";

export interface MissedRenewal {
  readonly miss: Miss;
  readonly statement: Statement;
}

/** The renewals of the function that are not on the path of the statement, in order. */
export function missedRenewals(
  statement: Statement,
  scope: Scope,
  isLogin: (block: readonly Statement[]) => boolean,
): readonly MissedRenewal[] {
  return statementsWith(scope, "rotates")
    .filter((renewal) => renewal !== statement)
    .map((renewal) => ({ statement: renewal, miss: missOf(renewal, statement, scope, isLogin) }));
}

function missOf(
  renewal: Statement,
  login: Statement,
  scope: Scope,
  isLogin: (block: readonly Statement[]) => boolean,
): Miss {
  const { own, inner, apart } = fork(renewal, login, scope);
  if (apart) return isLogin(own) || !renewsByMethod(renewal) ? "other-login" : "no-login";
  return inner.length > 0 ? "conditional" : "skipped";
}

/** Whether no way through the function runs both statements. */
export function neverMeet(one: Statement, other: Statement, scope: Scope): boolean {
  return fork(one, other, scope).apart;
}

interface Fork {
  /** The block the statement stands in. */
  readonly own: readonly Statement[];
  /** The blocks around it that the other does not stand in. */
  readonly inner: readonly (readonly Statement[])[];
  readonly apart: boolean;
}

function fork(one: Statement, other: Statement, scope: Scope): Fork {
  const there = pathTo(scope.body, one);
  const here = pathTo(scope.body, other);
  const at = there.findIndex(
    (step, i) => step.block !== here[i]?.block || step.index !== here[i]?.index,
  );
  const own = there.at(-1)?.block ?? [];
  if (at === -1) return { own, inner: [], apart: false };
  const inner = there.slice(at + 1).map(({ block }) => block);
  const branches = there[at]?.block !== here[at]?.block;
  const before = (there[at]?.index ?? 0) < (here[at]?.index ?? 0);
  return { own, inner, apart: branches || (before && inner.some(alwaysLeaves)) };
}

/** `cycle_key()` or `flush()`, and not a call of something that logs in. */
function renewsByMethod(statement: Statement): boolean {
  const parts = blocksOf(statement).length === 0 ? [statement] : [];
  return [...walkStatements(parts, isNotScope)].some((one) =>
    expressionsOf(one).some((expression) =>
      [...walkExpressions(expression)].some(
        (inner) => inner.kind === "attribute" && /^a?(?:cycle_key|flush|create)$/.test(inner.name),
      ),
    ),
  );
}
