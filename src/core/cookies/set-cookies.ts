import type { Span } from "../model/source.js";
import type { PythonModule } from "../python/syntax/module.js";
import type { Call, Expression } from "../python/syntax/syntax.js";
import {
  expressionsOf,
  findArgument,
  isNotScope,
  walkExpressions,
  walkStatements,
} from "../python/syntax/walk.js";
import { hasDjangoSessions } from "../session/access/foreign-sessions.js";
import { readKey } from "../session/access/keys.js";
import { lastName } from "../session/access/session-expression.js";
import { moduleConstant } from "../session/bindings/constants.js";
import { bindingsOf, type Scope, scopesOf } from "../session/bindings/scopes.js";
import { isSpelledOut, mappingEntries } from "../session/writes/mapping.js";
import { assignedCookies } from "./cookie-jar.js";
import { type Flag, flagValue, type SetCookie } from "./set-cookie.js";

/**
 * The cookies set by hand in what a hunk touches, or with options from a constant that it touches.
 * Where `**options` may hold a flag, none is missing.
 */
export function setCookies(module: PythonModule): readonly SetCookie[] {
  if (!/set_(?:signed_)?cookie|\.cookies\[/.test(module.text) || !hasDjangoSessions(module)) {
    return [];
  }
  return [...scopesOf(module, module.touchedSyntax), ...scopesWithOptions(module)].flatMap(
    cookiesIn,
  );
}

/** The functions that no hunk touches and that take options from a constant that one touches. */
function scopesWithOptions(module: PythonModule): readonly Scope[] {
  const options = module.touched.flatMap(({ keyword, span }) => {
    const text = module.text.slice(span.start, span.end);
    const [, name] = keyword === undefined ? (/^(\w+)[ \t]*[:=]/.exec(text) ?? []) : [];
    return name !== undefined && module.text.includes(`**${name}`) ? [`**${name}`] : [];
  });
  if (options.length === 0) return [];
  const touched = new Set(module.touchedSyntax.map(({ span }) => span.start));
  const users = module.syntaxMentioning(options).filter(({ span }) => !touched.has(span.start));
  return scopesOf(module, users);
}

function cookiesIn(scope: Scope): readonly SetCookie[] {
  const statements = [...walkStatements(scope.body, isNotScope)].filter(isNotScope);
  return statements.flatMap((statement) => [
    ...expressionsOf(statement).flatMap((expression) =>
      [...walkExpressions(expression)].flatMap((one) =>
        one.kind === "call" ? readCall(one, scope) : [],
      ),
    ),
    ...assignedCookies(statement, statements, scope),
  ]);
}

/** Parameters of HttpResponse.set_cookie; set_signed_cookie takes the flags by keyword only. */
const POSITION = { value: 1, max_age: 2, secure: 6, httponly: 7, samesite: 8 } as const;

interface Option {
  readonly value: Expression;
  readonly span: Span;
}

function readCall(call: Call, scope: Scope): readonly SetCookie[] {
  const { callee } = call;
  if (callee.kind !== "attribute" || !/^set_(?:signed_)?cookie$/.test(callee.name)) return [];
  const key = findArgument(call, "key", 0)?.value;
  const value = findArgument(call, "value", POSITION.value)?.value;
  if (key === undefined || value === undefined) return [];
  const signed = callee.name === "set_signed_cookie";
  const { options, open } = unpackedOptions(call, scope);
  const given = (name: "max_age" | "secure" | "httponly" | "samesite") =>
    findArgument(call, name, signed ? undefined : POSITION[name]) ?? options.get(name);
  const flags = [given("secure"), given("httponly")];
  const [secure, httpOnly] = flags;
  return [
    {
      name: readKey(key, scope),
      value,
      secure: flagOf(secure, open, scope),
      httpOnly: flagOf(httpOnly, open, scope),
      maxAge: numberOf(given("max_age")?.value),
      given: flags
        .filter((option) => option !== undefined)
        .filter(({ span }) => span.startLine !== call.span.startLine)
        .filter((option) => flagValue(option.value, scope) !== "off")
        .map(({ span }) => span),
      sentEverywhere: isNone(given("samesite")?.value),
      scope,
      span: call.span,
      call,
    },
  ];
}

/** What `**options` adds, where the code spells it out; `open` where it may hold anything. */
function unpackedOptions(
  call: Call,
  scope: Scope,
): { readonly options: ReadonlyMap<string, Option>; readonly open: boolean } {
  const options = new Map<string, Option>();
  let open = false;
  for (const { unpack, value } of call.args) {
    if (unpack === undefined) continue;
    const mapping = value.kind === "name" ? mappingNamed(value.id, scope) : value;
    const known = mapping !== undefined && isSpelledOut(mapping) && !hasUnknownKeys(mapping);
    if (unpack === "*" || !known) open = true;
    else
      for (const { key, value: given } of mappingEntries(mapping, scope))
        options.set(key.text, { value: given, span: given.span });
  }
  return { options, open };
}

/** The one mapping that a name of the function or of the module stands for. */
function mappingNamed(name: string, scope: Scope): Expression | undefined {
  const bindings = bindingsOf(scope, name);
  if (bindings === undefined) {
    const filled = new RegExp(`\\b${name}(?:\\[|\\.(?:update|setdefault|pop)\\()`);
    return filled.test(scope.module.text) ? undefined : moduleConstant(name, scope.module);
  }
  return bindings.length === 1 && !isFilled(name, scope) ? bindings[0]?.value : undefined;
}

/** `options["secure"] = ...`, `options.update(...)` */
function isFilled(name: string, scope: Scope): boolean {
  return [...walkStatements(scope.body, isNotScope)].some(
    (statement) =>
      (statement.kind === "assignment" &&
        statement.targets.some(
          (target) => target.kind === "subscript" && lastName(target.object) === name,
        )) ||
      (statement.kind === "expression" &&
        statement.value.kind === "call" &&
        statement.value.callee.kind === "attribute" &&
        lastName(statement.value.callee.object) === name),
  );
}

/** `{**defaults, name(): value}` */
function hasUnknownKeys(mapping: Expression): boolean {
  return mapping.kind === "dictionary" && mapping.entries.some(({ key }) => key?.kind !== "string");
}

function flagOf(option: Option | undefined, open: boolean, scope: Scope): Flag {
  if (option === undefined) return open ? "unsure" : "missing";
  return flagValue(option.value, scope);
}

function numberOf(value: Expression | undefined): number | undefined {
  return value?.kind === "number" ? value.value : undefined;
}

function isNone(value: Expression | undefined): boolean {
  return value?.kind === "string" && value.value?.toLowerCase() === "none";
}
