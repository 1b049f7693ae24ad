import { beforeAll, describe, expect, it } from "vitest";
import { diffTexts } from "../../../src/core/diff/diff-texts.js";
import { openModules } from "../../../src/core/python/open-modules.js";
import type { ParsePython } from "../../../src/core/python/parser.js";
import type { ClassDefinition } from "../../../src/core/python/syntax/syntax.js";
import { walkSymbols } from "../../../src/core/python/syntax/walk.js";
import { loadPython } from "../../../src/grammar/node.js";

let parse: ParsePython;
beforeAll(async () => {
  parse = await loadPython();
});

const BASE = `from keys import make, old

class Cart(View):
    limit = 3

    def login(self, request):
        request.session["a"] = self.code()

    def logout(self, request):
        request.session.flush()

    def code(self):
        return make()

    def caller(self, request):
        self.login(request.session)

    def idle(self):
        return 1
`;

function open(head: string, base = BASE) {
  const file = { path: "a.py", basePath: "a.py", status: "modified", kind: "file" } as const;
  return openModules({ ...file, base, head, hunks: diffTexts(base, head) }, parse);
}

function walked(head: string, base = BASE) {
  const sides = open(head, base);
  return [sides.base, sides.head].map((module) =>
    walkSymbols(module.touchedSyntax).flatMap(({ statement }) =>
      statement.kind === "function" ? [statement.name] : [],
    ),
  );
}

describe("of a touched class a walk meets", () => {
  it("the methods that are touched and those that use them", () => {
    const names = ["login", "caller"];
    expect(walked(BASE.replace('"a"', '"b"'))).toEqual([names, names]);
  });

  it("a method on both sides that a hunk touches on one", () => {
    const head = BASE.replace("request.session.flush()", "request.session.flush()\n        x()");
    expect(walked(head)).toEqual([["logout"], ["logout"]]);
  });

  it("a method that uses a name which is imported from elsewhere", () => {
    const head = BASE.replace("keys import make, old", "keys import old\nfrom session import make");
    const touched = head.replace(".flush()", ".clear()");
    expect(walked(touched.replace("return make()", "return make()  # session"))[1]).toContain(
      "code",
    );
    const both = BASE.replace("return make()", "return make('session')");
    expect(walked(touched.replace("make()", "make('session')"), both)).toEqual([
      ["login", "logout", "code", "caller"],
      ["login", "logout", "code", "caller"],
    ]);
  });

  it("all that tell of a session when an attribute or the header is touched", () => {
    const names = ["login", "logout", "caller"];
    expect(walked(BASE.replace("limit = 3", "limit = 4"))).toEqual([names, names]);
    expect(walked(BASE.replace("(View)", "(Page)"))).toEqual([names, names]);
  });

  it("every method of a view whose check for forgery is touched, and of a wizard", () => {
    const all = ["login", "logout", "code", "caller", "idle"];
    const base = BASE.replace("    def logout", "    @csrf_protect\n    def logout");
    expect(walked(BASE, base)).toEqual([all, all]);
    const wizard = BASE.replace("(View)", "(SessionWizardView)");
    expect(walked(wizard.replace('"a"', '"b"'), wizard)).toEqual([all, all]);
  });

  it("every method of a class that is new", () => {
    expect(walked(BASE, "x = 1\n")[1]).toEqual(["login", "logout", "code", "caller", "idle"]);
  });
});

describe("a method that stands aside", () => {
  it("is found by its name, with all that it holds, and is parsed only then", () => {
    const { head } = open(BASE.replace('"a"', '"b"'));
    const owner = head.touchedSyntax.find((one): one is ClassDefinition => one.kind === "class");
    expect(owner?.body.map((one) => (one.kind === "function" ? one.name : one.kind))).toEqual([
      "assignment",
      "login",
      "logout",
      "code",
      "caller",
      "idle",
    ]);
    const before = head.parsedBytes;
    const code = owner?.body.find((one) => one.kind === "function" && one.name === "code");
    expect(head.parsedBytes).toBe(before);
    const whole = head.definition("Cart");
    const expected = whole?.body.find((one) => one.kind === "function" && one.name === "code");
    expect(code?.kind === "function" && { ...code, aside: undefined }).toEqual(expected);
  });

  it("does not hide that a touched one is broken", () => {
    const { head } = open(BASE.replace('["a"] =', '["a" ='));
    void head.touchedSyntax;
    expect(head.problems).toMatchObject([{ reason: "syntax-error", line: 7 }]);
  });
});
