import type { Argument, Call, Expression } from "../../python/syntax/syntax.js";
import { walkExpressions } from "../../python/syntax/walk.js";
import { lastName } from "../../session/access/session-expression.js";
import type { Scope } from "../../session/bindings/scopes.js";
import { hasPhrase, tokensOf } from "../../session/words/tokens.js";
import { mappingEntries } from "../../session/writes/mapping.js";
import { secretOfName } from "./auth-comparisons.js";
import { isOfSession, isSent } from "./sent-values.js";

/** What a question to the database says of who asks it. */
export interface RecordQuery {
  /** What the visitor says they are. */
  readonly claims: readonly Expression[];
  /** Their secret is part of the question, so that only they get the record. */
  readonly withSecret: boolean;
}

const LOOKUPS =
  /^(?:filter|exclude|get|aget|get_object_or_404|aget_object_or_404|get_or_none|find_one)$/;

/** Things that have a password of their own: who opens them is not logged in. */
const THINGS: readonly string[] = [
  "room",
  "page",
  "share",
  "link",
  "album",
  "file",
  "document",
  "poll",
  "survey",
  "quiz",
  "exam",
  "game",
  "lobby",
  "board",
  "post",
  "folder",
  "paste",
  "note",
  "event",
  "meeting",
  "gallery",
  "coupon",
  "order",
  "contest",
];

/**
 * The question that an expression asks for a record: `X.objects.filter(name=n).filter(password=p)`.
 * In a login that says so, two things the visitor typed are a name and a secret in whatever language.
 */
export function recordQuery(
  expression: Expression,
  scope: Scope,
  inLogin: boolean,
): RecordQuery | undefined {
  const lookups = [...walkExpressions(expression)].filter(
    (one): one is Call => one.kind === "call" && LOOKUPS.test(lastName(one.callee) ?? ""),
  );
  const given = lookups
    .flatMap((lookup) => conditionsOf(lookup, scope))
    .filter(({ name }) => !/__isnull$/.test(name));
  if (lookups.some(isOfThing)) return undefined;
  const form = lookups.flatMap(({ args }) => args).find(isWholeForm)?.value;
  if (form !== undefined) return { claims: [form], withSecret: inLogin };
  if (given.length === 0) return undefined;
  const secrets = given.filter(({ name }) => secretOfName(name) === "credential");
  const others = given.filter((one) => !secrets.includes(one));
  const claims = others.map(({ value }) => value);
  if (secrets.length > 0) {
    const known = claims.some((value) => isOfSession(value, scope));
    return known ? undefined : { claims, withSecret: true };
  }
  const sent = claims.filter((value) => isSent(value, scope));
  // A record that a page names by its number is what the visitor looks at, not who they are.
  if (sent.length === 0 || given.some(({ name }) => /^(?:pk|id)$/.test(name))) return undefined;
  return { claims: sent, withSecret: inLogin && sent.length >= 2 && sent.length === given.length };
}

interface Condition {
  readonly name: string;
  readonly value: Expression;
}

/** `name=n`, and what `**conditions` or the mapping of `find_one({...})` spells out. */
function conditionsOf({ args }: Call, scope: Scope): readonly Condition[] {
  return args.flatMap(({ name, unpack, value }) => {
    if (name !== undefined) return [{ name, value }];
    if (unpack === undefined && value.kind !== "dictionary") return [];
    return mappingEntries(value, scope).map((entry) => ({
      name: entry.key.text,
      value: entry.value,
    }));
  });
}

/** `**form.cleaned_data`: all that the visitor typed. */
function isWholeForm({ unpack, value }: Argument): boolean {
  return unpack === "**" && value.kind === "attribute" && value.name === "cleaned_data";
}

function isOfThing({ callee, args }: Call): boolean {
  const named = [callee, ...args.filter(({ name }) => name === undefined).map((arg) => arg.value)];
  return named.some((one) => hasPhrase(tokensOf(modelOf(one)), THINGS));
}

/**
 * `Member` of `Member.objects.filter`, `models.Member.objects.get` and `get_object_or_404(Member)`; not
 * `POST` of `request.POST.get`.
 */
function modelOf(expression: Expression): string {
  let at = expression;
  let name = "";
  while (at.kind === "attribute" || at.kind === "call" || at.kind === "subscript") {
    if (at.kind === "attribute" && /^[A-Z]\w*[a-z]/.test(at.name)) name = at.name;
    at = at.kind === "call" ? at.callee : at.object;
  }
  return name || (at.kind === "name" ? at.id : "");
}

export function isNamedThing(tokens: readonly string[]): boolean {
  return hasPhrase(tokens, THINGS);
}
