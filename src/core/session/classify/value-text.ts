import type { DataCategory } from "../../model/scan-result.js";
import type { Expression } from "../../python/syntax/syntax.js";
import { unparse } from "../../python/syntax/unparse.js";
import { childExpressions } from "../../python/syntax/walk.js";
import { classifyTokens } from "../words/name-class.js";
import type { SessionWrite } from "../writes/writes.js";
import { isSecret, namesSecret } from "./written-secrets.js";

/** Longest literal that is shown of what is no secret, and longest text of a row. */
const MAX_LITERAL = 40;
const MAX_TEXT = 80;

export const HIDDEN = "‹literal hidden›";

/**
 * Where the value of a write comes from, as code. Of a secret no literal is ever shown, except the
 * keys by which it is picked from something (`request.POST["password"]`).
 */
export function describeSource(write: SessionWrite, category: DataCategory): string | undefined {
  const { value } = write;
  if (value === undefined) return undefined;
  const secret = isSecret(category) || hasSecretKey(write) || holdsSecretKey(value);
  const longest = secret ? 0 : MAX_LITERAL;
  if (literalsOf(value).some((literal) => literal.length > longest)) return HIDDEN;
  const text = unparse(value);
  return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT - 1)}…` : text;
}

/** A number under `pin` is taken for a flag; it is not shown either. */
function hasSecretKey({ path }: SessionWrite): boolean {
  return path.some((part) => {
    const found = classifyTokens(part.tokens);
    return found !== undefined && isSecret(found.category);
  });
}

/** A key of a dictionary, or the name of an argument, inside the value: `{"token": …}`. */
function holdsSecretKey(value: Expression): boolean {
  const stack: Expression[] = [value];
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    const names = top.kind === "call" ? top.args.map(({ name }) => name) : keyTextsOf(top);
    if (names.some((name) => name !== undefined && namesSecret(name))) return true;
    stack.push(...childExpressions(top));
  }
  return false;
}

function keyTextsOf(expression: Expression): readonly (string | undefined)[] {
  if (expression.kind !== "dictionary") return [];
  return expression.entries.map(({ key }) => (key?.kind === "string" ? key.value : undefined));
}

/** The texts and numbers of an expression, without keys. */
function literalsOf(value: Expression): readonly string[] {
  const found: string[] = [];
  const stack: Expression[] = [value];
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    if (top.kind === "string") {
      found.push(...top.parts.flatMap((part) => (typeof part === "string" ? [part] : [])));
      if (top.bytes) found.push(unparse(top));
    }
    if (top.kind === "number") found.push(unparse(top));
    const keys = keysOf(top);
    stack.push(...childExpressions(top).filter((child) => !keys.includes(child)));
  }
  return found;
}

const PICKING: ReadonlySet<string> = new Set(["get", "pop", "getlist", "getattr"]);

/** `"password"` of `data["password"]` and of `data.get("password")`. */
function keysOf(expression: Expression): readonly Expression[] {
  if (expression.kind === "subscript") {
    return expression.indices.filter((index) => index.kind === "string" || index.kind === "number");
  }
  if (expression.kind !== "call") return [];
  const { callee, args } = expression;
  const name = callee.kind === "attribute" ? callee.name : callee.kind === "name" ? callee.id : "";
  const key = args[name === "getattr" ? 1 : 0]?.value;
  return PICKING.has(name) && key?.kind === "string" ? [key] : [];
}
