import { describe, expect, it } from "vitest";
import { readComments } from "../../src/core/python/text/comments.js";

describe("the comments of a text", () => {
  it.each([
    ["a = 1  # why", [{ line: 1, text: "# why" }]],
    ["a = '#no'  # yes", [{ line: 1, text: "# yes" }]],
    ['a = """\n# no\n"""\n# yes', [{ line: 4, text: "# yes" }]],
    ["a = 'it\\'s # no'", []],
    ["a = 'open # no\n# yes", [{ line: 2, text: "# yes" }]],
    ["a = 'on \\\n# no'\n# yes", [{ line: 3, text: "# yes" }]],
    [
      "# one\r\n# two",
      [
        { line: 1, text: "# one" },
        { line: 2, text: "# two" },
      ],
    ],
    ['"""never closed # no', []],
  ])("of %j", (text, comments) => {
    expect(readComments(text)).toEqual(comments);
  });
});
