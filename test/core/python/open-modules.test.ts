import { beforeAll, describe, expect, it } from "vitest";
import type { FileChange, Hunk, HunkLine } from "../../../src/core/model/change.js";
import { openModule, openModules } from "../../../src/core/python/open-modules.js";
import type { ParsePython } from "../../../src/core/python/parser.js";
import type { PythonModule } from "../../../src/core/python/syntax/module.js";
import { loadPython } from "../../../src/grammar/node.js";

let parse: ParsePython;
beforeAll(async () => {
  parse = await loadPython();
});

/** A change from lines with a mark: ` ` stays, `-` goes, `+` comes; hunks without context, as `-U0`. */
function change(marked: readonly string[]): FileChange {
  const side = (mark: string) =>
    marked
      .filter((line) => line[0] === " " || line[0] === mark)
      .map((line) => `${line.slice(1)}\n`);
  return {
    path: "new.py",
    basePath: "old.py",
    status: "modified",
    kind: "file",
    base: side("-").join(""),
    head: side("+").join(""),
    hunks: hunksOf(marked),
  };
}

function hunksOf(marked: readonly string[]): readonly Hunk[] {
  const hunks: Hunk[] = [];
  let base = 0;
  let head = 0;
  let run: HunkLine[] = [];
  const close = () => {
    if (run.length === 0) return;
    const deleted = run.filter((line) => line.kind === "deleted");
    const added = run.filter((line) => line.kind === "added");
    hunks.push({
      baseStart: deleted[0]?.base ?? base,
      baseCount: deleted.length,
      headStart: added[0]?.head ?? head,
      headCount: added.length,
      lines: run,
    });
    run = [];
  };
  for (const line of marked) {
    const text = line.slice(1);
    if (line[0] === " ") {
      close();
      base++;
      head++;
    } else if (line[0] === "-") run.push({ kind: "deleted", text, base: ++base });
    else run.push({ kind: "added", text, head: ++head });
  }
  close();
  return hunks;
}

function touched(marked: readonly string[]): readonly (readonly string[])[] {
  const { base, head } = openModules(change(marked), parse);
  return [base, head].map((module) =>
    module.touched.map(({ span }) => module.lines[span.startLine - 1] ?? ""),
  );
}

const TOUCHED: readonly (readonly [string, readonly string[], readonly (readonly string[])[]])[] = [
  [
    "the statement on a changed line",
    [" A = 1", "-B = 2", "+B = 3", " C = 4"],
    [["B = 2"], ["B = 3"]],
  ],
  [
    "the statement around an insertion point",
    [" A = [", "+  1,", " ]", " B = 2"],
    [["A = ["], ["A = ["]],
  ],
  [
    "both neighbours of an insertion point",
    [" A = 1", "-B = 2", " C = 3", " D = 4"],
    [["B = 2"], ["A = 1", "C = 3"]],
  ],
  ["the only neighbour at the end", [" A = 1", "+B = 2"], [["A = 1"], ["B = 2"]]],
  ["the only neighbour at the start", ["-A = 1", " B = 2"], [["A = 1"], ["B = 2"]]],
  [
    "both neighbours of a changed comment",
    [" A = 1", "-# a", "+# b", " B = 2", " C = 3"],
    [
      ["A = 1", "B = 2"],
      ["A = 1", "B = 2"],
    ],
  ],
  [
    "the namesake on the other side",
    [" def f():", "   a", "-  b", " C = 1", " def g():", "   d"],
    [["def f():"], ["def f():", "C = 1"]],
  ],
  [
    "a function that moved",
    ["-def f():", "-  a", " B = 1", " C = 2", "+def f():", "+  a"],
    [
      ["def f():", "C = 2"],
      ["B = 1", "def f():"],
    ],
  ],
  [
    "no function beside one that is new",
    [" def f():", "   a", "+def g():", "+  b", " def h():", "   c"],
    [[], ["def g():"]],
  ],
  [
    "a block that a line is appended to",
    [" if a:", "   b", "+  c", " def f():", "   d"],
    [["if a:"], ["if a:"]],
  ],
  [
    "a function that a line is appended to",
    [" def f():", "   a", "+  b", " def g():", "   c"],
    [["def f():"], ["def f():"]],
  ],
  ["nothing of an added file's base", ["+A = 1", "+B = 2"], [[], ["A = 1", "B = 2"]]],
  ["nothing without a hunk", [" A = 1"], [[], []]],
];

describe("the modules of a change", () => {
  for (const [name, marked, expected] of TOUCHED) {
    it(`touch ${name}`, () => {
      expect(touched(marked)).toEqual(expected);
    });
  }

  it("have the path, the side and the lines of their version", () => {
    const { base, head } = openModules(change([" a", "-b", "+c"]), parse);
    expect([base.path, base.side, base.lines]).toEqual(["old.py", "LEFT", ["a", "b"]]);
    expect([head.path, head.side, head.lines]).toEqual(["new.py", "RIGHT", ["a", "c"]]);
  });
});

function open(text: string, isTouched = true): PythonModule {
  return openModule({ path: "a.py", side: "RIGHT", text }, parse, () => isTouched);
}

describe("a module", () => {
  const text =
    "import os\nfrom a import b\n\ndef view(request):\n  request.session['x'] = 1\n\ndef add(p, q):\n  return p + q\n\nclass C:\n  x = 1\n\nclass C:\n  y = 1\n";

  it("parses nothing before it is asked", () => {
    const module = open(text);
    expect([module.statements.length, module.parsedBytes, module.problems]).toEqual([6, 0, []]);
  });

  it("parses of the touched statements only what can matter, and once", () => {
    let calls = 0;
    const counting: ParsePython = (...args) => {
      calls++;
      return parse(...args);
    };
    const module = openModule({ path: "a.py", side: "RIGHT", text }, counting, () => true);
    expect(module.touchedSyntax).toMatchObject([
      { kind: "function", name: "view", span: { startLine: 4 } },
    ]);
    const view = module.statements.find(({ name }) => name === "view");
    expect(view && module.syntaxOf(view)).toEqual(module.touchedSyntax);
    expect(module.definition("view")).toBe(module.touchedSyntax[0]);
    expect(module.touchedSyntax).toBe(module.touchedSyntax);
    expect(calls).toBe(1);
    expect(module.parsedBytes).toBe("def view(request):\n  request.session['x'] = 1\n".length);
  });

  it("finds the last definition of a name, and none that is not there", () => {
    expect(open(text).definition("C")).toMatchObject({ span: { startLine: 13 } });
    expect(open(text).definition("os")).toBeUndefined();
  });

  it("gives the syntax of what mentions a word, in order and across the file", () => {
    const found = open(text, false).syntaxMentioning(["return", "session"]);
    expect(found).toMatchObject([{ name: "view" }, { name: "add" }]);
  });

  it("names a text that is too large, and answers with nothing", () => {
    const module = open(`session = '${"x".repeat(600_000)}'\n`);
    expect(module.touchedSyntax).toEqual([]);
    expect(module.syntaxMentioning(["session"])).toEqual([]);
    expect(module.problems).toMatchObject([{ path: "a.py", reason: "too-large" }]);
  });

  it("keeps lines without their terminators", () => {
    expect(open("a\r\nb\n\n").lines).toEqual(["a", "b", ""]);
    expect(open("a\u2028b\fc").lines).toEqual(["a\u2028b\fc"]);
    expect(open("").lines).toEqual([]);
  });
});

describe("the imports of a module", () => {
  const imports = () =>
    open(
      "import os.path, a.b as ab\nfrom django.contrib import auth\nfrom .models import User as U\nfrom .. import views\nfrom x import *; from . import *\ntry:\n  from fast import load\nexcept ImportError:\n  from slow import load, other\nif a:\n  import late\ndef f():\n  import inner\nx = 1; import joined\n",
    ).imports;

  it("resolve a name and what is asked of it", () => {
    const resolve = (dotted: string) => imports().resolve(dotted);
    expect(resolve("auth.login")).toBe("django.contrib.auth.login");
    expect(resolve("ab.c")).toBe("a.b.c");
    expect(resolve("os.path.join")).toBe("os.path.join");
    expect(resolve("U")).toBe(".models.User");
    expect(resolve("views.index")).toBe("..views.index");
    expect(resolve("late")).toBe("late");
    expect(resolve("joined")).toBe("joined");
  });

  it("know nothing of other names, nor of those bound inside a function", () => {
    expect(imports().resolve("request")).toBeUndefined();
    expect(imports().resolve("inner")).toBeUndefined();
    expect(imports().resolve("constructor")).toBeUndefined();
  });

  it("prefer what is tried to its fallback", () => {
    expect(imports().resolve("load")).toBe("fast.load");
    expect(imports().resolve("other")).toBe("slow.other");
  });

  it("list the modules in order, and those imported as a whole", () => {
    expect(imports().modules).toEqual([
      "os.path",
      "a.b",
      "django.contrib",
      ".models",
      "..",
      "x",
      ".",
      "fast",
      "slow",
      "late",
      "joined",
    ]);
    expect(imports().stars).toEqual(["x", "."]);
  });
});
