import { expect, it } from "vitest";
import { scan } from "../../../src/core/scan.js";
import { loadPython } from "../../../src/grammar/node.js";
import { changeBetween } from "../../fixture-cases.js";

const parse = await loadPython();
const PATH = "shop/settings.py";
const spreads = (count: number) =>
  Array.from({ length: 9 }, (_, i) => `A${i} = {${`**A${i + 1}, `.repeat(count)}}\n`).join("");

it.each([
  ["names itself", 'C = {"a": C["a"] + C["a"]}\nSESSION_COOKIE_SECURE = C["a"]\n'],
  [
    "takes others in a hundred times each",
    `${spreads(100)}A9 = {}\nSESSION_COOKIE_SECURE = A0["x"]\n`,
  ],
  [
    "takes others in a few times each, which are not known",
    `${spreads(8)}A9 = {**unknown}\nglobals().update(A0)\nSESSION_COOKIE_SECURE = A0["x"]\n`,
  ],
  [
    "holds long entries that name others",
    `C = {"a": ${'C["b"] + '.repeat(60)}0, "b": 0}\nSESSION_COOKIE_SECURE = ${'C["a"] + '.repeat(60)}0\n`,
  ],
])("a table that %s comes to an end", (_, head) => {
  const before = new Map([[PATH, "SESSION_COOKIE_SECURE = True\n"]]);
  const { findings } = scan(changeBetween(before, new Map([[PATH, head]])), parse);
  expect(findings.map(({ rule }) => rule)).toContain("insecure-session-cookie");
});
