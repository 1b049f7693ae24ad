import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import type { ScanResult } from "../../src/core/model/scan-result.js";
import type { ParsePython } from "../../src/core/python/parser.js";
import { conclude } from "../../src/core/review/conclusion.js";
import { RULES } from "../../src/core/rules/index.js";
import { scan } from "../../src/core/scan.js";
import { decode } from "../../src/git/decode.js";
import { loadPython } from "../../src/grammar/node.js";
import { changeBetween, filesOf } from "../fixture-cases.js";
import { BESIDE, SPELLINGS, type Spelling, USUAL } from "./spellings.js";

const python = spawnSync("python3", ["--version"]).status === 0;
const METAS = new Map(RULES.map(({ meta }) => [meta.id, meta]));

let parse: ParsePython;
beforeAll(async () => {
  parse = await loadPython();
});

interface Effect {
  readonly secure?: boolean;
  readonly error?: string;
}

function bytesOf(text: string | Uint8Array): Buffer {
  return Buffer.from(typeof text === "string" ? new TextEncoder().encode(text) : text);
}

/** What the setting is after CPython executed each module. */
function execute(modules: readonly Pick<Spelling, "head" | "beside">[]): readonly Effect[] {
  const { status, stdout, stderr } = spawnSync(
    "python3",
    [join(import.meta.dirname, "effective-value.py")],
    {
      encoding: "utf8",
      input: JSON.stringify(
        modules.map(({ head, beside = BESIDE }) => ({
          bytes: bytesOf(head).toString("hex"),
          beside: bytesOf(beside).toString("hex"),
        })),
      ),
    },
  );
  if (status !== 0) throw new Error(stderr);
  // What a module prints stands before the answer.
  return JSON.parse(stdout.slice(stdout.lastIndexOf("\n") + 1)) as Effect[];
}

function review({ head, base = USUAL, beside = BESIDE }: Spelling): ScanResult {
  const before = new Map([
    ["config/base.py", BESIDE],
    ["config/production.py", base],
  ]);
  const after = new Map([
    ["config/base.py", beside],
    ["config/production.py", decode(bytesOf(head))],
  ]);
  return scan(changeBetween(before, after), parse, { repository: filesOf(before, after) });
}

function verdictOn(spelling: Spelling): string {
  const result = review(spelling);
  const found = result.findings.map(({ rule, severity }) => `${rule} (${severity})`);
  const unread = result.unscanned.map(({ reason }) => reason);
  return [conclude(result, METAS, "error"), ...found, ...unread].join(", ");
}

describe.skipIf(!python)("evasion (needs python3 as the oracle)", () => {
  it("has at least 25 spellings, and CPython weakens the cookie in each", () => {
    expect(SPELLINGS.length).toBeGreaterThanOrEqual(25);
    const effects = execute(SPELLINGS);
    const table = SPELLINGS.map(({ name }, index) => [name, effects[index]]);
    expect(table).toEqual(SPELLINGS.map(({ name }) => [name, { secure: false }]));
  });

  it("starts from modules that CPython reads as secure", () => {
    const bases = SPELLINGS.map(({ base = USUAL }) => ({ head: base }));
    expect(execute(bases)).toEqual(bases.map(() => ({ secure: true })));
  });

  it("never passes as success", () => {
    const table = SPELLINGS.map((spelling) => `${spelling.name}: ${verdictOn(spelling)}`);
    const passed = SPELLINGS.filter((spelling) => /^success/.test(verdictOn(spelling)));
    expect(
      passed.map(({ name }) => name),
      table.join("\n"),
    ).toEqual([]);
  });
});
