import type { Expression, StringLiteral } from "../../python/syntax/syntax.js";
import { dottedName } from "../../python/syntax/walk.js";
import { constantValue } from "../bindings/constants.js";
import { bindingsOf, resolveImport, type Scope } from "../bindings/scopes.js";
import { tokensOf } from "../words/tokens.js";
import { CARRIER_SUFFIXES } from "../words/wordlists.js";

/** One key of a path into the session. */
export interface KeyPart {
  /** As shown: the literal, with `*` for its computed parts, or the name of a constant. */
  readonly text: string;
  readonly tokens: readonly string[];
  /** `dynamic`: the code computes it, and nothing is known of it. */
  readonly kind: "literal" | "pattern" | "constant" | "dynamic";
}

const DYNAMIC: KeyPart = { text: "(dynamic)", tokens: [], kind: "dynamic" };

/** django/contrib/auth/__init__.py and django/contrib/auth/views.py. */
const DJANGO_KEYS: Readonly<Record<string, string>> = {
  "django.contrib.auth.SESSION_KEY": "_auth_user_id",
  "django.contrib.auth.BACKEND_SESSION_KEY": "_auth_user_backend",
  "django.contrib.auth.HASH_SESSION_KEY": "_auth_user_hash",
  "django.contrib.auth.REDIRECT_FIELD_NAME": "next",
  "django.contrib.auth.views.INTERNAL_RESET_SESSION_TOKEN": "_password_reset_token",
};

/** A longer name of a constant is none that a person reads. */
const MAX_NAME = 200;

/** The keys an expression can be: several when a `for` walks through a literal list of them. */
export function readKeys(expression: Expression, scope: Scope): readonly KeyPart[] {
  const subject =
    expression.kind === "name" ? bindingsOf(scope, expression.id)?.at(-1)?.each : undefined;
  return (subject && listedKeys(subject, scope)) ?? [readKey(expression, scope)];
}

/** The keys that a literal list holds, or a constant that is one. */
export function listedKeys(subject: Expression, scope: Scope): readonly KeyPart[] | undefined {
  const named = dottedName(subject);
  const list = named === undefined ? subject : constantValue(named, scope);
  return list?.kind === "tuple" || list?.kind === "list" || list?.kind === "set"
    ? list.items.map((item) => readKey(item, scope))
    : undefined;
}

export function readKey(expression: Expression, scope: Scope): KeyPart {
  const pattern = readPattern(expression, 0);
  if (pattern !== undefined) return pattern;
  // The key that a member of an enumeration stands for.
  const dotted = dottedName(expression)?.replace(/(?<=\.[A-Z][A-Z0-9_]*)\.value$/, "");
  if (dotted === undefined) return DYNAMIC;
  return readNamedKey(dotted, scope);
}

function readNamedKey(dotted: string, scope: Scope): KeyPart {
  const resolved = resolveImport(scope, dotted);
  const django = resolved === undefined ? undefined : DJANGO_KEYS[resolved];
  if (django !== undefined) return literal(django);
  const constant = constantValue(dotted, scope);
  const pattern = constant === undefined ? undefined : readPattern(constant, 0);
  if (pattern !== undefined) return pattern;
  const name = dotted.slice(dotted.lastIndexOf(".") + 1);
  if (name.length > MAX_NAME || !/^_?[A-Z][A-Z0-9_]*$/.test(name)) return DYNAMIC;
  const tokens = withoutCarriers(tokensOf(name));
  return tokens.length === 0 ? DYNAMIC : { text: name, tokens, kind: "constant" };
}

function literal(text: string): KeyPart {
  return { text, tokens: tokensOf(text), kind: "literal" };
}

/** The literal parts of a text: of an f-string, of `"a_%s" % x`, `"a_" + x` and `"a_{}".format(x)`. */
function readPattern(expression: Expression, depth: number): KeyPart | undefined {
  if (depth > 8) return undefined;
  if (expression.kind === "string") return readString(expression);
  if (expression.kind === "number")
    return { text: String(expression.value), tokens: [], kind: "dynamic" };
  if (expression.kind === "binary" && expression.operator === "%") {
    const template = readPattern(expression.left, depth + 1);
    return (
      template && pattern(template.text.replace(/%(?:\(\w+\))?[-#0 +]?\d*(?:\.\d+)?[a-z]/gi, "*"))
    );
  }
  if (expression.kind === "binary" && expression.operator === "+") {
    const left = readPattern(expression.left, depth + 1);
    const right = readPattern(expression.right, depth + 1);
    if (left === undefined && right === undefined) return undefined;
    return pattern(`${left?.text ?? "*"}${right?.text ?? "*"}`);
  }
  if (
    expression.kind === "call" &&
    expression.callee.kind === "attribute" &&
    expression.callee.name === "format"
  ) {
    const template = readPattern(expression.callee.object, depth + 1);
    return template && pattern(template.text.replace(/\{[^{}]*\}/g, "*"));
  }
  return undefined;
}

function readString(expression: StringLiteral): KeyPart | undefined {
  if (expression.bytes) return undefined;
  if (expression.value !== undefined) return literal(expression.value);
  return pattern(expression.parts.map((part) => (typeof part === "string" ? part : "*")).join(""));
}

function pattern(text: string): KeyPart {
  if (!text.includes("*")) return literal(text);
  const tokens = tokensOf(text.replaceAll("*", " "));
  return tokens.length === 0 ? DYNAMIC : { text, tokens, kind: "pattern" };
}

function withoutCarriers(tokens: readonly string[]): readonly string[] {
  const text = tokens.join(" ");
  for (const suffix of CARRIER_SUFFIXES) {
    if (text === suffix) return [];
    if (text.endsWith(` ${suffix}`))
      return withoutCarriers(text.slice(0, -suffix.length - 1).split(" "));
  }
  return tokens;
}
