import type { Call, Statement } from "../../python/syntax/syntax.js";
import { isNotScope, walkAllExpressions, walkStatements } from "../../python/syntax/walk.js";
import { isRequest, lastName } from "../../session/access/session-expression.js";
import { ownName, type Scope } from "../../session/bindings/scopes.js";
import { tokensOf } from "../../session/words/tokens.js";
import { noSigns, readAuthCall } from "./auth-calls.js";
import { comparedSecret } from "./auth-comparisons.js";
import { LOGGED_IN_GUARDS, LOGIN_WORDS, LOGOUT_WORDS, SIGN_UP_WORDS } from "./auth-words.js";
import { type Proof, readProof } from "./proof.js";
import { isNamed } from "./word-in-name.js";

/** What a function shows of checking who the visitor is. */
export interface AuthEvidence {
  /** It checks a secret, a token or an assertion, or makes the account itself. */
  readonly checks: boolean;
  /** It is called what a login is called. */
  readonly named: boolean;
  /** It makes the request somebody's: `request.user = user`. */
  readonly establishes: boolean;
  readonly proof: Proof;
  /** The account that is made here cannot log in yet. */
  readonly inactive: boolean;
  /** Where the login is left to a second factor or an identity provider; none in the second step itself. */
  readonly handOffs: readonly Statement[];
  /** The code of a second step is checked here, so this is that step. */
  readonly secondStep: boolean;
  /** Only visitors who are logged in already get here. */
  readonly behindLogin: boolean;
}

export function readAuthEvidence(scope: Scope): AuthEvidence {
  const names = namesOf(scope).map(tokensOf);
  const named = names.some(
    (tokens) => isNamed(tokens, LOGIN_WORDS) && !isNamed(tokens, LOGOUT_WORDS),
  );
  const establishes = [...walkStatements(scope.body, isNotScope)].some((one) =>
    givesIdentity(one, scope),
  );
  const signsUp = names.some((tokens) => isNamed(tokens, SIGN_UP_WORDS));
  const found = noSigns();
  const checked = new Set<string>();
  for (const expression of walkAllExpressions(scope.body, isNotScope)) {
    if (expression.kind === "call") readAuthCall(expression, found, checked);
    if (expression.kind === "comparison") {
      const secret = comparedSecret(expression);
      if (secret !== undefined) found.checks = true;
      if (secret === "otp") found.code = true;
    }
    if (expression.kind === "string" && /^(?:HTTP_)?REMOTE_USER$/.test(expression.value ?? ""))
      found.checks = true;
  }
  const proof = readProof(scope, named, checked);
  const checks =
    found.checks ||
    found.code ||
    proof.claims.size > 0 ||
    (named && found.lookups) ||
    (signsUp && found.created);
  return {
    checks,
    named: named || establishes,
    establishes,
    proof,
    inactive: found.inactive,
    handOffs: found.code ? [] : statementsAround(found.handOffs, scope),
    secondStep: found.code,
    behindLogin: isBehindLogin(scope),
  };
}

function statementsAround(calls: readonly Call[], { body }: Scope): readonly Statement[] {
  if (calls.length === 0) return [];
  const statements = [...walkStatements(body, isNotScope)];
  return calls.flatMap(
    ({ span: { start, end } }) =>
      statements.findLast(({ span }) => span.start <= start && end <= span.end) ?? [],
  );
}

/** `request.user = user`: the request is somebody's, whatever session it came with. */
function givesIdentity(statement: Statement, scope: Scope): boolean {
  if (statement.kind !== "assignment" || statement.value?.kind === "constant") return false;
  return statement.targets.some(
    (target) =>
      target.kind === "attribute" &&
      /^(?:user|account|member|customer)$/.test(target.name) &&
      isRequest(target.object, scope),
  );
}

/** Whether the function, or a class around it, is called what ends a session. */
export function isLogoutName(scope: Scope): boolean {
  return namesOf(scope).some((name) => isNamed(tokensOf(name), LOGOUT_WORDS));
}

function namesOf(scope: Scope): readonly string[] {
  const owner = scope.classes.at(-1)?.name;
  return owner === undefined ? [ownName(scope)] : [ownName(scope), owner];
}

function isBehindLogin(scope: Scope): boolean {
  const owner = scope.classes.at(-1);
  const marks = [
    ...(scope.definition?.decorators ?? []),
    ...(owner?.decorators ?? []),
    ...(owner?.bases.map((base) => base.value) ?? []),
  ];
  return marks.some((mark) => {
    const names =
      mark.kind === "call" ? [mark.callee, ...mark.args.map((arg) => arg.value)] : [mark];
    return names.some((name) => LOGGED_IN_GUARDS.test(lastName(name) ?? ""));
  });
}
