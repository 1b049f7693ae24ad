import { describe, expect, it } from "vitest";
import { createPaint } from "../../src/simulator/demo/paint.js";
import { changesBetween } from "../../src/simulator/demo/pull-request-fixture.js";
import { markdownForTerminal, wrapText } from "../../src/simulator/demo/terminal-markdown.js";

const options = { width: 40, paint: createPaint(false), replaced: ["old = 1"] };

describe("Markdown in a terminal", () => {
  it("is wrapped, unfolds nothing, and shows a suggestion as a small diff", () => {
    const text = [
      "**Error: Title**",
      "",
      "The `name` goes from one to two, and [the docs](https://x.example) say why not.",
      "",
      "```suggestion",
      "new = 1",
      "```",
      "",
      "<details>",
      "<summary>How to verify</summary>",
      "",
      "Long text.",
      "</details>",
      "",
      "- first",
      "- second &lt;tag&gt;",
      "<sub>Footer.</sub>",
      "<!-- cyclekey:v1 {} -->",
    ].join("\n");
    expect(markdownForTerminal(text, options)).toEqual([
      "Error: Title",
      "",
      "The `name` goes from one to two, and the",
      "docs say why not.",
      "",
      "Suggested change:",
      "  - old = 1",
      "  + new = 1",
      "",
      "▸ How to verify",
      "",
      "• first",
      "• second <tag>",
      "",
      "Footer.",
    ]);
  });

  it("cannot be steered by what stands in a file", () => {
    const [line] = markdownForTerminal("a\u001b[2Jb\u009bc", options);
    expect(line).toBe("a[2Jbc");
  });

  it("is never wider than asked, but for a word that is", () => {
    const lines = wrapText("aa bb cccccccccc dd", 5);
    expect(lines).toEqual(["aa bb", "cccccccccc", "dd"]);
  });
});

describe("a fixture of two trees", () => {
  it("becomes what the head changes", () => {
    const before = { "kept.py": "1", "gone.py": "2", "changed.py": "3" };
    const after = { "kept.py": "1", "changed.py": "4", "new.py": "5" };
    expect(changesBetween(before, after)).toEqual({
      "gone.py": null,
      "changed.py": "4",
      "new.py": "5",
    });
  });
});
