import type { Confidence } from "../model/severity.js";
import type { Expression, Statement } from "../python/syntax/syntax.js";
import { walkExpressions } from "../python/syntax/walk.js";
import { isRequest, lastName, readSession } from "../session/access/session-expression.js";
import { ownName, pathTo, type Scope } from "../session/bindings/scopes.js";
import { hasPhrase, tokensOf } from "../session/words/tokens.js";
import type { SessionWrite } from "../session/writes/writes.js";
import { isBesideLogin } from "./beside-login.js";
import { type Identity, identityOf } from "./identity/identity-keys.js";
import { ACCOUNT_WORDS, IMPERSONATION_WORDS } from "./identity/identity-words.js";
import { isPromoted, sourceOf } from "./identity/promoted-identity.js";
import type { AuthEvidence } from "./proof/auth-evidence.js";
import { OPENING_WORDS } from "./proof/auth-words.js";
import { isOnFailingPath } from "./proof/failing-path.js";
import { storesGiven } from "./proof/given-values.js";
import { storesProven } from "./proof/identity-values.js";
import { isSent } from "./proof/sent-values.js";
import { isNamed } from "./proof/word-in-name.js";
import { isUnfinished } from "./unfinished-login.js";

/** A write, or a call that writes, which may be a login. */
export interface Candidate {
  readonly write: SessionWrite;
  readonly confidence: Confidence;
  readonly claimed: boolean;
  readonly switchedOff?: boolean;
}

/** How clearly a write is a login; none for keys of something else. */
export function candidateOf(write: SessionWrite, auth: AuthEvidence): readonly Candidate[] {
  if (write.path.length !== 1 || write.place.fresh) return [];
  if (isAlreadyKnown(write, auth)) return [];
  if (isUnfinished(write.statement, write.scope, auth) && !isPromoted(write)) return [];
  const identity = identityOf(write) ?? identityOfValue(write, auth);
  if (identity === undefined) return [];
  if (identity === "weak" && isBesideLogin(write, auth.proof)) return [];
  if (isOnFailingPath(write.statement, write.scope, auth.proof)) return [];
  const confidence = confidenceOf(identity, write, auth);
  if (confidence !== undefined) return [{ write, confidence, claimed: true }];
  return identity === "weak" ? [] : [{ write, confidence: "medium", claimed: false }];
}

function confidenceOf(
  identity: Identity,
  write: SessionWrite,
  auth: AuthEvidence,
): Confidence | undefined {
  if (auth.checks) return identity === "strong" ? "high" : "medium";
  if (isDjangosKey(write)) return "high";
  if (identity === "strong" && isImpersonation(write.scope, auth)) return "medium";
  if (auth.behindLogin) return undefined;
  if (identity === "strong") return auth.named ? "high" : "medium";
  if (isOpening(write)) return auth.named ? "medium" : "low";
  if (!auth.named) return undefined;
  const typed = isTypedIntoLogin(write);
  if (typed !== undefined) return typed;
  return identity === "record" || isRecordValue(write.value) || isPromoted(write)
    ? "medium"
    : undefined;
}

/** Under a key of any name, unless the visitor is logged in: then they open something else. */
function identityOfValue(write: SessionWrite, auth: AuthEvidence): Identity | undefined {
  const proven = storesProven(write, auth.proof) || isPromoted(write);
  return !auth.behindLogin && proven ? "weak" : undefined;
}

function isRecordValue(value: Expression | undefined): boolean {
  return value?.kind === "attribute" || (value?.kind === "constant" && value.value === true);
}

/** The identity of the visitor Django knows already, or what the session held before under that key. */
function isAlreadyKnown(write: SessionWrite, auth: AuthEvidence): boolean {
  const source = sourceOf(write);
  if (source === undefined) return false;
  if (isVisitor(source, write.scope)) return true;
  if (isPromoted(write)) return !(auth.checks || auth.named);
  return readSession(source, write.scope) !== undefined;
}

function isVisitor(value: Expression, scope: Scope): boolean {
  let at = value.kind === "call" && value.callee.kind === "name" ? value.args[0]?.value : value;
  while (at?.kind === "attribute") {
    if (at.name === "user" && isRequest(at.object, scope)) return true;
    at = at.object;
  }
  return false;
}

/** A helper that is there to begin somebody's session: `create_session(request, member)`. */
function isOpening(write: SessionWrite): boolean {
  return (
    storesGiven(write) &&
    isNamed(tokensOf(ownName(write.scope)), OPENING_WORDS) &&
    hasPhrase(write.path[0]?.tokens ?? [], ACCOUNT_WORDS)
  );
}

/** A login that believes what its visitor typed, after a form found it valid or without any look. */
function isTypedIntoLogin({ path, value, statement, scope }: SessionWrite): Confidence | undefined {
  const named = isNamed(tokensOf(scope.symbol), OPENING_WORDS);
  if (!named || value === undefined || !isSent(value, scope)) return undefined;
  if (!hasPhrase(path[0]?.tokens ?? [], ACCOUNT_WORDS)) return undefined;
  const steps = pathTo(scope.body, statement);
  if (steps.some(({ block }) => block.some(asksFurther))) return undefined;
  const isChecked = steps.some(({ block, index }) => {
    const at = block[index];
    return at?.kind === "if" && at.branches.some(({ test }) => asksForm(test));
  });
  return isChecked ? "medium" : "low";
}

/** `form.is_valid()` */
function asksForm(test: Expression): boolean {
  return [...walkExpressions(test)].some(
    (one) => one.kind === "call" && lastName(one.callee) === "is_valid",
  );
}

/** The visitor goes on to a page that asks for more: the next step of the login, or the same again. */
function asksFurther(statement: Statement): boolean {
  if (statement.kind !== "return" || statement.value?.kind !== "call") return false;
  const { callee, args } = statement.value;
  if (!/^(?:redirect|reverse|HttpResponseRedirect)$/.test(lastName(callee) ?? "")) return false;
  const to = args[0]?.value;
  return to?.kind === "string" && hasPhrase(tokensOf(to.value ?? ""), FURTHER_PAGES);
}

const FURTHER_PAGES: readonly string[] = [...OPENING_WORDS, "password", "register", "error"];

/** The key that Django's login() writes. */
export function isDjangosKey(write: SessionWrite): boolean {
  return write.path[0]?.tokens.join(" ") === "auth user id";
}

/** The visitor takes the identity of somebody else: a name that says so, or a key kept for the way back. */
export function isImpersonation(scope: Scope, auth: AuthEvidence): boolean {
  return !auth.checks && hasPhrase(tokensOf(scope.symbol), IMPERSONATION_WORDS);
}
