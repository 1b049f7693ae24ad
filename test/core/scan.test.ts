import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { diffTexts } from "../../src/core/diff/diff-texts.js";
import type { ChangeSet, FileChange } from "../../src/core/model/change.js";
import type { PythonRule, Rule } from "../../src/core/model/rule.js";
import type { ParsePython } from "../../src/core/python/parser.js";
import { scan } from "../../src/core/scan.js";
import { loadPython } from "../../src/grammar/node.js";
import { toyRule } from "./toy-rule.js";

let parse: ParsePython;
beforeAll(async () => {
  parse = await loadPython();
});

function file(base: string, head: string, path = "settings.py"): FileChange {
  const hunks = diffTexts(base, head);
  return { path, basePath: path, status: "modified", kind: "file", base, head, hunks };
}

function changeSet(...files: FileChange[]): ChangeSet {
  return { base: "b", head: "h", changedFiles: files.length, files, unscanned: [] };
}

const review = (rules: readonly Rule[], ...files: FileChange[]) =>
  scan(changeSet(...files), parse, { rules });

/** The toy rule without suggestions, so that a test sees the differential alone. */
const { suggest: _, ...silentToy } = toyRule;

describe("a scan reports", () => {
  it("what became weaker, on the line that did it", () => {
    const { findings } = review([silentToy], file("secure(a)\n", "insecure(a)\n"));
    expect(findings).toMatchObject([
      { rule: "toy", region: { side: "RIGHT", startLine: 1, endLine: 1 }, symbol: "" },
    ]);
  });

  it("nothing that stood there before", () => {
    expect(review([silentToy], file("insecure(a)\n", "insecure(a)\nnew = 1\n")).findings).toEqual(
      [],
    );
  });

  it("nothing that became stronger or vanished", () => {
    expect(review([silentToy], file("insecure(a)\ninsecure(b)\n", "secure(a)\n")).findings).toEqual(
      [],
    );
  });

  it("nothing that only moved", () => {
    const from = file("insecure(a)\n", "x = 1\n", "base/settings.py");
    const to = file("x = 1\n", "x = 1\ninsecure(a)\n", "prod/settings.py");
    expect(review([silentToy], from, to).findings).toEqual([]);
  });

  it("nothing new on a line that no hunk touches", () => {
    const blind: Rule = {
      ...silentToy,
      detect: (module) => (module.side === "LEFT" ? [] : silentToy.detect(module)),
    };
    expect(
      review([blind], file("insecure(a)\n1\n2\n3\n4\n5\n", "insecure(a)\n1\n2\n3\n4\n6\n"))
        .findings,
    ).toEqual([]);
  });

  it("the guards that were deleted, on the base side", () => {
    const guarded: Rule = {
      ...silentToy,
      detect: (module) =>
        silentToy.detect(module).map((fact) => ({
          ...fact,
          strength: module.text.includes("guard") ? 1 : 0,
          guards: [{ start: 0, end: 5, startLine: 1, endLine: 1 }],
        })),
    };
    const { findings } = review([guarded], file("guard\ninsecure(a)\n", "insecure(a)\n"));
    expect(findings).toMatchObject([{ region: { side: "LEFT", startLine: 1, endLine: 1 } }]);
  });

  it("a rule that throws as a crash of that rule on that file, and the other rules all the same", () => {
    const broken: Rule = {
      ...silentToy,
      meta: { ...silentToy.meta, id: "broken" },
      detect: () => {
        throw new TypeError("secret text");
      },
    };
    const result = review([broken, silentToy], file("secure(a)\n", "insecure(a)\n"));
    expect(result.findings).toHaveLength(1);
    expect(result.unscanned).toMatchObject([{ reason: "rule-crash" }, { reason: "rule-crash" }]);
    expect(JSON.stringify(result.unscanned)).not.toContain("secret text");
  });

  it("looking at base only for what head shows", () => {
    const looks: string[] = [];
    const watched: Rule = {
      ...silentToy,
      detect: (module) => {
        looks.push(module.side);
        return silentToy.detect(module);
      },
    };
    review([watched], file("insecure(a)\n", "session = 1\n"));
    expect(looks).toEqual(["RIGHT"]);
    review([watched], file("secure(a)\n", "insecure(a)\n"));
    expect(looks).toEqual(["RIGHT", "RIGHT", "LEFT"]);
  });

  it("without a rule that nothing concerns, unless a suppression asks whether it is used", () => {
    const deaf: PythonRule = { ...silentToy, concerns: /never/ };
    const [before, after] = ["secure(a)\n", "insecure(a)\n"];
    expect(review([deaf], file(before, after)).findings).toEqual([]);
    expect(review([{ ...deaf, concerns: /secure/ }], file(before, after)).findings).toHaveLength(1);
    const note = "# cyclekey: ignore[toy] agreed with security\n";
    const { suppressed } = review([deaf], file(note + before, note + after));
    expect(suppressed).toHaveLength(1);
  });

  it("a suppressed finding apart when the suppression stood in base, and as a finding when it is new", () => {
    const note = "# cyclekey: ignore[toy] agreed with security\n";
    const old = review([silentToy], file(`${note}secure(a)\n`, `${note}insecure(a)\n`));
    expect(old.findings).toEqual([]);
    expect(old.suppressed).toHaveLength(1);
    const fresh = review([silentToy], file("secure(a)\n", `${note}insecure(a)\n`));
    expect(fresh.findings).toMatchObject([{ suppression: { added: true } }]);
  });

  it("a file that hides lines from the reader, by name", () => {
    const { unscanned } = review(
      [silentToy],
      file("x = 1\n", "x = 1 # ok\rSESSION_COOKIE_SECURE = False\n"),
    );
    expect(unscanned).toMatchObject([{ path: "settings.py", reason: "hidden-text" }]);
  });
});

describe("a suggestion", () => {
  it("is offered when it fixes the finding", () => {
    const { findings } = review([toyRule], file("secure(a)\n", "insecure(a)\n"));
    expect(findings[0]?.suggestion).toEqual({
      path: "settings.py",
      startLine: 1,
      endLine: 1,
      replacement: "secure(a)",
    });
  });

  it.each<[string, Partial<PythonRule>]>([
    [
      "does not fix",
      {
        suggest: () => [
          { kind: "replace", startLine: 1, endLine: 1, lines: ["insecure(a)", "# no"] },
        ],
      },
    ],
    [
      "changes nothing",
      { suggest: () => [{ kind: "replace", startLine: 1, endLine: 1, lines: ["insecure(a)"] }] },
    ],
    [
      "brings another finding",
      {
        suggest: () => [
          { kind: "replace", startLine: 1, endLine: 1, lines: ["secure(a)", "insecure(b)"] },
        ],
      },
    ],
    [
      "breaks the file",
      {
        suggest: () => [
          { kind: "replace", startLine: 1, endLine: 1, lines: ["secure(a)", "session = ("] },
        ],
      },
    ],
    [
      "lies outside the diff",
      { suggest: () => [{ kind: "insert", beforeLine: 40, lines: ["secure(a)"] }] },
    ],
  ])("is not offered when it %s", (__, part) => {
    const tail = Array.from({ length: 50 }, (___, index) => `x${index} = 1\n`).join("");
    const { findings } = review(
      [{ ...toyRule, ...part }],
      file(`secure(a)\n${tail}`, `insecure(a)\n${tail}`),
    );
    expect(findings).toHaveLength(1);
    expect(findings[0]?.suggestion).toBeUndefined();
  });

  it("is not offered for a file with CRLF", () => {
    const { findings } = review([toyRule], file("secure(a)\r\n", "insecure(a)\r\n"));
    expect(findings).toHaveLength(1);
    expect(findings[0]?.suggestion).toBeUndefined();
  });

  it("restores the lines deleted around one neighbour together, in their old order", () => {
    const restoring: Rule = {
      ...silentToy,
      detect: (module) =>
        ["a", "b"].map((name) => {
          const found = silentToy.detect(module).find(({ identity }) => identity === name);
          return (
            found ?? {
              ...silentToy.detect({ ...module, text: `insecure(${name})` })[0]!,
              span: undefined,
            }
          );
        }),
      suggest: ({ base }) => [
        { kind: "restore", startLine: base!.span!.startLine, endLine: base!.span!.endLine },
      ],
    };
    const { findings } = review(
      [restoring],
      file("x = 1\nsecure(a)\nsecure(b)\ny = 2\n", "x = 1\ny = 2\n"),
    );
    expect(findings.map(({ region }) => region.startLine)).toEqual([2, 3]);
    const expected = {
      path: "settings.py",
      startLine: 1,
      endLine: 1,
      replacement: "x = 1\nsecure(a)\nsecure(b)",
    };
    expect(findings.map(({ suggestion }) => suggestion)).toEqual([expected, expected]);
  });
});

describe("any change set", () => {
  const line = fc.constantFrom(
    "secure(a)",
    "insecure(a)",
    "secure(b)",
    "insecure(b)",
    "x = 1",
    "y = 2",
    "",
  );
  const text = fc
    .array(line, { maxLength: 8 })
    .map((lines) => lines.map((one) => `${one}\n`).join(""));
  const files = fc
    .array(fc.tuple(text, text), { minLength: 1, maxLength: 3 })
    .map((pairs) => pairs.map(([base, head], index) => file(base, head, `s${index}/settings.py`)));

  it("gives the same answer in any order of its files", () => {
    fc.assert(
      fc.property(files, (list) => {
        expect(review([toyRule], ...[...list].reverse())).toEqual(review([toyRule], ...list));
      }),
      { numRuns: 100 },
    );
  });

  it("has findings on touched lines only, each with its own fingerprint", () => {
    fc.assert(
      fc.property(files, (list) => {
        const { findings } = review([toyRule], ...list);
        for (const { region } of findings) {
          const change = list.find(({ path }) => path === region.path)!;
          const kinds = change.hunks.flatMap(({ lines }) => lines);
          expect(
            kinds.some(({ kind, head }) => kind === "added" && head === region.startLine),
          ).toBe(true);
        }
        expect(new Set(findings.map(({ fingerprint }) => fingerprint)).size).toBe(findings.length);
      }),
      { numRuns: 100 },
    );
  });
});
