import type { Expression } from "../../python/syntax/syntax.js";
import { unparse } from "../../python/syntax/unparse.js";
import { isNotScope, walkAllExpressions } from "../../python/syntax/walk.js";
import { lastName } from "../../session/access/session-expression.js";
import type { Scope } from "../../session/bindings/scopes.js";
import { tokensOf } from "../../session/words/tokens.js";
import { asksSecretInSql, isAssertionCheck, isFormUser } from "./auth-calls.js";
import { comparedSecret } from "./auth-comparisons.js";
import { LOGIN_WORDS } from "./auth-words.js";
import { recordQuery } from "./record-queries.js";
import { isNamed } from "./word-in-name.js";

/** Who a function knows the visitor to be, told by what it does, whatever the names mean. */
export interface Proof {
  /** Local names of records whose secret the visitor knew. */
  readonly records: ReadonlySet<string>;
  /** Local names of what a signed token or an identity provider says. */
  readonly assertions: ReadonlySet<string>;
  /** What the visitor said they are, and proved; as unparsed text. */
  readonly claims: ReadonlySet<string>;
}

/** Steps from a record to the name it is stored from: `found = rows[0]`. */
const MAX_STEPS = 3;

/** `checked` holds the records that calls such as `check_password` are given. */
export function readProof(scope: Scope, named: boolean, checked: ReadonlySet<string>): Proof {
  const expressions = [...walkAllExpressions(scope.body, isNotScope)];
  const inLogin = named || expressions.some(showsLogin);
  const { records, assertions, asked } = readBindings(scope, inLogin, expressions.some(asksInSql));
  for (const name of checked) records.add(name);
  const claims = new Set<string>();
  for (const expression of expressions) {
    for (const name of comparedRecords(expression)) if (asked.has(name)) records.add(name);
    const query = expression.kind === "call" && recordQuery(expression, scope, inLogin);
    if (query !== false && query?.withSecret === true) addClaims(query.claims, claims);
    if (asksInSql(expression)) addClaims(sqlValues(expression), claims);
  }
  addDerived(scope, records);
  for (const name of records) addClaims(asked.get(name) ?? [], claims);
  return { records, assertions, claims };
}

interface BoundNames {
  readonly records: Set<string>;
  readonly assertions: Set<string>;
  /** What each record was looked up by, of those that the visitor asked for. */
  readonly asked: ReadonlyMap<string, readonly Expression[]>;
}

function readBindings(scope: Scope, inLogin: boolean, sql: boolean): BoundNames {
  const records = new Set<string>();
  const assertions = new Set<string>();
  const asked = new Map<string, readonly Expression[]>();
  for (const [name, bindings] of scope.bindings) {
    for (const { value, each } of bindings) {
      const source = value ?? each;
      if (source === undefined) continue;
      const query = recordQuery(source, scope, inLogin);
      if (query !== undefined || value === undefined) asked.set(name, query?.claims ?? []);
      if (query?.withSecret === true || provesUser(source) || (sql && isFetched(source))) {
        records.add(name);
      }
      if (isAsserted(source)) assertions.add(name);
    }
  }
  return { records, assertions, asked };
}

function asksInSql(expression: Expression): boolean {
  return expression.kind === "call" && asksSecretInSql(expression);
}

/** The values that a question in SQL is filled with. */
function sqlValues(expression: Expression): readonly Expression[] {
  if (expression.kind !== "call") return [];
  return expression.args.flatMap(({ value }) => {
    if (value.kind === "string") return value.parts.filter((part) => typeof part !== "string");
    const filling = value.kind === "binary" ? value.right : value;
    return filling.kind === "tuple" || filling.kind === "list" ? filling.items : [];
  });
}

/** What is written in the code says nothing of who asks. */
function addClaims(values: readonly Expression[], claims: Set<string>): void {
  for (const value of values) {
    const telling = value.kind !== "string" && value.kind !== "constant" && value.kind !== "number";
    if (telling) claims.add(unparse(value));
  }
}

/** The page of a login, which is shown when it fails. */
function showsLogin(one: Expression): boolean {
  if (one.kind !== "call" || !/^render/.test(lastName(one.callee) ?? "")) return false;
  return one.args.some(({ value }) => value.kind === "string" && isLoginPage(value.value ?? ""));
}

function isLoginPage(path: string): boolean {
  return /\.\w+$/.test(path) && isNamed(tokensOf(path.replace(/^.*\//, "")), LOGIN_WORDS);
}

function provesUser(value: Expression): boolean {
  const call = value.kind === "await" ? value.value : value;
  if (call.kind !== "call") return false;
  return isFormUser(call) || /^a?authenticate$/.test(lastName(call.callee) ?? "");
}

function isAsserted(value: Expression): boolean {
  const call = value.kind === "await" ? value.value : value;
  return call.kind === "call" && isAssertionCheck(call);
}

function isFetched(value: Expression): boolean {
  return (
    value.kind === "call" && /^(?:fetchone|fetchall|fetchmany)$/.test(lastName(value.callee) ?? "")
  );
}

/** `member` of `member.password == typed`. */
function comparedRecords(comparison: Expression): readonly string[] {
  if (comparison.kind !== "comparison" || comparedSecret(comparison) !== "credential") return [];
  return comparison.operands.flatMap((operand) => {
    const name =
      operand.kind === "attribute" || operand.kind === "subscript" ? rootOf(operand) : undefined;
    return name === undefined ? [] : [name];
  });
}

function addDerived(scope: Scope, records: Set<string>): void {
  for (let step = 0; step < MAX_STEPS; step++) {
    for (const [name, bindings] of scope.bindings) {
      const derived = bindings.some(({ value, each }) => {
        const source = value ?? each;
        const root = source?.kind === "name" || isPart(source) ? rootOf(source) : undefined;
        return root !== undefined && records.has(root);
      });
      if (derived) records.add(name);
    }
  }
}

/** `rows[0]`, `rows.first()`, `rows.get()`: one of the records, not what belongs to it. */
function isPart(source: Expression | undefined): source is Expression {
  if (source?.kind === "subscript") return source.object.kind === "name";
  return (
    source?.kind === "call" &&
    source.callee.kind === "attribute" &&
    /^(?:first|last|get|afirst|alast|aget|values|one|all)$/.test(source.callee.name)
  );
}

/** The local name that a chain of attributes, subscripts and calls starts with. */
export function rootOf(expression: Expression): string | undefined {
  let at = expression;
  while (at.kind === "attribute" || at.kind === "subscript" || at.kind === "call") {
    at = at.kind === "call" ? at.callee : at.object;
  }
  return at.kind === "name" ? at.id : undefined;
}
