import { beforeAll, describe, expect, it } from "vitest";
import { diffTexts } from "../../../src/core/diff/diff-texts.js";
import type { FileChange } from "../../../src/core/model/change.js";
import type { Rule } from "../../../src/core/model/rule.js";
import type { ScanResult } from "../../../src/core/model/scan-result.js";
import type { ParsePython } from "../../../src/core/python/parser.js";
import { RULES } from "../../../src/core/rules/index.js";
import { scan } from "../../../src/core/scan.js";
import { loadPython } from "../../../src/grammar/node.js";
import { toyRule } from "../toy-rule.js";

let parse: ParsePython;
beforeAll(async () => {
  parse = await loadPython();
});

function review(
  base: string,
  head: string,
  rules: readonly Rule[] = [toyRule],
  renamedFrom = "settings.py",
) {
  const change: FileChange = {
    path: "settings.py",
    basePath: renamedFrom,
    status: renamedFrom === "settings.py" ? "modified" : "renamed",
    kind: "file",
    base,
    head,
    hunks: diffTexts(base, head),
  };
  const set = { base: "b", head: "h", changedFiles: 1, files: [change], unscanned: [] };
  return scan(set, parse, { rules });
}

/** What becomes of the one finding: silent, or reported with what is said of the comment. */
function fateOf({ findings, suppressed }: ScanResult): string {
  expect(findings.length + suppressed.length).toBe(1);
  if (suppressed.length === 1) return `silent: ${suppressed[0]?.suppression?.reason}`;
  const { suppression } = findings[0] ?? {};
  return suppression === undefined ? "reported" : "reported, and the comment is named";
}

const ignore = "# cyclekey: ignore[toy] the lab has no visitors";
const SILENT = "silent: the lab has no visitors";
const NAMED = "reported, and the comment is named";
const GAP = "\n\n\n\n\n\n\n\n";

describe("a suppression", () => {
  it.each([
    ["that this change adds", "secure(a)\n", `insecure(a)  ${ignore}\n`, NAMED],
    ["that this change adds above", "secure(a)\n", `${ignore}\ninsecure(a)\n`, NAMED],
    ["that stays above", `${ignore}\nsecure(a)\n`, `${ignore}\ninsecure(a)\n`, SILENT],
    [
      "that stays above a statement that came",
      `${ignore}\nx = 1\n`,
      `${ignore}\ninsecure(b)\nx = 1\n`,
      SILENT,
    ],
    [
      "whose line changes before the comment",
      `insecure(a, 1)  ${ignore}\nsecure(b)\n`,
      `insecure(b)  ${ignore}\n`,
      SILENT,
    ],
    [
      "that is moved to other code",
      `harmless = 1  ${ignore}\nsecure(a)\n`,
      `harmless = 1\ninsecure(a)  ${ignore}\n`,
      NAMED,
    ],
    [
      "that is copied to other code",
      `insecure(a)  ${ignore}\nsecure(b)\n`,
      `insecure(a)  ${ignore}\ninsecure(b)  ${ignore}\n`,
      NAMED,
    ],
    [
      "whose reason is another now",
      `secure(a)  # cyclekey: ignore[toy] once\n`,
      `insecure(a)  # cyclekey: ignore[toy] twice\n`,
      NAMED,
    ],
    [
      "of the statement above",
      `insecure(a)  ${ignore}\nsecure(b)\n`,
      `insecure(a)  ${ignore}\ninsecure(b)\n`,
      "reported",
    ],
    ["two lines above", `${ignore}\n\nsecure(a)\n`, `${ignore}\n\ninsecure(a)\n`, "reported"],
    ["on the line below", `secure(a)\n${ignore}\n`, `insecure(a)\n${ignore}\n`, "reported"],
    [
      "of another rule",
      "# cyclekey: ignore[other] x\nsecure(a)\n",
      "# cyclekey: ignore[other] x\ninsecure(a)\n",
      "reported",
    ],
    [
      "in a string",
      `note = "${ignore}"\nsecure(a)\n`,
      `note = "${ignore}"\ninsecure(a)\n`,
      "reported",
    ],
    [
      "in a docstring",
      `"""\n${ignore}\n"""\nsecure(a)\n`,
      `"""\n${ignore}\n"""\ninsecure(a)\n`,
      "reported",
    ],
    [
      "without a reason",
      "# cyclekey: ignore[toy]\nsecure(a)\n",
      "# cyclekey: ignore[toy]\ninsecure(a)\n",
      "reported",
    ],
    [
      "whose reason nobody can read",
      "# cyclekey: ignore[toy] \u200b.\nsecure(a)\n",
      "# cyclekey: ignore[toy] \u200b.\ninsecure(a)\n",
      "reported",
    ],
    [
      "with look-alike letters",
      "# сyclekey: ignore[toy] the lab\nsecure(a)\n",
      "# сyclekey: ignore[toy] the lab\ninsecure(a)\n",
      "reported",
    ],
    [
      "with full-width letters",
      "# cyclekey: ｉｇｎｏｒｅ[toy] the lab\nsecure(a)\n",
      "# cyclekey: ｉｇｎｏｒｅ[toy] the lab\ninsecure(a)\n",
      "reported",
    ],
  ])("%s", (_, base, head, expected) => {
    expect(fateOf(review(base, head))).toBe(expected);
  });

  const flag = (value: string) =>
    `SESSION_COOKIE_SECURE = ${value}  # cyclekey: ignore[insecure-session-cookie] the lab\n`;
  const others = "A = 1\nB = 2\nC = 3\nD = 4\nE = 5\nF = 6\nG = 7\n";

  it.each([
    ["on its line", flag("True") + others, flag("False") + others],
    ["to the end of the file", flag("True") + others, others + flag("False")],
    [
      "from the line above to the end of the file",
      flag("True").replace(/(.*?) {2}(#.*)/, "$2\n$1") + others,
      others + flag("False").replace(/(.*?) {2}(#.*)/, "$2\n$1"),
    ],
  ])("goes with its statement %s", (_, base, head) => {
    expect(fateOf(review(base, head, RULES))).toBe("silent: the lab");
  });

  it("goes with its file", () => {
    const { suppressed } = review(flag("True") + others, flag("False") + others, RULES, "old.py");
    expect(suppressed).toHaveLength(1);
  });
});

describe("a suppression that this change touches and that does nothing", () => {
  it.each([
    ["has no reason", "secure(a)\n", "insecure(a)  # cyclekey: ignore[toy]\n", "1 toy no-reason"],
    [
      "has no reason that a person can read",
      "secure(a)\n",
      "insecure(a)  # cyclekey: ignore[toy] ...\n",
      "1 toy no-reason",
    ],
    ["names no rule", "", "# cyclekey: ignore[] fine\n", "1  unknown-rule"],
    ["names an unknown rule", "", "x = 1  # cyclekey: ignore[tyo] fine\n", "1 tyo unknown-rule"],
    ["has nothing to silence", "", "x = 1  # cyclekey: ignore[toy] fine\n", "1 toy unused"],
    [
      "lost what it was for",
      `insecure(a)  ${ignore}\n`,
      `harmless(a)  ${ignore}\n`,
      "1 toy unused",
    ],
    [
      "has lost the line below",
      `${ignore}\ninsecure(a)\nx = 1\n`,
      `${ignore}\nx = 1\n`,
      "1 toy unused",
    ],
  ])("is named: it %s", (_, base, head, expected) => {
    const { suppressionProblems } = review(base, head);
    expect(
      suppressionProblems.map(({ line, rule, problem }) => `${line} ${rule} ${problem}`),
    ).toEqual([expected]);
  });

  it.each([
    ["it silences", "secure(a)\n", `insecure(a)  ${ignore}\n`],
    ["its code is a fact for the rule", "insecure(a)\n", `insecure(a)  ${ignore}\n`],
    [
      "nothing changed near it",
      `x = 1  ${ignore}\n${GAP}y = 1\n`,
      `x = 1  ${ignore}\n${GAP}y = 2\n`,
    ],
  ])("is not named when %s", (_, base, head) => {
    expect(review(base, head).suppressionProblems).toEqual([]);
  });
});
