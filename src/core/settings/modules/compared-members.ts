import type { PythonModule, TopLevelStatement } from "../../python/syntax/module.js";
import type { TouchedText } from "../../python/text/bound-names.js";
import { splitMembers } from "../../python/text/members.js";
import { classOfModule } from "./class-of-module.js";

/** A module by the statements that are told apart in it, in order. */
export interface ComparedModule extends TouchedText {
  readonly statements: readonly TopLevelStatement[];
  /** What depends on one of these can be anything. */
  readonly opaque: ReadonlySet<TopLevelStatement>;
}

/**
 * The two versions of a module by their statements. A class of settings hands what it has to those that
 * derive from it, member by member, so it is taken apart; undefined when that cannot be done where a hunk
 * touches it.
 */
export function compareMembers(
  base: PythonModule,
  head: PythonModule,
): { readonly base: ComparedModule; readonly head: ComparedModule } | undefined {
  if (classOfModule(head) === "other") return { base: asItIs(base), head: asItIs(head) };
  const [before, after] = [takeApart(base), takeApart(head)];
  const names = new Set([...base.touched, ...head.touched].filter(isClass).map(({ name }) => name));
  const members: { base: TopLevelStatement[]; head: TopLevelStatement[] } = { base: [], head: [] };
  for (const name of names) {
    const [old, ...oldOthers] = before.filter((one) => one.name === name);
    const [now, ...nowOthers] = after.filter((one) => one.name === name);
    if (old === undefined || now === undefined || oldOthers.length + nowOthers.length > 0) {
      return undefined;
    }
    const changed = changedMembers(old, now);
    if (changed === undefined) return undefined;
    members.base.push(...changed.base);
    members.head.push(...changed.head);
  }
  return {
    base: withMembers(base, before, members.base),
    head: withMembers(head, after, members.head),
  };
}

function isClass({ keyword }: TopLevelStatement): boolean {
  return keyword === "class";
}

function asItIs({ text, statements, touched }: PythonModule): ComparedModule {
  return { text, statements, touched, opaque: new Set() };
}

interface ClassApart {
  readonly name: string | undefined;
  readonly statement: TopLevelStatement;
  /** The lines that open it, and its members; all of it when it cannot be taken apart. */
  readonly parts: readonly TopLevelStatement[];
  readonly textOf: (part: TopLevelStatement) => string;
}

function takeApart({ text, statements }: PythonModule): readonly ClassApart[] {
  return statements.filter(isClass).map((statement) => {
    const apart = splitMembers(text, statement);
    return {
      name: statement.name,
      statement,
      parts:
        apart === undefined
          ? [statement]
          : [{ ...statement, span: apart.header }, ...apart.members],
      textOf: ({ span }) => text.slice(span.start, span.end),
    };
  });
}

/** The members that the other version has not; undefined when the rest is not the same either. */
function changedMembers(
  old: ClassApart,
  now: ClassApart,
):
  | { readonly base: readonly TopLevelStatement[]; readonly head: readonly TopLevelStatement[] }
  | undefined {
  const [was, is] = [old.parts.map(old.textOf), now.parts.map(now.textOf)];
  const [inOld, inNow] = [new Set(was), new Set(is)];
  const [kept, left] = [
    was.filter((text) => inNow.has(text)),
    is.filter((text) => inOld.has(text)),
  ];
  if (was[0] !== is[0] || kept.length !== left.length) return undefined;
  if (kept.some((text, index) => text !== left[index])) return undefined;
  return {
    base: old.parts.filter((_, index) => !inNow.has(was[index] ?? "")),
    head: now.parts.filter((_, index) => !inOld.has(is[index] ?? "")),
  };
}

function withMembers(
  { text, statements, touched }: PythonModule,
  classes: readonly ClassApart[],
  members: readonly TopLevelStatement[],
): ComparedModule {
  const apart = new Map(classes.map((one) => [one.statement, one.parts]));
  return {
    text,
    statements: statements.flatMap((one) => apart.get(one) ?? [one]),
    touched: [...touched.filter((one) => !isClass(one)), ...members],
    opaque: new Set(classes.flatMap(({ parts }) => parts.slice(0, 1))),
  };
}
