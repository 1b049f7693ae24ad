import type { Evidence } from "../../model/rule.js";
import type { PythonModule } from "../../python/syntax/module.js";
import type { Call, Expression, Statement } from "../../python/syntax/syntax.js";
import {
  calleeName,
  findArgument,
  walkAllExpressions,
  walkSymbols,
} from "../../python/syntax/walk.js";
import { literal } from "../evaluate/value.js";
import { classOfModule } from "../modules/class-of-module.js";
import { KEPT, keyStrength } from "./secret-key.js";

export const FALLBACK = "SECRET_KEY_FALLBACKS";
/** Identity of a key that is written into a call; no setting is called so. */
export const SIGNING_KEY = "key of a signature";

/** Keys that stand in the code as members of SECRET_KEY_FALLBACKS. */
export function fallbackKeys(module: PythonModule): readonly Evidence[] {
  if (!module.text.includes(FALLBACK) || isFree(module)) return [];
  return [...walkSymbols(module.syntaxMentioning([FALLBACK]))].flatMap(({ statement, symbol }) =>
    membersOf(statement)
      .filter(isKey)
      .map((member) => evidence(FALLBACK, symbol, member, {})),
  );
}

/** Keys that stand in the code of sessions as an argument of `django.core.signing`. */
export function signingKeys(module: PythonModule): readonly Evidence[] {
  if (!/\bsigning\b/.test(module.text) || !/session/i.test(module.text)) return [];
  if (isFree(module)) return [];
  return [...walkSymbols(module.touchedSyntax)].flatMap(({ statement, symbol }) => {
    if (statement.kind === "function" || statement.kind === "class") return [];
    return [...walkAllExpressions([statement], () => false)].flatMap((expression) => {
      if (expression.kind !== "call") return [];
      const key = keyOf(expression, module);
      const call = calleeName(expression) ?? "";
      return key && isKey(key) ? [evidence(SIGNING_KEY, symbol, key, { call })] : [];
    });
  });
}

function isFree(module: PythonModule): boolean {
  const kind = classOfModule(module);
  return kind === "test" || kind === "development";
}

/** Strength, identity and values say nothing of the key: fingerprints are public. */
function evidence(
  identity: string,
  symbol: string,
  { span }: Expression,
  values: Evidence["values"],
): Evidence {
  return { identity, symbol, strength: 0, span, guards: [], confidence: "high", values };
}

function isKey(expression: Expression): boolean {
  return (
    expression.kind === "string" &&
    expression.value !== undefined &&
    keyStrength(literal(expression.value)) === KEPT.inCode
  );
}

function membersOf(statement: Statement): readonly Expression[] {
  if (statement.kind !== "assignment" && statement.kind !== "augmented-assignment") return [];
  const targets = statement.kind === "assignment" ? statement.targets : [statement.target];
  const { value } = statement;
  if (!targets.some((target) => target.kind === "name" && target.id === FALLBACK)) return [];
  return value?.kind === "list" || value?.kind === "tuple" ? value.items : [];
}

/** `Signer("…")`, `Signer(key="…")`, `dumps(value, "…")`, `loads(value, key="…")`. */
function keyOf(call: Call, module: PythonModule): Expression | undefined {
  const dotted = calleeName(call);
  const path = dotted && module.imports.resolve(dotted);
  const name = /^django\.core\.signing\.(\w+)$/.exec(path ?? "")?.[1];
  if (name === "Signer" || name === "TimestampSigner") return findArgument(call, "key", 0)?.value;
  return name === "dumps" || name === "loads" ? findArgument(call, "key", 1)?.value : undefined;
}
