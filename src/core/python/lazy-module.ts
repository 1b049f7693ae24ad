import type { Span } from "../model/source.js";
import type { Unscanned } from "../model/unscanned.js";
import { importPaths } from "./imports/import-paths.js";
import { importTable, mayImport } from "./imports/imports.js";
import { directoryOf, resolvePath } from "./imports/paths.js";
import { type ImportFact, readImport } from "./imports/read-imports.js";
import { type LoweredModule, lowerModule, type Unread } from "./lower/lower.js";
import { completeClass } from "./methods-aside.js";
import type { ParseFailure, ParsePython } from "./parser.js";
import { NO_PROJECT, type Project } from "./project.js";
import type { ImportTable, PythonModule, TopLevelStatement } from "./syntax/module.js";
import { once } from "./syntax/once.js";
import type { ClassDefinition, FunctionDefinition, Located, Statement } from "./syntax/syntax.js";
import { createLineTable, type LineTable, splitLines } from "./text/lines.js";
import { type Excerpt, membersAside } from "./text/narrow.js";
import { callsOfKeepers, mayHoldEvidence } from "./text/prefilter.js";

type Source = Pick<PythonModule, "path" | "side" | "text">;

/** A module that parses a statement when it is first asked for it, and never again. */
export function createModule(
  source: Source,
  statements: readonly TopLevelStatement[],
  touched: readonly TopLevelStatement[],
  parse: ParsePython,
  project: Project = NO_PROJECT,
  excerpts: readonly Excerpt[] = touched,
): PythonModule {
  const store = createStore(source, parse);
  const textOf = ({ span }: Located): string => source.text.slice(span.start, span.end);
  let lines: readonly string[] | undefined;
  let touchedSyntax: readonly Statement[] | undefined;
  let imports: ImportTable | undefined;
  const membersOf = once((statement: TopLevelStatement) => membersAside(source.text, statement));
  return {
    ...source,
    statements,
    touched,
    get lines() {
      lines ??= splitLines(source.text);
      return lines;
    },
    get touchedSyntax() {
      touchedSyntax ??= readTouched(excerpts.filter(evidenceTest(statements, textOf)), store);
      return touchedSyntax;
    },
    looksAt: (line) =>
      excerpts.some(
        ({ span, aside }) =>
          holds(span, line) && !aside?.some(({ member }) => holds(member.span, line)),
      ),
    get imports() {
      imports ??= readImports(statements, textOf, store);
      return imports;
    },
    syntaxOf: (statement) => store.read([statement]),
    syntaxMentioning: (words) =>
      store.read(
        statements.filter((statement) => {
          const text = textOf(statement);
          return words.some((word) => text.includes(word));
        }),
      ),
    membersMentioning: (statement, words) => {
      const mentions = (one: Located) => words.some((word) => textOf(one).includes(word));
      const apart = store.hasRead(statement) ? undefined : membersOf(statement);
      const read = apart
        ?.filter(({ member }) => mentions(member))
        .map(({ excerpt }) => excerpt) ?? [statement];
      return membersIn(read.flatMap((one) => store.read([one]))).filter(mentions);
    },
    definition: (name) => {
      const last = statements.findLast((statement) => statement.name === name);
      return last === undefined ? undefined : findDefinition(store.read([last]), name);
    },
    ...neighbours(source, project),
    get problems() {
      return store.problems;
    },
    get parsedBytes() {
      return store.parsedBytes();
    },
  };
}

function evidenceTest(
  statements: readonly TopLevelStatement[],
  textOf: (statement: Located) => string,
): (excerpt: Excerpt) => boolean {
  const functions = statements.filter(({ name, keyword }) => name && keyword !== "class");
  const calls = callsOfKeepers(new Map(functions.map((one) => [one.name ?? "", textOf(one)])));
  return (excerpt) => {
    const text = textOf(excerpt);
    return mayHoldEvidence(text) || calls?.test(text) === true;
  };
}

/** A member that is broken was read with all the others. */
function membersIn(classes: readonly Statement[]): readonly Statement[] {
  const members = classes.flatMap((one) => (one.kind === "class" ? one.body : []));
  const byPlace = new Map(members.map((member) => [member.span.start, member]));
  return [...byPlace.values()].sort((a, b) => a.span.start - b.span.start);
}

function holds({ startLine, endLine }: Span, line: number): boolean {
  return startLine <= line && line <= endLine;
}

function neighbours(
  { path, side }: Source,
  project: Project,
): Pick<
  PythonModule,
  "imported" | "beside" | "siblings" | "changedModules" | "changed" | "configuration"
> {
  const folder = directoryOf(path);
  return {
    imported: (dotted) => {
      for (const candidate of importPaths(path, dotted)) {
        const found = candidate === path ? undefined : project.open(side, candidate);
        if (found !== undefined) return found;
      }
      return undefined;
    },
    beside: (relative) => {
      const resolved = resolvePath(folder, relative);
      return resolved === undefined || resolved === path ? undefined : project.open(side, resolved);
    },
    siblings: (relative = "") => {
      const resolved = resolvePath(folder, relative);
      return resolved === undefined ? [] : project.entries(side, resolved);
    },
    changedModules: () => project.changedModules(side).filter((one) => one.path !== path),
    changed: project.isChanged(side, path),
    configuration: project.configuration,
  };
}

function readTouched(excerpts: readonly Excerpt[], store: Store): readonly Statement[] {
  store.read(excerpts);
  return excerpts.flatMap((excerpt) => {
    const { aside = [] } = excerpt;
    return store
      .read([excerpt])
      .map((one) =>
        one.kind === "class" && aside.length > 0 ? completeClass(one, aside, store.read) : one,
      );
  });
}

function readImports(
  statements: readonly TopLevelStatement[],
  textOf: (statement: TopLevelStatement) => string,
  store: Store,
): ImportTable {
  const facts = new Map<TopLevelStatement, ImportFact | undefined>();
  for (const statement of statements) {
    const text = textOf(statement);
    if (mayImport(statement.keyword, text)) facts.set(statement, readImport(text));
  }
  const others = [...facts].filter(([, fact]) => fact === undefined);
  store.read(others.map(([statement]) => statement));
  const read: (Statement | ImportFact)[] = [];
  for (const [statement, fact] of facts) {
    read.push(...(fact === undefined ? store.read([statement]) : [fact]));
  }
  return importTable(read);
}

function findDefinition(
  statements: readonly Statement[],
  name: string,
): FunctionDefinition | ClassDefinition | undefined {
  return statements
    .filter((statement) => statement.kind === "function" || statement.kind === "class")
    .findLast((statement) => statement.name === name);
}

interface Store {
  hasRead(wanted: Excerpt): boolean;
  read(wanted: readonly Excerpt[]): readonly Statement[];
  readonly problems: readonly Unscanned[];
  parsedBytes(): number;
}

function createStore(source: Source, parse: ParsePython): Store {
  const known = new Map<Excerpt, readonly Statement[]>();
  const problems: Unscanned[] = [];
  let parsedBytes = 0;
  let table: LineTable | undefined;

  /** False when the parser gave up: then there is no use in asking it for the rest. */
  const readNew = (wanted: readonly Excerpt[]): boolean => {
    table ??= createLineTable(source.text);
    const lines = table;
    const pieces = wanted.flatMap(
      (one) => one.pieces ?? [{ ...one.span, end: endOfPiece(source.text, one.span.end) }],
    );
    const result = parse(source.text, pieces, (root) =>
      lowerModule(root, { text: source.text, lines }),
    );
    if ("failure" in result) {
      addFailure(problems, source.path, result.failure);
      return false;
    }
    for (const piece of pieces) parsedBytes += piece.end - piece.start;
    const { unread } = result.value;
    // An error in one piece can swallow the next ones, so each is then read by itself.
    if (unread.length > 0 && wanted.length > 1) return wanted.every((one) => readNew([one]));
    const [only] = wanted;
    // What is broken is named as it stands in the file.
    if (unread.length > 0 && only?.whole !== undefined) {
      known.set(only, read([only.whole]));
      return true;
    }
    for (const error of unread) problems.push(describe(source.path, error, lines));
    assign(known, wanted, result.value);
    return true;
  };

  const read = (wanted: readonly Excerpt[]): readonly Statement[] => {
    const missing = wanted.filter((statement) => !known.has(statement));
    if (missing.length > 0 && !readNew(missing)) {
      for (const statement of missing) if (!known.has(statement)) known.set(statement, []);
    }
    return wanted.flatMap((statement) => known.get(statement) ?? []);
  };

  return {
    hasRead: (wanted) => known.has(wanted),
    read,
    problems,
    parsedBytes: () => parsedBytes,
  };
}

/** With the line terminator: the grammar ends a statement at one, and pieces are read as one text. */
function endOfPiece(text: string, end: number): number {
  const newline = text.indexOf("\n", end);
  return newline === -1 ? text.length : newline + 1;
}

/** Both are in order: what starts before the next wanted statement belongs to this one. */
function assign(
  known: Map<Excerpt, readonly Statement[]>,
  wanted: readonly Excerpt[],
  module: LoweredModule,
): void {
  let at = 0;
  for (const [index, statement] of wanted.entries()) {
    const next = wanted[index + 1]?.span.start ?? Number.POSITIVE_INFINITY;
    const own: Statement[] = [];
    for (; at < module.statements.length; at++) {
      const candidate = module.statements[at];
      if (candidate === undefined || candidate.span.start >= next) break;
      own.push(candidate);
    }
    known.set(statement, own);
  }
}

function describe(path: string, { at, tooDeep }: Unread, lines: LineTable): Unscanned {
  const line = lines.lineAt(at);
  return tooDeep
    ? {
        path,
        reason: "over-a-cap",
        detail: `The code from line ${line} on is nested too deeply to be read.`,
        line,
      }
    : {
        path,
        reason: "syntax-error",
        detail: `Line ${line} could not be read as Python.`,
        line,
      };
}

const FAILURES: Readonly<Record<ParseFailure, Pick<Unscanned, "reason" | "detail">>> = {
  "too-large": { reason: "too-large", detail: "The file is too large to be parsed." },
  "too-slow": { reason: "too-slow", detail: "Parsing the file took too long and was given up." },
  "parser-lost": {
    reason: "unreadable",
    detail: "The parser stopped working before this file was read; a restart is needed.",
  },
};

function addFailure(problems: Unscanned[], path: string, failure: ParseFailure): void {
  const { reason, detail } = FAILURES[failure];
  if (!problems.some((problem) => problem.reason === reason))
    problems.push({ path, reason, detail });
}
