import type { Call, Statement } from "../python/syntax/syntax.js";
import {
  expressionsOf,
  isNotScope,
  walkExpressions,
  walkStatements,
} from "../python/syntax/walk.js";
import { isRequest, readSession } from "../session/access/session-expression.js";
import type { Scope } from "../session/bindings/scopes.js";
import { type SessionWrite, writesOf } from "../session/writes/writes.js";
import { identityOf } from "./identity/identity-keys.js";
import { isSwitchedOff } from "./paths/conditions.js";
import { calledScope, isRequestOrSession } from "./paths/effect.js";
import type { AuthEvidence } from "./proof/auth-evidence.js";
import { isOnFailingPath } from "./proof/failing-path.js";
import { storesGiven } from "./proof/given-values.js";

/** A call of a function that stores an identity for its caller. */
export interface LoginCall {
  /** The write, as it would stand in the caller. */
  readonly write: SessionWrite;
  /** The caller turns off the parameter on which the renewal depends. */
  readonly switchedOff: boolean;
}

/**
 * The calls of a function that log the visitor in through a function that this change leaves as it
 * is, or one that renews the key unless a caller says otherwise. What a function that is changed does
 * wrong by itself is reported there.
 */
export function loginCalls(scope: Scope, auth: AuthEvidence): readonly LoginCall[] {
  return [...walkStatements(scope.body, isNotScope)]
    .filter(isNotScope)
    .flatMap((statement) =>
      expressionsOf(statement).flatMap((expression) =>
        [...walkExpressions(expression, (one) => one.kind !== "lambda")].flatMap((one) =>
          one.kind === "call" ? readLoginCall(one, statement, scope, auth) : [],
        ),
      ),
    );
}

function readLoginCall(
  call: Call,
  statement: Statement,
  scope: Scope,
  auth: AuthEvidence,
): readonly LoginCall[] {
  const given = call.args.find((arg) => isRequestOrSession(arg.value, scope))?.value;
  if (given === undefined || call.args.length < 2) return [];
  if (call.args.some((arg) => isOfVisitor(arg.value, scope))) return [];
  const called = calledScope(call, scope);
  if (called === undefined || called.definition === scope.definition) return [];
  const stored = identityStored(called, auth.checks);
  if (stored === undefined || isOnFailingPath(statement, scope, auth.proof)) return [];
  const switchedOff = isSwitchedOff(called, call);
  if (!switchedOff && isReportedThere(called, scope)) return [];
  const place = readSession(given, scope) ?? {
    path: [],
    session: sessionOf(given),
    fresh: false,
  };
  return [{ write: { ...stored, value: undefined, place, statement, scope }, switchedOff }];
}

/** The identity the request has already: writing it again logs nobody in. */
function isOfVisitor(value: Call["callee"], scope: Scope): boolean {
  return (
    value.kind === "attribute" &&
    /^(?:user|account|member|customer)$/.test(value.name) &&
    isRequest(value.object, scope)
  );
}

function sessionOf(request: Call["callee"]): Call["callee"] {
  return { kind: "attribute", object: request, name: "session", span: request.span };
}

/** Of a visitor who was checked, any key that names a person says who they are. */
function identityStored(called: Scope, checked: boolean): SessionWrite | undefined {
  if (!called.module.text.includes("session")) return undefined;
  const given = writesOf(called).filter((write) => write.path.length === 1 && isGiven(write));
  return (
    given.find((write) => identityOf(write) === "strong") ??
    (checked
      ? given.find((write) => identityOf(write) !== undefined && storesGiven(write))
      : undefined)
  );
}

/** The identity comes from a parameter, so it is the caller's. */
function isGiven({ value, scope }: SessionWrite): boolean {
  if (value === undefined) return false;
  const parameters = new Set(scope.definition?.parameters.map(({ name }) => name));
  return [...walkExpressions(value)].some(
    (one) => (one.kind === "name" && parameters.has(one.id)) || one.kind === "constant",
  );
}

/** Of another module it is only known whether the change set touches it. */
function isReportedThere({ module, definition }: Scope, { module: own }: Scope): boolean {
  if (module !== own) return module.changed;
  return definition !== undefined && module.looksAt(definition.span.startLine);
}
