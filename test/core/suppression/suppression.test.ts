import { describe, expect, it } from "vitest";
import { diffTexts } from "../../../src/core/diff/diff-texts.js";
import type { FileChange } from "../../../src/core/model/change.js";
import { readSuppressions } from "../../../src/core/suppression/read-suppressions.js";
import { suppressionAt } from "../../../src/core/suppression/suppression-at.js";

function change(base: string, head: string): FileChange {
  const hunks = diffTexts(base, head);
  return { path: "a.py", basePath: "a.py", status: "modified", kind: "file", base, head, hunks };
}

const right = (line: number) =>
  ({ path: "a.py", side: "RIGHT", startLine: line, endLine: line }) as const;

describe("a suppression", () => {
  const line = "x = 1  # cyclekey: ignore[a-rule, b-rule] seen by security\n";

  it("names its rules, its reason and whether this change set added it", () => {
    expect(readSuppressions(change("", line))).toEqual([
      { rule: "a-rule", reason: "seen by security", line: 1, alone: false, added: true },
      { rule: "b-rule", reason: "seen by security", line: 1, alone: false, added: true },
    ]);
    expect(readSuppressions(change(line, `${line}y = 2\n`))[0]).toMatchObject({ added: false });
  });

  it.each([
    ["in a string", "x = '# cyclekey: ignore[a-rule] no'\n"],
    ["in a docstring", '"""\n# cyclekey: ignore[a-rule] no\n"""\n'],
    ["in other words", "x = 1  # cyclekey ignore a-rule because\n"],
    ["with look-alike letters", "x = 1  # сyclekey: ignore[a-rule] no\n"],
    ["with a look-alike word", "x = 1  # cyclekey: іgnore[a-rule] no\n"],
    ["with full-width letters", "x = 1  # ｃｙｃｌｅｋｅｙ: ignore[a-rule] no\n"],
    ["with full-width brackets", "x = 1  # cyclekey: ignore［a-rule］ no\n"],
    ["with a full-width rule", "x = 1  # cyclekey: ignore[ａ-rule] no\n"],
    ["with a zero-width space", "x = 1  # cycle\u200bkey: ignore[a-rule] no\n"],
    ["with other capitals", "x = 1  # CycleKey: ignore[a-rule] no\n"],
    ["behind other words", "x = 1  # see cyclekey: ignore[a-rule] no\n"],
    ["in a string of several lines", 'x = f"""\n# cyclekey: ignore[a-rule] no\n"""\n'],
  ])("%s counts for nothing", (_, head) => {
    expect(readSuppressions(change("", head))).toEqual([]);
  });

  it("stands in a comment of a template or of a requirement file as well", () => {
    const at = (path: string, head: string) =>
      readSuppressions({ ...change("", head), path, basePath: path });
    const expected = [{ rule: "a-rule", reason: "fine", line: 2, alone: true, added: true }];
    expect(at("templates/a.html", "<p>\n{# cyclekey: ignore[a-rule] fine #}\n")).toEqual(expected);
    expect(at("templates/a.html", "<p>\n<!-- cyclekey: ignore[a-rule] fine -->\n")).toEqual(
      expected,
    );
    expect(at("requirements.txt", "x==1\n# cyclekey: ignore[a-rule] fine\n")).toEqual(expected);
    expect(at("templates/a.html", "<p>\n# cyclekey: ignore[a-rule] fine\n")).toEqual([]);
  });

  it("reaches its own line and the one below, for its rule only", () => {
    const file = change("", `a\n# cyclekey: ignore[a-rule] fine\nb\nc\n`);
    const at = (rule: string, number: number) =>
      suppressionAt(readSuppressions(file), rule, right(number), file)?.line;
    expect(at("a-rule", 1)).toBeUndefined();
    expect(at("a-rule", 3)).toBe(2);
    expect(at("a-rule", 4)).toBeUndefined();
    expect(at("b-rule", 3)).toBeUndefined();
  });

  it("reaches a vanished line from the lines that now stand around it", () => {
    const file = change(
      "# cyclekey: ignore[a-rule] fine\ngone\nb\nc\n",
      "# cyclekey: ignore[a-rule] fine\nb\nc\n",
    );
    const region = { path: "a.py", side: "LEFT", startLine: 2, endLine: 2 } as const;
    expect(suppressionAt(readSuppressions(file), "a-rule", region, file)?.line).toBe(1);
  });

  it("stands alone in a template when only comments stand on its line", () => {
    const file = change(
      "",
      "<p>{# cyclekey: ignore[a-rule] fine #}\n {# cyclekey: ignore[a-rule] fine #} \n",
    );
    const template = { ...file, path: "a.html", basePath: "a.html" };
    expect(readSuppressions(template).map(({ alone }) => alone)).toEqual([false, true]);
  });

  it("is found among as many comments as a file can hold", () => {
    const head = `${"#\n".repeat(250_000)}# cyclekey: ignore[a-rule] fine\n`;
    expect(readSuppressions({ ...change("", ""), head })).toMatchObject([{ line: 250_001 }]);
  });
});
