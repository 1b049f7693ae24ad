import { beforeAll, describe, expect, it } from "vitest";
import type { ParsePython } from "../../../src/core/python/parser.js";
import { listFacts } from "../../../src/core/settings/lists/list-facts.js";
import type { ListAlternatives } from "../../../src/core/settings/lists/list-value.js";
import { loadPython } from "../../../src/grammar/node.js";
import { openText } from "./open.js";

let parse: ParsePython;
beforeAll(async () => {
  parse = await loadPython();
});

function read(text: string): { symbol: string; lists: ListAlternatives }[] {
  return listFacts(openText(parse, text), ["MIDDLEWARE", "MIDDLEWARE_CLASSES"]).map(
    ({ symbol, lists }) => ({ symbol, lists }),
  );
}

/** The one list of the module: its elements, `+?` behind them when more may be in it. */
function show(text: string): string {
  const [fact] = read(text);
  return fact!.lists
    .map(
      ({ elements, unknown }) =>
        elements.map((one) => one.text).join(" ") + (unknown.length > 0 ? " +?" : ""),
    )
    .join(" | ");
}

describe("the list that a module makes", () => {
  it.each([
    ['MIDDLEWARE = ["a", "b"]', "a b"],
    ['MIDDLEWARE = ("a", "b",)', "a b"],
    ['MIDDLEWARE: list[str] = ["a", "b"]', "a b"],
    ['X = MIDDLEWARE = ["a", "b"]', "a b"],
    ['X, MIDDLEWARE = 1, ["a", "b"]', "a b"],
    ['MIDDLEWARE_CLASSES = ["a", "b"]', "a b"],
    ['MIDDLEWARE_CLASSES = ["x"]\nMIDDLEWARE = ["a", "b"]', "a b"],
    ['MIDDLEWARE = ["a"] + ["b"]', "a b"],
    ['MIDDLEWARE = ["a"]\nMIDDLEWARE += ["b"]', "a b"],
    ['MIDDLEWARE = ["a"]\nMIDDLEWARE = MIDDLEWARE + ["b"]', "a b"],
    ['FIRST = ["a"]\nMIDDLEWARE = [*FIRST, "b"]', "a b"],
    ['FIRST = ["a"]\nREST = FIRST + ["b"]\nMIDDLEWARE = REST', "a b"],
    ['NAME = "a"\nMIDDLEWARE = [NAME, "b"]', "a b"],
    ['MIDDLEWARE = ["a"]\nMIDDLEWARE.append("b")', "a b"],
    ['MIDDLEWARE = ["b"]\nMIDDLEWARE.insert(0, "a")', "a b"],
    ['MIDDLEWARE = ["a", "c"]\nMIDDLEWARE.insert(MIDDLEWARE.index("c"), "b")', "a b c"],
    ['MIDDLEWARE = ["a"]\nMIDDLEWARE.extend(("b", "c"))', "a b c"],
    ['MIDDLEWARE = ["a", "x", "b"]\nMIDDLEWARE.remove("x")', "a b"],
    ['MIDDLEWARE = ["a", "b", "x"]\nMIDDLEWARE.pop()', "a b"],
    ['MIDDLEWARE = ["a", "x"]\nMIDDLEWARE[1] = "b"', "a b"],
    ['MIDDLEWARE = ["a", "x"]\nMIDDLEWARE[MIDDLEWARE.index("x")] = "b"', "a b"],
    ['MIDDLEWARE = ["x", "a", "b"]\ndel MIDDLEWARE[0]', "a b"],
    ['MIDDLEWARE = ["a", "x", "b"]\nMIDDLEWARE = [m for m in MIDDLEWARE if m != "x"]', "a b"],
    [
      'MIDDLEWARE = ["a", "x", "b"]\nMIDDLEWARE = [m for m in MIDDLEWARE if m not in ("x", "y")]',
      "a b",
    ],
    [
      'MIDDLEWARE = ["a", "some.X", "b"]\nMIDDLEWARE = [m for m in MIDDLEWARE if "X" not in m]',
      "a b",
    ],
    ['MIDDLEWARE = ["b"]\nm = list(MIDDLEWARE)\nm.insert(0, "a")\nMIDDLEWARE = tuple(m)', "a b"],
    [
      'MIDDLEWARE = ["a"]\nif DEBUG:\n    MIDDLEWARE.append("x")\nelse:\n    MIDDLEWARE.append("b")',
      "a b",
    ],
    ['MIDDLEWARE = ["a", "b"]\nif "test" in sys.argv:\n    MIDDLEWARE.remove("b")', "a b"],
    ['MIDDLEWARE = ["a"] + (["x"] if DEBUG else ["b"])', "a b"],
    ['try:\n    import x\n    MIDDLEWARE = ["a", "b"]\nexcept ImportError:\n    raise', "a b"],
    ['MIDDLEWARE = ["a"]\nif WITH_B:\n    MIDDLEWARE += ["b"]', "a b | a"],
    ['MIDDLEWARE = ["a"] + more()', "a +?"],
    ['from .base import *\nMIDDLEWARE += ["a"]', "a +?"],
    ["from .base import *", " +?"],
    ["from .stack import MIDDLEWARE", " +?"],
    ['MIDDLEWARE = ["a", "b"]\nfor m in EXTRA:\n    MIDDLEWARE.append(m)', "a b +?"],
    ['MIDDLEWARE = ["a", "b"]\nMIDDLEWARE = MIDDLEWARE[:1] + ["c"]', "a b c +?"],
    ['MIDDLEWARE = env.list("STACK", default=["a", "b"])', "a b +?"],
  ])("%j is %s", (text, shown) => {
    expect(show(text)).toBe(shown);
  });

  it("keeps for each element the line it is written on, also in a list it is put into", () => {
    const [fact] = read('FIRST = [\n    "a",\n]\nMIDDLEWARE = FIRST + [\n    "b",\n]\n');
    expect(fact!.lists[0]!.elements.map(({ span }) => span.startLine)).toEqual([2, 5]);
  });

  it("keeps what a statement takes out by name, also of a list that was not read", () => {
    const [fact] = read('from .base import *\nMIDDLEWARE.remove("x")\n');
    expect(fact!.lists[0]!.removed.map(({ text, span }) => [text, span.startLine])).toEqual([
      ["x", 2],
    ]);
  });

  it("does not tell branches apart when there are too many", () => {
    const branches = Array.from(
      { length: 12 },
      (_, i) => `if FLAG_${i}:\n    MIDDLEWARE += ["m${i}"]\n`,
    );
    const [fact] = read(`MIDDLEWARE = ["a"]\n${branches.join("")}`);
    expect(fact!.lists.length).toBeLessThanOrEqual(8);
    expect(fact!.lists.some(({ unknown }) => unknown.length > 0)).toBe(true);
  });
});

describe("the list of a settings class", () => {
  it("is that of its bases in the file, with what it adds itself", () => {
    const facts = read(
      'class Base(Configuration):\n    MIDDLEWARE = ["a"]\n\n\nclass Production(Base):\n    MIDDLEWARE = Base.MIDDLEWARE + ["b"]\n',
    );
    const found = facts.find(({ symbol }) => symbol === "Production");
    expect(found!.lists[0]!.elements.map(({ text }) => text)).toEqual(["a", "b"]);
  });

  it("may hold anything when a base of another file makes it", () => {
    const facts = read(
      "from shop.base import BaseSettings\n\n\nclass Production(BaseSettings):\n    SESSION_COOKIE_AGE = 60\n",
    );
    const found = facts.find(({ symbol }) => symbol === "Production");
    expect(found!.lists[0]!.unknown).toEqual(["BaseSettings"]);
  });
});
