import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { message } from "../../../src/core/model/message.js";
import { renderMessage, renderPlainMessage } from "../../../src/core/render/message.js";
import { readMarkdown } from "./markdown-shape.js";
import { anyName } from "./names.js";

describe("a message", () => {
  it("makes code of a hole within backticks and leaves plain values plain", () => {
    const text = message("`{key}` goes from {base} to {head}.", {
      key: "A_B",
      base: "True",
      head: "a_b",
    });
    expect(renderMessage(text)).toBe("`A_B` goes from True to `a_b`.");
    expect(renderPlainMessage(text)).toBe("A_B goes from True to a_b.".replace("A_B", "`A_B`"));
  });

  it("makes one code span of code around a hole", () => {
    const text = message("Use `session[{key}]`.", { key: "`x`" });
    expect(renderMessage(text)).toBe("Use ``session[`x`]``.");
  });

  it("keeps a hole without a value, and a backtick without a partner", () => {
    expect(renderMessage(message("{a} and ` here"))).toBe("{a} and \\` here");
    expect(renderMessage(message("`x {a}", { a: "b" }))).toBe("\\`x b");
  });

  it("does not fill the holes that a value brings", () => {
    expect(renderMessage(message("{a}", { a: "{b}", b: "secret" }))).toBe("`{b}`");
  });

  it("lets nothing out of its holes, whatever stands next to them", () => {
    const templates = [
      "`{a}` is {b}.",
      "{a}{b}",
      "`{a}``{b}`",
      "{a} `{b}`{a}",
      "x`{a}",
      "`[{a}]`{b}.",
    ];
    fc.assert(
      fc.property(fc.constantFrom(...templates), anyName, anyName, (template, a, b) => {
        const { structure, prose } = readMarkdown(renderMessage(message(template, { a, b })));
        expect(structure).toEqual(["paragraph_open p", "paragraph_close p"]);
        expect(prose).not.toMatch(/@\w|#\d|\bGH-\d|\b[0-9a-f]{7,40}\b/i);
      }),
      { numRuns: 2_000 },
    );
  });
});
