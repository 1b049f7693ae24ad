import type { Assignment, Expression, Statement } from "../python/syntax/syntax.js";
import { type KeyPart, readKey } from "../session/access/keys.js";
import { lastName } from "../session/access/session-expression.js";
import type { Scope } from "../session/bindings/scopes.js";
import { type Flag, flagValue, type SetCookie } from "./set-cookie.js";

/**
 * `response.cookies["token"] = value`, with the flags that later statements give it, and a flag that
 * is given to a cookie that other code has set.
 */
export function assignedCookies(
  statement: Statement,
  statements: readonly Statement[],
  scope: Scope,
): readonly SetCookie[] {
  if (statement.kind !== "assignment" || statement.value === undefined) return [];
  const { value, targets } = statement;
  const flags = flagsIn(statements, scope);
  return targets.flatMap((target) => {
    const name = cookieName(target, scope);
    if (name !== undefined) {
      const flag = (attribute: string) =>
        flags.find((one) => one.attribute === attribute && one.name.text === name.text)?.flag;
      return [cookie(name, value, flag("secure"), flag("httponly"), statement, scope)];
    }
    const given = flagIn(target, value, scope);
    if (given === undefined || isSetHere(given.name, statements, scope)) return [];
    const { flag, attribute } = given;
    const secure = attribute === "secure" ? flag : "unsure";
    const httpOnly = attribute === "httponly" ? flag : "unsure";
    return [cookie(given.name, given.cookie, secure, httpOnly, statement, scope)];
  });
}

function cookie(
  name: KeyPart,
  value: Expression,
  secure: Flag | undefined,
  httpOnly: Flag | undefined,
  { span }: Assignment,
  scope: Scope,
): SetCookie {
  return {
    name,
    value,
    secure: secure ?? "missing",
    httpOnly: httpOnly ?? "missing",
    sentEverywhere: false,
    maxAge: undefined,
    given: [],
    scope,
    span,
    call: undefined,
  };
}

/** The name in `response.cookies[name]`. */
function cookieName(target: Expression, scope: Scope): KeyPart | undefined {
  const [key] = target.kind === "subscript" ? target.indices : [];
  if (target.kind !== "subscript" || key === undefined || !isCookieJar(target.object)) {
    return undefined;
  }
  return readKey(key, scope);
}

function isCookieJar(object: Expression): boolean {
  return (
    object.kind === "attribute" &&
    object.name === "cookies" &&
    /^(?:\w*_)?(?:resp|response|res|redirect)$/i.test(lastName(object.object) ?? "")
  );
}

interface GivenFlag {
  readonly name: KeyPart;
  readonly cookie: Expression;
  readonly attribute: "secure" | "httponly";
  readonly flag: Flag;
}

/** `response.cookies[name]["secure"] = True` */
function flagIn(target: Expression, value: Expression, scope: Scope): GivenFlag | undefined {
  const [attribute] = target.kind === "subscript" ? target.indices : [];
  if (target.kind !== "subscript" || attribute?.kind !== "string") return undefined;
  const name = cookieName(target.object, scope);
  const word = attribute.value;
  if (name === undefined || (word !== "secure" && word !== "httponly")) return undefined;
  return { name, cookie: target.object, attribute: word, flag: flagValue(value, scope) };
}

function flagsIn(statements: readonly Statement[], scope: Scope): readonly GivenFlag[] {
  return statements.flatMap((statement) =>
    statement.kind === "assignment" && statement.value !== undefined
      ? statement.targets.flatMap(
          (target) => flagIn(target, statement.value ?? target, scope) ?? [],
        )
      : [],
  );
}

function isSetHere({ text }: KeyPart, statements: readonly Statement[], scope: Scope): boolean {
  return statements.some(
    (statement) =>
      statement.kind === "assignment" &&
      statement.targets.some((target) => cookieName(target, scope)?.text === text),
  );
}
