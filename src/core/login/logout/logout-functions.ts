import type { Expression } from "../../python/syntax/syntax.js";
import { readKeys } from "../../session/access/keys.js";
import { lastName, readSession } from "../../session/access/session-expression.js";
import { ownName, type Scope } from "../../session/bindings/scopes.js";
import { hasPhrase, tokensOf } from "../../session/words/tokens.js";
import { identityOfKey } from "../identity/identity-keys.js";
import { callsOf } from "../paths/callers.js";
import { coveringStatements } from "../paths/path-rule.js";
import { isLogoutName } from "../proof/auth-evidence.js";
import { CLOSING_WORDS } from "../proof/auth-words.js";
import { forgottenIn } from "./forgetting-statements.js";

/** Stepping back from another identity is not a logout. */
const STEPPING_BACK: readonly string[] = [
  "sudo",
  "desudo",
  "impersonate",
  "impersonation",
  "hijack",
  "release",
  "stop",
];

/** Whether a function is there to end a session: by its name, by where it leads, by who calls it. */
export function isLogout(scope: Scope): boolean {
  if (hasPhrase(tokensOf(scope.symbol), STEPPING_BACK)) return false;
  return isLogoutName(scope) || sendsToLogin(scope) || closesSession(scope);
}

/** A function that forgets who was logged in, called like one that closes a session or by a logout. */
function closesSession(scope: Scope): boolean {
  if (forgottenIn(scope).length === 0) return false;
  if (hasPhrase(tokensOf(ownName(scope)), CLOSING_WORDS)) return true;
  return callsOf(scope).some(
    ({ statement, caller }) =>
      caller.definition !== undefined &&
      isLogoutName(caller) &&
      !isReceiver(caller) &&
      coveringStatements(statement, caller, "ends", 1).length === 0,
  );
}

/** A function of another name that forgets who was logged in and shows the login page. */
function sendsToLogin(scope: Scope): boolean {
  const last = scope.body.at(-1);
  const target = last?.kind === "return" && last.value?.kind === "call" ? last.value : undefined;
  const to = target?.args[0]?.value;
  if (
    target === undefined ||
    !/^(?:redirect|HttpResponseRedirect)$/.test(lastName(target.callee) ?? "")
  ) {
    return false;
  }
  const text = to?.kind === "string" ? to.value : undefined;
  if (text === undefined || !hasPhrase(tokensOf(text), LOGIN_PAGES)) return false;
  return scope.body.some(
    (statement) =>
      statement.kind === "delete" && statement.targets.some((one) => isIdentity(one, scope)),
  );
}

const LOGIN_PAGES: readonly string[] = ["login", "signin", "sign in", "log in"];

function isIdentity(target: Expression, scope: Scope): boolean {
  const [index] = target.kind === "subscript" ? target.indices : [];
  if (target.kind !== "subscript" || index === undefined) return false;
  const strong = readKeys(index, scope).some((key) => identityOfKey(key.tokens) === "strong");
  return strong && readSession(target.object, scope)?.path.length === 0;
}

/** django/contrib/auth/__init__.py: logout() tells its receivers first, then flushes the session. */
export function isReceiver({ definition }: Scope): boolean {
  return definition?.parameters[0]?.name === "sender";
}
