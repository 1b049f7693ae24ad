import { beforeAll, describe, expect, it } from "vitest";
import { openModule } from "../../../src/core/python/open-modules.js";
import type { ParsePython } from "../../../src/core/python/parser.js";
import type { Call, Expression, Statement } from "../../../src/core/python/syntax/syntax.js";
import {
  calleeName,
  dottedName,
  findArgument,
  isNotScope,
  walkAllExpressions,
  walkExpressions,
  walkStatements,
  walkSymbols,
} from "../../../src/core/python/syntax/walk.js";
import { loadPython } from "../../../src/grammar/node.js";

let parse: ParsePython;
beforeAll(async () => {
  parse = await loadPython();
});

function lower(text: string): readonly Statement[] {
  return openModule({ path: "a.py", side: "RIGHT", text }, parse, () => true).syntaxMentioning([
    "",
  ]);
}

const TEXT = `class A:
    def m(self):
        if a:
            b
        elif c:
            d
        else:
            e
        try:
            f
        except G:
            h
        else:
            i
        finally:
            j
        def inner():
            k
        with l: m
        match n:
            case o: p
        for q in r: s
        else: t
u
`;

function names(expressions: Iterable<Expression>): string {
  return [...expressions].flatMap((one) => (one.kind === "name" ? [one.id] : [])).join("");
}

function expression(source: string): Expression {
  const [statement] = lower(`${source}\n`);
  if (statement?.kind !== "expression") throw new Error(source);
  return statement.value;
}

describe("a walk", () => {
  it("meets everything in source order, the tests of a statement before its blocks", () => {
    expect(names(walkAllExpressions(lower(TEXT)))).toBe("acbdeGfhijklmnpqrstu");
  });

  it("knows the dotted name of what is around a statement", () => {
    const symbols = [...walkSymbols(lower(TEXT))].map(
      ({ statement, symbol }) => [statement.kind, symbol, statement.span.startLine] as const,
    );
    expect(symbols).toContainEqual(["class", "", 1]);
    expect(symbols).toContainEqual(["function", "A", 2]);
    expect(symbols).toContainEqual(["if", "A.m", 3]);
    expect(symbols).toContainEqual(["expression", "A.m", 16]);
    expect(symbols).toContainEqual(["expression", "A.m.inner", 18]);
    expect(symbols).toContainEqual(["expression", "", 24]);
  });

  it("stays out of nested functions and classes when told so", () => {
    expect([...walkStatements(lower(TEXT), isNotScope)].map(({ kind }) => kind)).toEqual([
      "class",
      "expression",
    ]);
  });

  it("meets what is inside every kind of expression", () => {
    const all = expression(
      "a.x[b:c](d, *e, f=g, **h)[lambda i=j: k if l else m, {n: o, **p}, {q}, [r for s in t if u], not v, f'{w:{x}}', (y := z)]",
    );
    expect(names(walkExpressions(all))).toBe("abcdeghjklmnopqrstuvwxyz");
  });

  it("does not go into what it is told to pass over", () => {
    const found = walkExpressions(
      expression("a(b(c))"),
      (one) => one.kind !== "call" || calleeName(one) !== "b",
    );
    expect(names(found)).toBe("a");
  });

  it("through a list of 200,000 items ends", () => {
    const span = { start: 0, end: 1, startLine: 1, endLine: 1 };
    const items = Array.from(
      { length: 200_000 },
      (): Expression => ({ kind: "name", span, id: "a" }),
    );
    const wide: Expression = { kind: "list", span, items };
    expect([...walkExpressions(wide)].length).toBe(200_001);
  });
});

describe("a name", () => {
  it("is dotted only when it is a chain of attributes on a name", () => {
    expect(dottedName(expression("self.request.session.cycle_key"))).toBe(
      "self.request.session.cycle_key",
    );
    expect(dottedName(expression("a"))).toBe("a");
    expect(dottedName(expression("a().b"))).toBeUndefined();
    expect(dottedName(expression("a['b'].c"))).toBeUndefined();
  });
});

describe("an argument", () => {
  const find = (source: string, name: string | undefined, position?: number) => {
    const found = findArgument(expression(source) as Call, name, position)?.value;
    return found?.kind === "name" ? found.id : found;
  };

  it("is found by its keyword, or else by its place", () => {
    expect(find("f(a, b, key=c)", "key", 0)).toBe("c");
    expect(find("f(a, b, key=c)", "other", 1)).toBe("b");
    expect(find("f(a)", "other", 1)).toBeUndefined();
    expect(find("f(a)", undefined, 0)).toBe("a");
  });

  it("has no known place behind an unpacking", () => {
    expect(find("f(*a, b)", undefined, 1)).toBeUndefined();
    expect(find("f(*a)", undefined, 0)).toBeUndefined();
  });
});
