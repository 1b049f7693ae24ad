import { describe, expect, it } from "vitest";
import { parseCommand } from "../../../src/core/commands/parse-command.js";

describe("a comment", () => {
  it.each([
    ["the command alone", "/rescan"],
    ["spaces behind it", "/rescan  \t "],
    ["a line behind it", "/rescan\nThe base has moved."],
    ["the line ends of a browser", "/rescan\r\nThank you"],
    ["three spaces before it", "   /rescan"],
    ["ten thousand lines behind it", `/rescan\n${"text\n".repeat(10_000)}`],
  ])("with %s asks for a rescan", (_, body) => {
    expect(parseCommand(body)).toEqual({ kind: "rescan" });
  });

  it.each([
    ["nothing", ""],
    ["a quote", "> /rescan"],
    ["four spaces before it, which is code", "    /rescan"],
    ["a tab before it, which is code", "\t/rescan"],
    ["a fence", "```\n/rescan\n```"],
    ["a code span", "`/rescan`"],
    ["an HTML comment", "<!--\n/rescan\n-->"],
    ["a list", "- /rescan"],
    ["it on the second line", "Please\n/rescan"],
    ["an empty line before it", "\n/rescan"],
    ["arguments", "/rescan now"],
    ["a longer word", "/rescans"],
    ["capitals", "/Rescan"],
    ["a zero-width space behind it", "/rescan\u200b"],
    ["a zero-width joiner in it", "/re\u200dscan"],
    ["a byte order mark before it", "\ufeff/rescan"],
    ["a no-break space behind it", "/rescan\u00a0"],
    ["a look-alike letter", "/resc\u0430n"],
    ["a full-width slash", "\uff0frescan"],
    ["another command", "/constructor"],
    ["a mention before it", "@cyclekey /rescan"],
    ["a line separator behind it", "/rescan\u2028text"],
  ])("with %s asks for nothing", (_, body) => {
    expect(parseCommand(body)).toBeUndefined();
  });
});
