import type { Confidence } from "../model/severity.js";
import type { Expression } from "../python/syntax.js";
import { lastValue, type Scope } from "../session/functions.js";
import { isRequest, readSession } from "../session/session-expression.js";
import { hasPhrase, tokensOf } from "../session/tokens.js";
import type { SessionWrite } from "../session/writes.js";
import type { AuthEvidence } from "./auth-evidence.js";
import { isOnFailingPath } from "./failing-path.js";
import { type Identity, identityOf } from "./identity-keys.js";
import { storesProven } from "./identity-values.js";
import { IMPERSONATION_WORDS } from "./identity-words.js";

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
  if (auth.unfinished || isAlreadyKnown(write)) return [];
  const identity = identityOf(write) ?? identityOfValue(write, auth);
  if (identity === undefined) return [];
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
  if (!auth.named) return undefined;
  return identity === "record" || isRecordValue(write.value) ? "medium" : undefined;
}

/** Under a key of any name, unless the visitor is logged in: then they open something else. */
function identityOfValue(write: SessionWrite, auth: AuthEvidence): Identity | undefined {
  return !auth.behindLogin && storesProven(write, auth.proof) ? "weak" : undefined;
}

function isRecordValue(value: Expression | undefined): boolean {
  return value?.kind === "attribute" || (value?.kind === "constant" && value.value === true);
}

/** The identity of the visitor Django knows already, or what the session held before. */
function isAlreadyKnown(write: SessionWrite): boolean {
  const { value, scope } = write;
  if (value === undefined) return false;
  const source =
    value.kind === "name" ? lastValue(scope, value.id, write.statement.span.start) : value;
  return (
    source !== undefined && (isVisitor(source, scope) || readSession(source, scope) !== undefined)
  );
}

function isVisitor(value: Expression, scope: Scope): boolean {
  let at = value.kind === "call" && value.callee.kind === "name" ? value.args[0]?.value : value;
  while (at?.kind === "attribute") {
    if (at.name === "user" && isRequest(at.object, scope)) return true;
    at = at.object;
  }
  return false;
}

/** The key that Django's login() writes. */
export function isDjangosKey(write: SessionWrite): boolean {
  return write.path[0]?.tokens.join(" ") === "auth user id";
}

/** The visitor takes the identity of somebody else: a name that says so, or a key kept for the way back. */
export function isImpersonation(scope: Scope, auth: AuthEvidence): boolean {
  return !auth.checks && hasPhrase(tokensOf(scope.symbol), IMPERSONATION_WORDS);
}
