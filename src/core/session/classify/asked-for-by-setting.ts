import type { Expression, Statement } from "../../python/syntax/syntax.js";
import { isNotScope, walkExpressions } from "../../python/syntax/walk.js";
import { pathTo, type Step } from "../bindings/scopes.js";
import { tokensOf } from "../words/tokens.js";
import type { SessionWrite } from "../writes/writes.js";

/**
 * Whether a setting of the project decides that this is stored: `if settings.STORE_ACCESS_TOKEN:`
 * around the write, or the same the other way round before it.
 */
export function isAskedFor({ scope, statement }: SessionWrite): boolean {
  return pathTo(scope.body, statement).some((step) => isInside(step) || isBehind(step));
}

function isInside({ block, index }: Step): boolean {
  const at = block[index];
  return at?.kind === "if" && at.branches.some((branch) => asksToStore(branch.test));
}

/** An earlier `if not <setting>: return` of the same block. */
function isBehind({ block, index }: Step): boolean {
  return block
    .slice(0, index)
    .some(
      (statement) =>
        statement.kind === "if" &&
        statement.orelse === undefined &&
        statement.branches.every((branch) => asksToStore(branch.test) && leaves(branch.body)),
    );
}

function leaves(body: readonly Statement[]): boolean {
  const last = body.at(-1);
  return (
    last !== undefined && isNotScope(last) && (last.kind === "return" || last.kind === "raise")
  );
}

const STORING: ReadonlySet<string> = new Set([
  "store",
  "save",
  "keep",
  "persist",
  "remember",
  "session",
  "token",
  "tokens",
  "ticket",
  "proxy",
  "refresh",
]);

/** `settings.OIDC_STORE_ID_TOKEN`, `getattr(settings, "...")`, `self.get_settings("...")`. */
function asksToStore(test: Expression): boolean {
  return [...walkExpressions(test)].some((expression) => {
    const name = settingName(expression);
    return name !== undefined && tokensOf(name).some((token) => STORING.has(token));
  });
}

function settingName(expression: Expression): string | undefined {
  if (expression.kind === "attribute") {
    return isSettings(expression.object) ? expression.name : undefined;
  }
  if (expression.kind !== "call") return undefined;
  const { callee, args } = expression;
  const name = callee.kind === "attribute" ? callee.name : callee.kind === "name" ? callee.id : "";
  const [first, second] = args;
  if (name === "getattr" && first !== undefined && isSettings(first.value)) {
    return second?.value.kind === "string" ? second.value.value : undefined;
  }
  const text = first?.value.kind === "string" ? first.value.value : undefined;
  return /^get_(?:app_)?settings?$/.test(name) || (name === "get" && isSettingsCall(callee))
    ? text
    : undefined;
}

function isSettingsCall(callee: Expression): boolean {
  return callee.kind === "attribute" && isSettings(callee.object);
}

function isSettings(expression: Expression): boolean {
  const name =
    expression.kind === "name"
      ? expression.id
      : expression.kind === "attribute"
        ? expression.name
        : "";
  return /^(?:\w+_)?settings$/i.test(name);
}
