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
  ])("with %s asks for a rescan, and with /reopen for that", (_, body) => {
    expect(parseCommand(body)).toEqual({ kind: "rescan" });
    expect(parseCommand(body.replace("/rescan", "/reopen"))).toEqual({ kind: "reopen" });
  });

  it.each([
    ["a reason", "/accept Only behind the VPN.", "Only behind the VPN."],
    ["tabs and spaces around the reason", "/accept \t fine \t", "fine"],
    ["more lines below", "/accept until March\r\n\r\nSee the ticket.", "until March"],
    ["a reason in another script", "/accept 内部のみ", "内部のみ"],
    ["no reason", "/accept", ""],
    ["spaces for a reason", "/accept   ", ""],
    ["the reason on the next line", "/accept\nOnly behind the VPN.", ""],
    ["a reason that nobody can see", "/accept \u200b\u2060", ""],
    ["a reason of dots", "/accept ...", ""],
    ["a reason of 500 letters", `/accept ${"a".repeat(500)}`, "a".repeat(500)],
    ["a longer reason, which is cut", `/accept ${"a".repeat(501)}`, `${"a".repeat(499)}…`],
  ])("with %s accepts, for that reason", (_, body, reason) => {
    expect(parseCommand(body)).toEqual({ kind: "accept", reason });
  });

  it.each([
    ["nothing", ""],
    ["a quote", "> /rescan"],
    ["four spaces before it, which is code", "    /rescan"],
    ["a tab before it, which is code", "\t/rescan"],
    ["a fence", "```\n/rescan\n```"],
    ["a code span", "`/rescan`"],
    ["an HTML comment", "<!--\n/rescan\n-->"],
    ["an HTML comment before it on its line", "<!-- --> /rescan"],
    ["a list", "- /rescan"],
    ["it on the second line", "Please\n/rescan"],
    ["an empty line before it", "\n/rescan"],
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
  ])("with %s asks for nothing, in none of the commands", (_, body) => {
    for (const command of ["rescan", "accept", "reopen"]) {
      expect(parseCommand(body.replace("rescan", command))).toBeUndefined();
    }
  });

  it.each([
    "/rescan now",
    "/reopen please",
    "/rescan \u00a0",
    "/reopen \u200b",
    "/accepted by me",
    "/Accept it",
  ])("that is %j asks for nothing", (body) => expect(parseCommand(body)).toBeUndefined());
});
