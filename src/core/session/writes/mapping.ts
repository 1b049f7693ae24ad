import type { Span } from "../../model/source.js";
import type {
  Call,
  Dictionary,
  Expression,
  OtherExpression,
  Statement,
} from "../../python/syntax/syntax.js";
import { dottedName, isNotScope, walkStatements } from "../../python/syntax/walk.js";
import { type KeyPart, listedKeys, readKey, readKeys } from "../access/keys.js";
import { lastName } from "../access/session-expression.js";
import { importedMember } from "../bindings/imported-members.js";
import {
  isDefinedHere,
  lastBinding,
  lastValue,
  resolveImport,
  type Scope,
  scopeOf,
} from "../bindings/scopes.js";
import { READABLE_CALLS } from "../values/call-words.js";
import { tokensOf } from "../words/tokens.js";

/** One entry of a mapping that is stored. */
export interface MappingEntry {
  readonly key: KeyPart;
  readonly value: Expression;
  /** Where the names of `value` are bound. */
  readonly scope: Scope;
  /** The statement that adds it, when it is another one of the same function. */
  readonly span: Span | undefined;
  /** The call that signs or encodes the whole mapping, and leaves it readable. */
  readonly readable?: string | undefined;
}

/**
 * The entries of a mapping that the code spells out: a literal, `dict(...)`, a local variable that
 * was given one and filled, or what a function of the project returns. Computed keys are left out.
 */
export function mappingEntries(
  mapping: Expression,
  scope: Scope,
  before = mapping.span.start,
): readonly MappingEntry[] {
  const literal = literalEntries(mapping, scope);
  if (literal !== undefined) return literal;
  if (mapping.kind === "name") return localEntries(mapping.id, before, scope);
  return mapping.kind === "call" ? callEntries(mapping, scope, before) : [];
}

/** Whether the entries of a mapping are all known. */
export function isSpelledOut(mapping: Expression): boolean {
  return mapping.kind === "dictionary" || isDictCall(mapping);
}

function isDictCall(value: Expression): value is Call {
  if (value.kind !== "call" || value.callee.kind !== "name") return false;
  const { id } = value.callee;
  return (
    (id === "dict" || id === "OrderedDict") && value.args.every((arg) => arg.name !== undefined)
  );
}

function literalEntries(value: Expression, scope: Scope): readonly MappingEntry[] | undefined {
  if (value.kind === "dictionary") return dictionaryEntries(value, scope);
  if (value.kind === "other") return comprehensionEntries(value, scope);
  if (value.kind === "list" || value.kind === "tuple") {
    const listed = value.items.filter((item) => item.kind === "dictionary");
    return listed.length === 0
      ? undefined
      : listed.flatMap((item) => dictionaryEntries(item, scope));
  }
  if (value.kind === "binary" && (value.operator === "|" || value.operator === "+")) {
    const parts = [value.left, value.right].map((part) => literalEntries(part, scope));
    return parts.some((part) => part !== undefined)
      ? parts.flatMap((part) => part ?? [])
      : undefined;
  }
  if (!isDictCall(value)) return undefined;
  return value.args.flatMap((arg) =>
    arg.name === undefined
      ? []
      : [{ key: keyword(arg.name), value: arg.value, scope, span: undefined }],
  );
}

/** `{name: data[name] for name in ("email", "password")}`: an entry for each key that is listed. */
function comprehensionEntries(
  { type, children }: OtherExpression,
  scope: Scope,
): readonly MappingEntry[] | undefined {
  const [pair, each] = type === "dictionary_comprehension" ? children : [];
  if (pair?.kind !== "other" || each?.kind !== "other") return undefined;
  const [key, value] = pair.children;
  const [target, subject] = each.children;
  const isEach = key?.kind === "name" && target?.kind === "name" && target.id === key.id;
  const keys = isEach && subject ? listedKeys(subject, scope) : undefined;
  return value && keys?.map((one) => ({ key: one, value, scope, span: undefined }));
}

function dictionaryEntries(value: Dictionary, scope: Scope): readonly MappingEntry[] {
  return value.entries.flatMap((entry) => {
    if (entry.key === undefined) return literalEntries(entry.value, scope) ?? [];
    const key = readKey(entry.key, scope);
    return key.kind === "dynamic" ? [] : [{ key, value: entry.value, scope, span: undefined }];
  });
}

export function keyword(text: string): KeyPart {
  return { text, tokens: tokensOf(text), kind: "literal" };
}

/** `data = {...}`, `data["k"] = v` and `data.update({...})` before the offset. */
function localEntries(name: string, before: number, scope: Scope): readonly MappingEntry[] {
  const { value, span } = lastBinding(scope, name, before) ?? {};
  if (value === undefined || span === undefined) return [];
  // A variable may be made from itself: `data = dict(data)`.
  const made =
    literalEntries(value, scope) ??
    (value.kind === "call" ? callEntries(value, scope, span.start) : undefined);
  if (made === undefined) return [];
  const filled = [...walkStatements(scope.body, isNotScope)]
    .filter(({ span }) => span.start < before)
    .flatMap((statement) => fillingEntries(statement, name, scope));
  return [...made.map((entry) => ({ ...entry, span: entry.span ?? value.span })), ...filled];
}

/** The entries of what a call copies, writes out or signs, else of what a function of the project returns. */
function callEntries(call: Call, scope: Scope, before: number): readonly MappingEntry[] {
  const name = lastName(call.callee) ?? "";
  const [argument] = call.args;
  if (argument === undefined || !PASSING_ON.has(name)) return returnedEntries(call, scope);
  const dotted = dottedName(call.callee) ?? name;
  const tail = (resolveImport(scope, dotted) ?? dotted).split(".").slice(-2).join(".");
  const readable = [name, tail].some((one) => READABLE_CALLS.has(one)) ? tail : undefined;
  return mappingEntries(argument.value, scope, before).map((entry) => ({
    ...entry,
    readable: entry.readable ?? readable,
  }));
}

/** Functions that hand a mapping on with all its entries. */
const PASSING_ON: ReadonlySet<string> = new Set([
  "dumps",
  "dict",
  "OrderedDict",
  "copy",
  "deepcopy",
  "sign_object",
]);

function fillingEntries(statement: Statement, name: string, scope: Scope): readonly MappingEntry[] {
  const { span } = statement;
  if (statement.kind === "assignment" && statement.value !== undefined) {
    const { value } = statement;
    return statement.targets.flatMap((target) => {
      const [index] = target.kind === "subscript" ? target.indices : [];
      if (target.kind !== "subscript" || index === undefined || !isName(target.object, name))
        return [];
      return readKeys(index, scope)
        .filter(({ kind }) => kind !== "dynamic")
        .map((key) => ({ key, value, scope, span }));
    });
  }
  if (statement.kind !== "expression" || statement.value.kind !== "call") return [];
  const { callee, args } = statement.value;
  if (callee.kind !== "attribute" || callee.name !== "update" || !isName(callee.object, name))
    return [];
  return args.flatMap((arg) => {
    if (arg.name !== undefined) return [{ key: keyword(arg.name), value: arg.value, scope, span }];
    return (literalEntries(arg.value, scope) ?? []).map((entry) => ({ ...entry, span }));
  });
}

function isName(expression: Expression, name: string): boolean {
  return expression.kind === "name" && expression.id === name;
}

/** The entries of what a function of the project returns. */
function returnedEntries(call: Call, scope: Scope): readonly MappingEntry[] {
  const inner = calledScope(call, scope);
  if (inner === undefined) return [];
  return [...walkStatements(inner.body, isNotScope)].flatMap((statement) => {
    if (statement.kind !== "return" || statement.value === undefined) return [];
    const { value } = statement;
    const entries =
      literalEntries(value, inner) ??
      (value.kind === "name" ? localLiteral(value.id, value.span.start, inner) : []);
    return entries.map((entry) => ({ ...entry, span: undefined }));
  });
}

function calledScope(call: Call, scope: Scope): Scope | undefined {
  const name = dottedName(call.callee);
  if (name === undefined || /^[A-Z]/.test(lastName(call.callee) ?? "")) return undefined;
  const member = isDefinedHere(scope.module, name)
    ? { module: scope.module, name }
    : importedMember(name, scope);
  const definition = member?.module.definition(member.name);
  if (member === undefined || definition?.kind !== "function") return undefined;
  return definition === scope.definition ? undefined : scopeOf(member.module, definition);
}

/** As `localEntries`, without following further calls. */
function localLiteral(name: string, before: number, scope: Scope): readonly MappingEntry[] {
  const value = lastValue(scope, name, before);
  const made = (value && literalEntries(value, scope)) ?? [];
  const filled = [...walkStatements(scope.body, isNotScope)]
    .filter(({ span }) => span.start < before)
    .flatMap((statement) => fillingEntries(statement, name, scope));
  return [...made, ...filled];
}
