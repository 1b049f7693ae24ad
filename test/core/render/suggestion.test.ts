import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  isSuggestible,
  renderProposal,
  renderSuggestion,
  retireSuggestion,
} from "../../../src/core/render/suggestion.js";
import { readMarkdown } from "./markdown-shape.js";

function suggest(replacement: string, rest: { deletes?: true } = {}) {
  return { path: "a.py", startLine: 1, endLine: 1, replacement, ...rest };
}

const line = fc
  .tuple(
    fc.constantFrom("", "    ", "\t", "x = 1  # "),
    fc.constantFrom("`", "~"),
    fc.integer({ min: 1, max: 20 }),
    fc.constantFrom("", "suggestion", " @octocat", "<!-- -->", "  "),
  )
  .map(([before, mark, count, after]) => before + mark.repeat(count) + after);

describe("a suggestion block", () => {
  it("removes the lines when it has none, and leaves an empty one when it has an empty one", () => {
    expect(renderSuggestion(suggest("", { deletes: true }))).toBe("```suggestion\n```");
    expect(renderSuggestion(suggest(""))).toBe("```suggestion\n\n```");
  });

  it("is one block with exactly these lines, whatever fences they hold", () => {
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 6 }), (lines) => {
        const block = renderSuggestion(suggest(lines.join("\n")));
        const { fences, structure } = readMarkdown(`before\n\n${block}\n\nafter`);
        expect(fences).toEqual([{ info: "suggestion", content: `${lines.join("\n")}\n` }]);
        expect(structure.filter((token) => token.startsWith("html"))).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
  });

  it.each(["a\rb", "a\0", "a\u202eb", "\ud800", "a\u2028b"])(
    "is not made for %j, which Markdown or a reader would take for something else",
    (text) => expect(isSuggestible(suggest(text))).toBe(false),
  );

  it("is made for tabs and letters of any script", () => {
    expect(isSuggestible(suggest('\tname = "漢字 é"'))).toBe(true);
  });

  it("loses its button and keeps its lines when it is retired", () => {
    const body = `text\n\n${renderSuggestion(suggest("```suggestion\nx"))}`;
    expect(retireSuggestion(body)).toBe("text\n\n````python\n```suggestion\nx\n````");
  });

  it("can be shown without a button", () => {
    expect(renderProposal(suggest("x = 1"))).toBe("Proposed change:\n\n```python\nx = 1\n```");
    expect(renderProposal(suggest("", { deletes: true }))).toBe(
      "Proposed change: remove these lines.",
    );
  });
});
