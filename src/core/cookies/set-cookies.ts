import type { Span } from "../model/source.js";
import type { PythonModule } from "../python/module.js";
import type { Argument, Call, Expression, Statement } from "../python/syntax.js";
import {
  expressionsOf,
  findArgument,
  isNotScope,
  walkExpressions,
  walkStatements,
} from "../python/walk.js";
import { hasDjangoSessions } from "../session/foreign-sessions.js";
import { lastValue, type Scope, scopesOf } from "../session/functions.js";
import { type KeyPart, readKey } from "../session/keys.js";
import { lastName } from "../session/session-expression.js";

/** How a flag of a cookie is given. `unsure`: the code computes it. */
export type Flag = "on" | "off" | "missing" | "unsure";

/** A cookie that a view sets by hand. */
export interface SetCookie {
  readonly name: KeyPart;
  readonly value: Expression;
  readonly secure: Flag;
  readonly httpOnly: Flag;
  /** `samesite="None"`: sent with requests of other sites. */
  readonly sentEverywhere: boolean;
  /** Seconds the browser keeps it; undefined where that is not a number, or it ends with the browser. */
  readonly maxAge: number | undefined;
  /** The arguments that switch a flag on, or may, on lines of their own. */
  readonly given: readonly Argument[];
  readonly scope: Scope;
  readonly span: Span;
  /** The call, when the cookie is set by one: its arguments can be mended. */
  readonly call: Call | undefined;
}

/** The cookies set by hand in what a hunk touches. Where `**options` may hold a flag, none is missing. */
export function setCookies(module: PythonModule): readonly SetCookie[] {
  if (!/set_(?:signed_)?cookie|\.cookies\[/.test(module.text) || !hasDjangoSessions(module)) {
    return [];
  }
  return scopesOf(module, module.touchedSyntax).flatMap(cookiesIn);
}

function cookiesIn(scope: Scope): readonly SetCookie[] {
  const statements = [...walkStatements(scope.body, isNotScope)].filter(isNotScope);
  return statements.flatMap((statement) => [
    ...expressionsOf(statement).flatMap((expression) =>
      [...walkExpressions(expression)].flatMap((one) =>
        one.kind === "call" ? readCall(one, scope) : [],
      ),
    ),
    ...readAssignment(statement, statements, scope),
  ]);
}

/** Parameters of HttpResponse.set_cookie; set_signed_cookie takes the flags by keyword only. */
const POSITION = { value: 1, max_age: 2, secure: 6, httponly: 7, samesite: 8 } as const;

function readCall(call: Call, scope: Scope): readonly SetCookie[] {
  const { callee } = call;
  if (callee.kind !== "attribute" || !/^set_(?:signed_)?cookie$/.test(callee.name)) return [];
  const key = findArgument(call, "key", 0)?.value;
  const value = findArgument(call, "value", POSITION.value)?.value;
  if (key === undefined || value === undefined) return [];
  const signed = callee.name === "set_signed_cookie";
  const given = (name: "max_age" | "secure" | "httponly" | "samesite") =>
    findArgument(call, name, signed ? undefined : POSITION[name]);
  const open = call.args.some(({ unpack }) => unpack !== undefined);
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
        .filter((argument) => argument !== undefined)
        .filter(({ span }) => span.startLine > call.span.startLine)
        .filter((argument) => flagValue(argument.value, scope) !== "off"),
      sentEverywhere: isNone(given("samesite")?.value),
      scope,
      span: call.span,
      call,
    },
  ];
}

function flagOf(argument: Argument | undefined, open: boolean, scope: Scope): Flag {
  if (argument === undefined) return open ? "unsure" : "missing";
  return flagValue(argument.value, scope);
}

function flagValue(value: Expression, scope: Scope): Flag {
  const known =
    value.kind === "name" ? (lastValue(scope, value.id, value.span.start) ?? value) : value;
  if (known.kind === "constant") return known.value === true ? "on" : "off";
  if (known.kind === "number") return known.value === 0 ? "off" : "on";
  return "unsure";
}

function numberOf(value: Expression | undefined): number | undefined {
  return value?.kind === "number" ? value.value : undefined;
}

function isNone(value: Expression | undefined): boolean {
  return value?.kind === "string" && value.value?.toLowerCase() === "none";
}

/** `response.cookies["token"] = value`, with the flags that later statements give it. */
function readAssignment(
  statement: Statement,
  statements: readonly Statement[],
  scope: Scope,
): readonly SetCookie[] {
  if (statement.kind !== "assignment" || statement.value === undefined) return [];
  const { value, targets, span } = statement;
  return targets.flatMap((target) => {
    const key = target.kind === "subscript" ? target.indices[0] : undefined;
    if (target.kind !== "subscript" || key === undefined || !isCookieJar(target.object)) return [];
    const name = readKey(key, scope);
    const flag = (attribute: string) => assignedFlag(statements, name, attribute, scope);
    return [
      {
        name,
        value,
        secure: flag("secure"),
        httpOnly: flag("httponly"),
        sentEverywhere: false,
        maxAge: undefined,
        given: [],
        scope,
        span,
        call: undefined,
      },
    ];
  });
}

function isCookieJar(object: Expression): boolean {
  return (
    object.kind === "attribute" &&
    object.name === "cookies" &&
    /^(?:\w*_)?(?:resp|response|res|redirect)$/i.test(lastName(object.object) ?? "")
  );
}

function assignedFlag(
  statements: readonly Statement[],
  name: KeyPart,
  attribute: string,
  scope: Scope,
): Flag {
  for (const statement of statements) {
    if (statement.kind !== "assignment" || statement.value === undefined) continue;
    for (const target of statement.targets) {
      if (target.kind !== "subscript" || target.object.kind !== "subscript") continue;
      const [key] = target.object.indices;
      const [flag] = target.indices;
      if (key === undefined || flag?.kind !== "string" || flag.value !== attribute) continue;
      if (isCookieJar(target.object.object) && readKey(key, scope).text === name.text) {
        return flagValue(statement.value, scope);
      }
    }
  }
  return "missing";
}
