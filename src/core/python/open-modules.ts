import { type LineRange, touchedRanges } from "../diff/touched.js";
import type { FileChange } from "../model/change.js";
import { createModule } from "./lazy-module.js";
import type { ParsePython } from "./parser.js";
import { NO_PROJECT, type Project } from "./project.js";
import type { PythonModule, TopLevelStatement } from "./syntax/module.js";
import { narrowTouched } from "./text/narrow.js";
import { splitStatements } from "./text/split.js";

/**
 * Both versions of a changed file. A top-level statement is touched when a hunk changes a line of
 * it; a function or class that is touched on one side is touched on the other too, so that both
 * versions of it are looked at.
 */
export function openModules(
  change: FileChange,
  parse: ParsePython,
  project: Project = NO_PROJECT,
): { readonly base: PythonModule; readonly head: PythonModule } {
  const base = splitStatements(change.base);
  const head = splitStatements(change.head);
  const ranges = {
    base: touchedRanges(change.hunks, "LEFT"),
    head: touchedRanges(change.hunks, "RIGHT"),
  };
  const ownBase = touch(base, ranges.base);
  const ownHead = touch(head, ranges.head);
  const names = new Set(
    [...ownBase, ...ownHead].flatMap(({ name }) => (name === undefined ? [] : [name])),
  );
  const isTouched = (own: ReadonlySet<TopLevelStatement>) => (statement: TopLevelStatement) =>
    own.has(statement) || (statement.name !== undefined && names.has(statement.name));
  const touchedBase = base.filter(isTouched(ownBase));
  const touchedHead = head.filter(isTouched(ownHead));
  const excerpts = narrowTouched(
    { text: change.base, touched: touchedBase, ranges: ranges.base },
    { text: change.head, touched: touchedHead, ranges: ranges.head },
  );
  return {
    base: createModule(
      { path: change.basePath, side: "LEFT", text: change.base },
      base,
      touchedBase,
      parse,
      project,
      excerpts.base,
    ),
    head: createModule(
      { path: change.path, side: "RIGHT", text: change.head },
      head,
      touchedHead,
      parse,
      project,
      excerpts.head,
    ),
  };
}

/** One version of a file by itself; `isTouched` says which top-level statements count as touched. */
export function openModule(
  source: Pick<PythonModule, "path" | "side" | "text">,
  parse: ParsePython,
  isTouched: (statement: TopLevelStatement) => boolean,
  project: Project = NO_PROJECT,
): PythonModule {
  const statements = splitStatements(source.text);
  return createModule(source, statements, statements.filter(isTouched), parse, project);
}

/** Ranges and statements are both in order, so one pass finds all. */
function touch(
  statements: readonly TopLevelStatement[],
  ranges: readonly LineRange[],
): ReadonlySet<TopLevelStatement> {
  const touched = new Set<TopLevelStatement>();
  let first = 0;
  for (const { start, end } of ranges) {
    while ((statements[first]?.span.endLine ?? Number.POSITIVE_INFINITY) < Math.min(start, end))
      first++;
    for (const statement of touchedBy(statements, first, start, end)) touched.add(statement);
  }
  return touched;
}

/**
 * The statements from `first` on that hold a line of the range; when none does, those around it that
 * have no name. A line that is appended to a block stands outside of it on the other side; functions
 * and classes are then found by their name.
 */
function touchedBy(
  statements: readonly TopLevelStatement[],
  first: number,
  start: number,
  end: number,
): readonly TopLevelStatement[] {
  // An insertion point between lines n and n+1 has start n+1 and end n: it is inside of what holds both.
  const [from, to] = start > end ? [end, start] : [start, end];
  const inside: TopLevelStatement[] = [];
  let at = first;
  for (; at < statements.length; at++) {
    const statement = statements[at];
    if (statement === undefined || statement.span.startLine > to) break;
    const { startLine, endLine } = statement.span;
    if (start > end ? startLine <= from && endLine >= to : endLine >= from) inside.push(statement);
  }
  if (inside.length > 0) return inside;
  const before = statements.slice(Math.max(0, first - 1), at + 1);
  const above = before.findLast((statement) => statement.span.endLine <= from);
  const below = before.find((statement) => statement.span.startLine >= to);
  return [above, below]
    .filter((statement) => statement !== undefined)
    .filter(({ name }) => name === undefined);
}
