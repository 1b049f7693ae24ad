import type { Call, Expression } from "../../python/syntax/syntax.js";
import { walkExpressions } from "../../python/syntax/walk.js";
import { lastValue, type Scope } from "../bindings/scopes.js";
import { splitGlued, tokensOf } from "../words/tokens.js";

/** Whether a mapping is what another server answered: `.json()` of a response, or `json.loads()` of one. */
export function isRemote(mapping: Expression, scope: Scope): boolean {
  return answerOf(mapping, scope) !== undefined;
}

/** Whether a mapping is the whole answer of an address that issues tokens. */
export function isTokenResponse(mapping: Expression, scope: Scope): boolean {
  const answer = answerOf(mapping, scope);
  if (answer === undefined) return false;
  const request = sourceOf(answer, scope);
  return request.kind === "call" && asksForTokens(request, scope);
}

/** The response that a mapping was read from. */
function answerOf(mapping: Expression, scope: Scope): Expression | undefined {
  const source = sourceOf(mapping, scope);
  if (source.kind !== "call" || source.callee.kind !== "attribute") return undefined;
  const { name, object } = source.callee;
  if (name === "json" && source.args.length === 0) return object;
  const [argument] = source.args;
  if (name !== "loads" || argument === undefined) return undefined;
  const text = argument.value;
  return text.kind === "attribute" && ["text", "content", "body"].includes(text.name)
    ? text.object
    : undefined;
}

/** The last value of a local variable; without `await`. */
function sourceOf(expression: Expression, scope: Scope): Expression {
  const bare = expression.kind === "await" ? expression.value : expression;
  if (bare.kind !== "name") return bare;
  const value = lastValue(scope, bare.id, bare.span.start);
  return value?.kind === "await" ? value.value : (value ?? bare);
}

/** `requests.post(TOKEN_URL, data={"grant_type": ...})`, the data also one variable away. */
function asksForTokens(request: Call, scope: Scope): boolean {
  return request.args.some((argument) => {
    const parts = [argument.value, sourceOf(argument.value, scope)];
    return parts.some((part) => [...walkExpressions(part)].some(namesGrant));
  });
}

function namesGrant(expression: Expression): boolean {
  if (expression.kind === "string") {
    const text = expression.parts.filter((part) => typeof part === "string").join(" ");
    return text === "grant_type" || /\/(?:access_?)?tokens?(?:\/|$|\?)/i.test(text);
  }
  const name =
    expression.kind === "name"
      ? expression.id
      : expression.kind === "attribute"
        ? expression.name
        : "";
  const tokens = splitGlued(tokensOf(name));
  return tokens.includes("token") && ["url", "uri", "endpoint"].includes(tokens.at(-1) ?? "");
}
