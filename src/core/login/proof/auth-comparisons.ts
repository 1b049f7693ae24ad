import { onceForText } from "../../python/syntax/once.js";
import type { Comparison, Expression } from "../../python/syntax/syntax.js";
import { lastName } from "../../session/access/session-expression.js";
import { classifyTokens } from "../../session/words/name-class.js";
import { hasPhrase, tokensOf } from "../../session/words/tokens.js";

/** What a comparison checks: a password, or the code of a second step. */
export function comparedSecret(comparison: Comparison): "credential" | "otp" | undefined {
  if (!comparison.operators.every((operator) => operator === "==" || operator === "!=")) {
    return undefined;
  }
  const { operands } = comparison;
  if (operands.some((one) => isConfirmation(one) || isNothing(one))) return undefined;
  const kinds = operands.map(secretOf);
  return kinds.includes("otp") ? "otp" : kinds.find((kind) => kind !== undefined);
}

/** Short names of a password, which mean too many things elsewhere. */
const SHORT_NAMES: readonly string[] = ["pw", "psw", "passw", "pass", "upass", "userpass", "pswd"];

/** Whether a variable, a field or an argument of that name holds a password or a one-time code. */
export function secretOf(expression: Expression): "credential" | "otp" | undefined {
  return secretOfName(nameOf(expression) ?? "");
}

export const secretOfName = onceForText((name): "credential" | "otp" | undefined => {
  const tokens = tokensOf(name);
  const found = classifyTokens(tokens);
  if (found?.strong === true && found.category === "otp") return "otp";
  const credential =
    found?.category === "credential" || tokens.some((one) => SHORT_NAMES.includes(one));
  return credential ? "credential" : undefined;
});

/** The second field of a form in which a new password is typed twice. */
const CONFIRMING: readonly string[] = [
  "confirm",
  "confirmed",
  "confirmation",
  "conf",
  "repeat",
  "again",
  "retype",
  "re",
  "2",
];

function isConfirmation(operand: Expression): boolean {
  return hasPhrase(tokensOf(nameOf(operand) ?? ""), CONFIRMING);
}

function isNothing(operand: Expression): boolean {
  return operand.kind === "constant" || (operand.kind === "string" && operand.value === "");
}

/** `password` of `form["password"]`, `request.POST.get("password")`, `str(password)`, `user.password`. */
export function nameOf(expression: Expression): string | undefined {
  if (expression.kind === "subscript") {
    const [index] = expression.indices;
    return index?.kind === "string" ? index.value : undefined;
  }
  if (expression.kind === "call") {
    const [argument] = expression.args;
    if (argument?.value.kind === "string") return argument.value.value;
    return argument === undefined ? undefined : lastName(argument.value);
  }
  return lastName(expression);
}
