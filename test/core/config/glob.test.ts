import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { matchesAny } from "../../../src/core/config/glob.js";

const matches = (glob: string, path: string) => matchesAny([glob], path);

describe("a glob", () => {
  it.each([
    ["settings.py", "settings.py", true],
    ["settings.py", "site/settings.py", false],
    ["site/*.py", "site/views.py", true],
    ["site/*.py", "site/deep/views.py", false],
    ["site/*.py", "site/.hidden.py", true],
    ["s*e/v?ews.py", "site/views.py", true],
    ["s?te", "s/te", false],
    ["**/legacy/**", "legacy/a.py", true],
    ["**/legacy/**", "a/b/legacy/c/d.py", true],
    ["**/legacy/**", "a/legacy2/c.py", false],
    ["legacy/", "legacy/a/b.py", true],
    ["legacy/", "old/legacy/a.py", false],
    ["**", "a/b/c", true],
    ["a/**/z", "a/z", true],
    ["a/**/m/**/z", "a/m/x/m/y/z", true],
    ["a/**/m/**/z", "a/x/y/z", false],
    ["*", "", true],
    ["a.py", "aXpy", false],
    ["a+b(c)|d.py", "a+b(c)|d.py", true],
    ["*💥.py", "x💥.py", true],
    ["?.py", "💥.py", true],
    ["SITE/*.py", "site/views.py", false],
  ])("%s on %s: %s", (glob, path, expected) => {
    expect(matches(glob, path)).toBe(expected);
  });

  it("agrees with a reading that tries everything", () => {
    const piece = fc.constantFrom("a", "b", "*", "?", "/", "**", "/**/");
    const glob = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(""));
    const path = fc
      .array(fc.constantFrom("a", "b", "/"), { maxLength: 8 })
      .map((pieces) => pieces.join(""));
    fc.assert(
      fc.property(glob, path, (one, other) => {
        expect(matches(one, other)).toBe(tryEverything(one, other));
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ["*a".repeat(128), "a".repeat(4096)],
    ["*a*a*a*a*a*a*a*a*a*a*b", "a".repeat(4096)],
    ["**/a/".repeat(50), "a/".repeat(2000)],
    ["**/*a*a*b/".repeat(25), `${"a".repeat(200)}/`.repeat(20)],
    ["?".repeat(256), "a".repeat(4096)],
  ])("that is made to be slow is answered: %#", (glob, path) => {
    expect(typeof matches(glob, path)).toBe("boolean");
  });
});

function tryEverything(glob: string, path: string): boolean {
  const parts = (glob.endsWith("/") ? `${glob}**` : glob).split("/");
  return segments(parts, path.split("/"));
}

function segments([part, ...parts]: readonly string[], names: readonly string[]): boolean {
  if (part === undefined) return names.length === 0;
  const [name, ...rest] = names;
  if (part === "**") {
    return segments(parts, names) || (name !== undefined && segments([part, ...parts], rest));
  }
  return name !== undefined && characters(part, name) && segments(parts, rest);
}

function characters(part: string, name: string): boolean {
  if (part === "") return name === "";
  const rest = part.slice(1);
  if (part[0] === "*")
    return characters(rest, name) || (name !== "" && characters(part, name.slice(1)));
  return name !== "" && (part[0] === "?" || part[0] === name[0]) && characters(rest, name.slice(1));
}
