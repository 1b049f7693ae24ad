import { describe, expect, it } from "vitest";
import { bindsAtTop, mentions, namesIn } from "../../../src/core/python/text/read-names.js";

describe("the names that a line reads", () => {
  it.each([
    ["X = True", []],
    ['X = "os.environ"  # from env', []],
    ['X = os.environ["K"]', ["os"]],
    ['X = env("K", default=None)', ["env"]],
    ["    login(request, user)", ["login", "request", "user"]],
  ])("of %j are %j", (line, names) => {
    expect(namesIn(line)).toEqual(names);
  });
});

describe("a name", () => {
  it.each([
    ["os", "import sys, os\n"],
    ["env", "env = environ.Env()\n"],
    ["env", "env: Env = Env()\n"],
    ["b", "from shop import (\n    a,\n    b,\n)\n"],
    ["a", "from shop import *\n"],
    ["f", "async def f():\n    pass\n"],
  ])("%j is bound at the top of %j", (name, module) => {
    expect(bindsAtTop(name, module)).toBe(true);
  });

  it.each([
    ["os", ""],
    ["os", "import osmium\n"],
    ["os", "PATH = os.path\n"],
    ["env", "environment = 1\n"],
    ["f", "def g():\n    return f\n"],
  ])("%j is not bound at the top of %j", (name, module) => {
    expect(bindsAtTop(name, module)).toBe(false);
  });

  it("is mentioned as itself, not as an attribute, in a text or in a comment", () => {
    expect(mentions("user", "login(request, user)")).toBe(true);
    expect(mentions("user", 'request.user = account["user"]  # the user')).toBe(false);
    expect(mentions("user", "username = users")).toBe(false);
  });
});
