import { describe, expect, it } from "vitest";
import { namesAreBound } from "../../../src/core/settings/modules/bound-names.js";

describe("an old line", () => {
  it.each([
    ["X = True", ""],
    ['X = "os.environ"  # from env', ""],
    ['X = os.environ["K"]', "import os\n"],
    ['X = os.environ["K"]', "import sys, os\n"],
    ['X = env("K", default=None)', "env = environ.Env()\n"],
    ['X = env("K")', "env: Env = Env()\n"],
    ["X = WEEK * 2", "if True:\n    WEEK = 7\n"],
    ["X = b(1)", "from shop import (\n    a,\n    b,\n)\n"],
    ["X = a.c(default=1)", "from shop import *\n"],
    ["from shop.keys import SECRET_KEY", ""],
  ])("%j can be restored where %j stands", (line, module) => {
    expect(namesAreBound(line, module)).toBe(true);
  });

  it.each([
    ['X = os.environ["K"]', ""],
    ['X = os.environ["K"]', "import osmium\n"],
    ['X = os.environ["K"]', "PATH = os.path\n"],
    ['X = env("K")', "environment = 1\n"],
    ["X = f(True)", "def g():\n    return f\n"],
  ])("%j is of no use where only %j stands", (line, module) => {
    expect(namesAreBound(line, module)).toBe(false);
  });
});
