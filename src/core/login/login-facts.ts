import type { Confidence } from "../model/severity.js";
import type { Span } from "../model/source.js";
import type { PythonModule } from "../python/syntax/module.js";
import type { Statement } from "../python/syntax/syntax.js";
import { expressionsOf, walkExpressions } from "../python/syntax/walk.js";
import { hasDjangoSessions } from "../session/access/foreign-sessions.js";
import { pathTo, type Scope, scopesOf } from "../session/bindings/scopes.js";
import { classOfWrite } from "../session/classify/class-of-write.js";
import { type SessionWrite, sessionWrites } from "../session/writes/writes.js";
import { withCallers } from "./caller-evidence.js";
import { elevationOf } from "./identity/elevation-keys.js";
import { loginCalls } from "./login-calls.js";
import { type Candidate, candidateOf, isDjangosKey, isImpersonation } from "./login-candidates.js";
import {
  isRotatedByCallers,
  isRotatedByDecorator,
  isRunByLogin,
  mayRotateElsewhere,
} from "./paths/callers.js";
import { type MissedRenewal, missedRenewals } from "./paths/missed-renewals.js";
import { coveringStatements, guardSpans, statementsWith } from "./paths/path-rule.js";
import { attemptsIn, isNoOp } from "./paths/rotation-attempts.js";
import { type AuthEvidence, isLogoutName, readAuthEvidence } from "./proof/auth-evidence.js";
import { isUnfinished } from "./unfinished-login.js";

/** A write that makes the session one of a logged-in visitor; of several in one block, the clearest. */
export interface LoginSink {
  readonly write: SessionWrite;
  /** The first such write of its block: before it the key is renewed. */
  readonly first: SessionWrite;
  readonly confidence: Confidence;
  /**
   * The function by itself shows a login. Otherwise it only stores somebody's id, which is a login
   * when the key was renewed beside it before.
   */
  readonly claimed: boolean;
  readonly rotated: boolean;
  readonly guards: readonly Span[];
  /** Django's own keys are written, which `login()` would write. */
  readonly handWritten: boolean;
  /** The visitor becomes somebody else, not logged in for the first time. */
  readonly impersonates: boolean;
  /** It is handed to a function that would renew the key, were it not told to leave that out. */
  readonly switchedOff: boolean;
  /** The renewals of the function that this login does not meet; none when it is rotated. */
  readonly missed: readonly MissedRenewal[];
}

/** A function that checks who the visitor is and leaves no trace of it in the session by itself. */
export interface LoginWithoutSink {
  readonly scope: Scope;
  readonly span: Span;
  readonly guards: readonly Span[];
  readonly rotated: boolean;
  /** It renews the key by hand, so somebody else writes the identity. */
  readonly renewsKey: boolean;
  /** A statement only looks as if it renewed the key. */
  readonly attempts: boolean;
  /** It gives a visitor who is logged in more rights. */
  readonly elevates: boolean;
  /** It makes somebody the visitor without `login()`: `request.user = user`, `remember_user(request)`. */
  readonly establishes: boolean;
}

export interface LoginFacts {
  readonly sinks: readonly LoginSink[];
  readonly others: readonly LoginWithoutSink[];
}

const MEMO = new WeakMap<PythonModule, LoginFacts>();

/** The logins of what a hunk touches. Both rules of the family ask for them, so they are kept. */
export function loginFacts(module: PythonModule): LoginFacts {
  const known = MEMO.get(module);
  if (known !== undefined) return known;
  const facts = hasDjangoSessions(module) ? readFacts(module) : { sinks: [], others: [] };
  MEMO.set(module, facts);
  return facts;
}

function readFacts(module: PythonModule): LoginFacts {
  const sinks: LoginSink[] = [];
  const others: LoginWithoutSink[] = [];
  const byFunction = groupBy(sessionWrites(module), (write) => write.scope.symbol);
  for (const scope of scopesOf(module, module.touchedSyntax)) {
    if (scope.definition === undefined || isLogoutName(scope)) continue;
    const writes = (byFunction.get(scope.symbol) ?? []).filter((write) => isIn(write, scope));
    const auth = withCallers(scope, readAuthEvidence(scope), writes);
    const found = sinksOf(scope, writes, auth);
    sinks.push(...found);
    if (found.length === 0 && (auth.checks || auth.named)) {
      others.push(withoutSink(scope, auth, writes));
    }
  }
  return { sinks, others };
}

function isIn(write: SessionWrite, scope: Scope): boolean {
  return write.scope.definition === scope.definition;
}

/** Blocks of one function that are followed: each costs a walk over all its neighbours. */
const MAX_BLOCKS = 40;

function sinksOf(
  scope: Scope,
  writes: readonly SessionWrite[],
  auth: AuthEvidence,
): readonly LoginSink[] {
  if (!auth.secondStep && writes.some(isOneTimeCode)) return [];
  const all = writes.flatMap((write) => candidateOf(write, auth));
  const claimed = all.filter((one) => one.claimed);
  const candidates = [...(claimed.length > 0 ? claimed : all), ...handedOver(scope, writes, auth)];
  const blocks = groupBy(candidates, ({ write }) => blockOf(write.statement, scope));
  const sinks = [...blocks.values()]
    .slice(0, MAX_BLOCKS)
    .flatMap((block) => makeSink(block, scope, auth));
  const rotated = new Set(
    sinks.filter((sink) => sink.rotated).map((sink) => blockOf(sink.write.statement, scope)),
  );
  return sinks.map((sink) =>
    sink.rotated
      ? sink
      : {
          ...sink,
          missed: missedRenewals(sink.write.statement, scope, (block) => rotated.has(block)),
        },
  );
}

function blockOf(statement: Statement, scope: Scope): readonly Statement[] | undefined {
  return pathTo(scope.body, statement).at(-1)?.block;
}

/** Logins that a function hands to another one, which stores the identity. */
function handedOver(
  scope: Scope,
  writes: readonly SessionWrite[],
  auth: AuthEvidence,
): readonly Candidate[] {
  if (auth.behindLogin || !(auth.checks || auth.named)) return [];
  return loginCalls(scope, auth)
    .filter(({ write: { statement } }) => !isUnfinished(statement, scope, auth))
    .filter(({ write }) => !writes.some((one) => one.statement === write.statement))
    .map(({ write, switchedOff }) => ({
      write,
      confidence: switchedOff ? ("low" as const) : ("medium" as const),
      claimed: true,
      switchedOff,
    }));
}

const ORDER: readonly Confidence[] = ["high", "medium", "low"];

function makeSink(
  block: readonly Candidate[],
  scope: Scope,
  auth: AuthEvidence,
): readonly LoginSink[] {
  const [first] = block;
  const [clearest] = block.toSorted(
    (a, b) => ORDER.indexOf(a.confidence) - ORDER.indexOf(b.confidence),
  );
  if (first === undefined || clearest === undefined) return [];
  const covering = coveringStatements(clearest.write.statement, scope, "rotates");
  const rotated =
    covering.length > 0 ||
    isRotatedByDecorator(scope) ||
    isRunByLogin(scope) ||
    isRotatedByCallers(scope);
  return [
    {
      write: clearest.write,
      first: first.write,
      claimed: clearest.claimed,
      confidence: mayRotateElsewhere(scope) ? "low" : clearest.confidence,
      rotated,
      guards: guardSpans(covering, scope, "rotates"),
      handWritten: block.some(({ write }) => isDjangosKey(write)),
      impersonates: isImpersonation(scope, auth),
      switchedOff: clearest.switchedOff === true,
      missed: [],
    },
  ];
}

function groupBy<T, K>(items: readonly T[], keyOf: (item: T) => K): ReadonlyMap<K, readonly T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}

/** A code that the visitor has yet to repeat: what else is stored waits for it. */
function isOneTimeCode(write: SessionWrite): boolean {
  return classOfWrite(write).category === "otp";
}

function withoutSink(
  scope: Scope,
  auth: AuthEvidence,
  writes: readonly SessionWrite[],
): LoginWithoutSink {
  const rotating = statementsWith(scope, "rotates");
  const [first] = scope.body;
  return {
    scope,
    span: scope.definition?.span ?? first?.span ?? { start: 0, end: 0, startLine: 1, endLine: 1 },
    guards: rotating.map((statement) => statement.span),
    rotated: rotating.length > 0,
    renewsKey: rotating.some((statement) => renewsKey(statement)),
    attempts: attemptsIn(scope).some(isNoOp),
    elevates: writes.some((write) => elevationOf(write, auth.behindLogin) !== undefined),
    establishes: auth.establishes,
  };
}

function renewsKey(statement: Statement): boolean {
  return expressionsOf(statement).some((expression) =>
    [...walkExpressions(expression)].some(
      (one) => one.kind === "attribute" && /^a?(?:cycle_key|flush)$/.test(one.name),
    ),
  );
}
