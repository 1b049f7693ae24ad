import { beforeAll, describe, expect, it } from "vitest";
import { lowerModule } from "../../../src/core/python/lower/lower.js";
import { openModule } from "../../../src/core/python/open-modules.js";
import type { ParsePython } from "../../../src/core/python/parser.js";
import { createLineTable } from "../../../src/core/python/text/lines.js";
import { splitStatements } from "../../../src/core/python/text/split.js";
import { loadPython } from "../../../src/grammar/node.js";
import { realFiles } from "./python-files.js";

const COUNT = Number(process.env.CYCLEKEY_REAL_FILES ?? 75);
const files = realFiles(COUNT);
const missing = files.length === 0 ? " (skipped: no python3 on PATH)" : "";

describe.skipIf(files.length === 0)(`real Python files${missing}`, () => {
  let parse: ParsePython;
  beforeAll(async () => {
    parse = await loadPython();
  });

  it("are split at the top-level statements that the grammar finds", () => {
    expect(files.length).toBeGreaterThanOrEqual(Math.min(COUNT, 75));
    const wrong: string[] = [];
    let statements = 0;
    for (const { path, text } of files) {
      const nodes = parse(text, undefined, (root) =>
        root.hasError
          ? undefined
          : root.namedChildren
              .filter((node) => node.type !== "comment")
              .map(({ startIndex, endIndex }) => ({ startIndex, endIndex })),
      );
      if (!("value" in nodes)) throw new Error(`${path}: ${nodes.failure}`);
      if (nodes.value === undefined) continue;
      const split = splitStatements(text);
      statements += split.length;
      const starts = new Set(nodes.value.map((node) => node.startIndex));
      for (const { span } of split) {
        if (!starts.has(span.start)) wrong.push(`${path}:${span.startLine} starts no statement`);
      }
      let at = 0;
      for (const node of nodes.value) {
        while ((split[at]?.span.end ?? Number.POSITIVE_INFINITY) <= node.startIndex) at++;
        const span = split[at]?.span;
        const fits = span !== undefined && span.start <= node.startIndex;
        if (
          !fits ||
          (node.endIndex > span.end && text.slice(span.end, node.endIndex).trim() !== "")
        )
          wrong.push(`${path}@${node.startIndex} is not inside one split`);
      }
    }
    expect(wrong).toEqual([]);
    expect(statements).toBeGreaterThan(COUNT);
  });

  it("give the same syntax for every statement, parsed alone, together, or in the whole file", () => {
    const wrong: string[] = [];
    let compared = 0;
    for (const { path, text } of files) {
      const lines = createLineTable(text);
      const whole = parse(text, undefined, (root) => lowerModule(root, { text, lines }));
      if (!("value" in whole)) throw new Error(`${path}: ${whole.failure}`);
      if (whole.value.unread.length > 0) continue;
      const alone = openModule({ path, side: "RIGHT", text }, parse, () => false);
      const together = openModule({ path, side: "RIGHT", text }, parse, () => true);
      const one = alone.statements.flatMap((statement) => alone.syntaxOf(statement));
      const all = together.syntaxMentioning([""]);
      compared += whole.value.statements.length;
      for (const [name, syntax] of [
        ["alone", one],
        ["together", all],
      ] as const) {
        for (const [index, statement] of whole.value.statements.entries()) {
          if (JSON.stringify(statement) !== JSON.stringify(syntax[index])) {
            wrong.push(`${path}:${statement.span.startLine} differs when parsed ${name}`);
            break;
          }
        }
        if (syntax.length !== whole.value.statements.length) wrong.push(`${path}: count ${name}`);
      }
      if (alone.problems.length + together.problems.length > 0) wrong.push(`${path}: problems`);
    }
    expect(wrong).toEqual([]);
    expect(compared).toBeGreaterThan(COUNT);
  }, 120_000);
});
