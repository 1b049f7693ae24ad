import type { LineRange } from "../../diff/touched.js";
import type { Span } from "../../model/source.js";
import type { TopLevelStatement } from "../syntax/module.js";
import { changedNames, type TouchedText } from "./bound-names.js";
import { concernedMethods, type Method } from "./member-graph.js";
import { type ClassParts, linesOf, splitMembers } from "./members.js";
import { mentionsSession } from "./prefilter.js";

/** One version of a file with what a hunk touches in it. */
export interface TouchedVersion extends TouchedText {
  readonly ranges: readonly LineRange[];
}

/** What is read of a touched statement. */
export interface Excerpt {
  readonly span: Span;
  /** Whole lines, in order; absent: all of it. */
  readonly pieces?: readonly Span[];
  /** What `pieces` are of: it is read instead when they cannot be. */
  readonly whole?: TopLevelStatement;
  /** The methods of a class that are left out. */
  readonly aside?: readonly MemberAside[];
}

/** A member of a class by itself. */
export interface MemberAside {
  readonly member: TopLevelStatement;
  /** The class with nothing else in it. */
  readonly excerpt: Excerpt;
}

/**
 * What to read of the touched statements of both versions. Of a class the methods stand aside that
 * are the same in both and have nothing to do with what is touched: what can be said of them is the
 * same too, and would cancel out.
 */
export function narrowTouched(
  base: TouchedVersion,
  head: TouchedVersion,
): { readonly base: readonly Excerpt[]; readonly head: readonly Excerpt[] } {
  const narrowed = new Map<TopLevelStatement, Excerpt>();
  for (const before of base.touched) {
    const [old, now] = [readParts(base, before), readParts(head, namesake(before, base, head))];
    if (old === undefined || now === undefined) continue;
    const methods = [...methodsOf(old, now), ...methodsOf(now, old)];
    const around = changedNames(base, head, (one) => one.name !== before.name);
    const concerned =
      old.outside || now.outside ? new Set(methods) : concernedMethods(methods, around);
    const told = [old, now].some(({ line }) => mentionsSession(line));
    const read = [...concerned].filter(
      ({ touched, text }) => touched || told || mentionsSession(text),
    );
    const names = new Set(read.map(({ name }) => name));
    for (const one of [old, now]) narrowed.set(one.statement, excerptOf(one, names));
  }
  const read = ({ touched }: TouchedVersion) => touched.map((one) => narrowed.get(one) ?? one);
  return { base: read(base), head: read(head) };
}

/** The class of the same name; undefined when there is none, or more than one on either side. */
function namesake(
  { name }: TopLevelStatement,
  base: TouchedVersion,
  head: TouchedVersion,
): TopLevelStatement | undefined {
  if (name === undefined) return undefined;
  const [before, after] = [base, head].map(({ touched }) =>
    touched.filter((one) => one.name === name),
  );
  return before?.length === 1 && after?.length === 1 ? after[0] : undefined;
}

/** What the steps of a wizard keep is said of all its methods at once. */
const WIZARD = /wizard/i;
/** Whether a view checks its requests for forgery matters by what all its methods do. */
const FORGERY = /csrf/i;

interface Parts {
  readonly statement: TopLevelStatement;
  readonly version: TouchedVersion;
  readonly parts: ClassParts;
  /** The members that a hunk touches. */
  readonly touched: ReadonlySet<TopLevelStatement>;
  /** So does one outside of the methods: then it has to do with all of them. */
  readonly outside: boolean;
  /** `class Name(Base):` */
  readonly line: string;
}

/** Undefined when the class has to be read as a whole. */
function readParts(
  version: TouchedVersion,
  statement: TopLevelStatement | undefined,
): Parts | undefined {
  if (statement?.keyword !== "class") return undefined;
  const { text, ranges } = version;
  const textOf = ({ span }: Excerpt) => text.slice(span.start, span.end);
  if (WIZARD.test(textOf(statement))) return undefined;
  const parts = splitMembers(text, statement);
  if (parts === undefined) return undefined;
  const { header, members } = parts;
  const isTouched = (span: Span) => ranges.some((range) => meets(range, span));
  const touched = members.filter(({ span }) => isTouched(span));
  if (touched.some((one) => FORGERY.test(textOf(one)))) return undefined;
  return {
    statement,
    version,
    parts,
    touched: new Set(touched),
    outside: isTouched(header) || !touched.every(isMethod),
    line: /^class\b.*/m.exec(textOf({ span: header }))?.[0] ?? "",
  };
}

/** A method that the other side has not in the same words is touched, wherever the hunks are. */
function methodsOf(own: Parts, other: Parts): readonly Method[] {
  const there = new Set(other.parts.members.map((member) => textIn(other, member)));
  return own.parts.members.filter(isMethod).map((member) => {
    const text = textIn(own, member);
    const touched = own.touched.has(member) || !there.has(text);
    return { name: member.name ?? "", text, touched };
  });
}

function textIn({ version }: Parts, { span }: TopLevelStatement): string {
  return version.text.slice(span.start, span.end);
}

/** An insertion point between two lines is inside of what holds both. */
function meets({ start, end }: LineRange, { startLine, endLine }: Span): boolean {
  return start > end ? startLine <= end && start <= endLine : start <= endLine && startLine <= end;
}

function isMethod({ keyword }: TopLevelStatement): boolean {
  return keyword === "def";
}

/** The members of a class, each to be read by itself; undefined when it has to be read as a whole. */
export function membersAside(
  text: string,
  statement: TopLevelStatement,
): readonly MemberAside[] | undefined {
  const parts = splitMembers(text, statement);
  return parts?.members.map((member) => aside(member, statement, parts, text));
}

function aside(
  member: TopLevelStatement,
  statement: TopLevelStatement,
  parts: ClassParts,
  text: string,
): MemberAside {
  const pieces = [parts.header, linesOf(text, parts, member)];
  return { member, excerpt: { span: statement.span, pieces, whole: statement } };
}

function excerptOf({ statement, version, parts }: Parts, names: ReadonlySet<string>): Excerpt {
  const { text } = version;
  const isRead = (one: TopLevelStatement) => !isMethod(one) || names.has(one.name ?? "");
  // A class needs a body.
  const read = parts.members.some(isRead)
    ? parts.members.filter(isRead)
    : parts.members.slice(0, 1);
  if (read.length === parts.members.length) return statement;
  const others = parts.members.filter((one) => !read.includes(one));
  return {
    span: statement.span,
    pieces: [parts.header, ...read.map((member) => linesOf(text, parts, member))],
    whole: statement,
    aside: others.map((member) => aside(member, statement, parts, text)),
  };
}
