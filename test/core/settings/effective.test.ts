import { beforeAll, describe, expect, it } from "vitest";
import type { ParsePython } from "../../../src/core/python/parser.js";
import { describeValue } from "../../../src/core/settings/evaluate/describe.js";
import { settingFacts, weakest } from "../../../src/core/settings/facts/setting-facts.js";
import { flagStrength } from "../../../src/core/settings/facts/strength.js";
import { effectiveSettings } from "../../../src/core/settings/modules/effective-settings.js";
import { loadPython } from "../../../src/grammar/node.js";
import { openText } from "./open.js";

const SECURE = "SESSION_COOKIE_SECURE";
let parse: ParsePython;
beforeAll(async () => {
  parse = await loadPython();
});

function read(text: string): { strength: number; value: string } {
  const effective = effectiveSettings(openText(parse, text), [SECURE]).get(SECURE)!;
  const found = weakest(effective, (value) => flagStrength(SECURE, value));
  return { strength: found.strength, value: describeValue(SECURE, found.value) };
}

const HEAD = [
  "import os",
  "from os import environ, getenv",
  "import environ as django_environ",
  "from decouple import config",
  "from configurations import values",
  "env = django_environ.Env(DECLARED=(bool, False), SAFE=(bool, True), BARE=bool)",
  "",
].join("\n");

describe("the value of an expression, by what holds when no variable is set", () => {
  it.each([
    ["True", 4],
    ["1", 4],
    ['"x"', 4],
    ["False", 0],
    ["0", 0],
    ["None", 0],
    ['""', 0],
    ["[]", 0],
    ["not DEBUG", 3],
    ["not settings.DEBUG", 3],
    ["DEBUG", 0],
    ["False if DEBUG else True", 3],
    ['ENVIRONMENT == "production"', 3],
    ['ENVIRONMENT != "local"', 3],
    ['STAGE in ("staging", "production")', 3],
    ['os.environ.get("V")', 1],
    ['os.environ.get("V", False)', 1],
    ['bool(os.environ.get("V"))', 1],
    ['bool(int(os.environ.get("V", 0)))', 1],
    ['os.environ.get("V") == "True"', 1],
    ['os.environ.get("V", "false").lower() in ("1", "true")', 1],
    ['strtobool(getenv("V", "false"))', 1],
    ['"V" in os.environ', 1],
    ['os.environ.get("V", "True") == "True"', 3],
    ['environ.get("V", "on") != "False"', 3],
    ['bool(int(os.environ.get("V", 1)))', 3],
    ['os.environ.get("V", "False")', 3],
    ['os.environ["V"]', 4],
    ['env.bool("V")', 4],
    ['env("V")', 4],
    ['env("BARE")', 4],
    ['env.bool("V", default=False)', 1],
    ['env.bool("V", False)', 1],
    ['env("V", bool, False)', 1],
    ['env("V", cast=bool, default=False)', 1],
    ['env("DECLARED")', 1],
    ['env.bool("DECLARED")', 1],
    ['env("SAFE")', 3],
    ['config("V", default=False, cast=bool)', 1],
    ['config("V", default="False", cast=bool)', 1],
    ['config("V", default=True, cast=bool)', 3],
    ['config("V", cast=bool)', 4],
    ["values.BooleanValue(False)", 1],
    ["values.BooleanValue(True)", 3],
    ["values.BooleanValue(False, environ=False)", 0],
    ["values.BooleanValue(environ_required=True)", 4],
    ['env.bool("V", default=True)', 3],
    ['env.bool("V", default=not DEBUG)', 3],
    ['os.environ.get("V") or True', 3],
    ['not env.bool("INSECURE", default=False)', 3],
    ['get_bool_env("V", True)', 3],
    ['env_flag("V", default="no")', 1],
    ['bool_env(env("V", True))', 3],
    ['env_flag("V")', 2],
    ['flag("V", True)', 2],
    ["_needs_tls", 2],
    ["not TESTING", 2],
    ["IS_PRODUCTION", 3],
    ["not PRODUCTION", 0],
    ["compute_it()", 2],
    ["env.bool(NAME, default=False)", 2],
  ])("%s has strength %s", (expression, strength) => {
    expect(read(`${HEAD}${SECURE} = ${expression}\n`).strength).toBe(strength);
  });

  it.each([
    ["Env(**dict(V=(bool, False)))", 1],
    ["FileAwareEnv(**{**dict(V=(bool, True)), **MORE})", 3],
    ["Env(**{'V': (bool, False)})", 1],
    ["Env(**MORE)", 1],
    ["Env(**compute())", 2],
    ["Env(**dict(OTHER=(bool, False)))", 4],
  ])("finds what a scheme says in env = environ.%s", (construction, strength) => {
    const text = `import environ\nMORE = {"V": (bool, False)}\nenv = environ.${construction}\n`;
    expect(read(`${text}${SECURE} = env("V")\n`).strength).toBe(strength);
  });

  it("follows a name to its assignment, and gives up on a circle", () => {
    expect(read(`USE_TLS = True\n${SECURE} = USE_TLS\n`).strength).toBe(4);
    expect(read(`${HEAD}TLS = env.bool("TLS", default=False)\n${SECURE} = TLS\n`).strength).toBe(1);
    expect(read(`A = B\nB = A\n${SECURE} = A\n`).strength).toBe(2);
  });

  it("does not take a name for a property of an object", () => {
    expect(read(`${SECURE} = constructor(1)\n`).strength).toBe(2);
    expect(read(`${SECURE} = (1).toString()\n`).strength).toBe(2);
  });

  it("gives up on an expression that is nested too deep", () => {
    expect(read(`${SECURE} = ${"not ".repeat(60)}True\n`).strength).toBe(2);
    const module = openText(parse, `${SECURE} = ${"not ".repeat(10_000)}True\n`);
    expect(settingFacts(module, SECURE)).toEqual([]);
  });
});

describe("the forms of a write", () => {
  it.each([
    ["annotated", `${SECURE}: bool = True`],
    ["chained", `CSRF_COOKIE_SECURE = ${SECURE} = True`],
    ["in a tuple", `A, ${SECURE} = False, True`],
    ["in a list", `[${SECURE}, B] = [True, False]`],
    ["through globals()", `globals()["${SECURE}"] = True`],
    ["through vars()", `vars()["${SECURE}"] = True`],
    ["through globals().update of a dictionary", `globals().update({"${SECURE}": True})`],
    ["through locals().update by keyword", `locals().update(${SECURE}=True)`],
    ["through setattr on the module", `setattr(sys.modules[__name__], "${SECURE}", True)`],
    ["by a walrus", `(${SECURE} := True)`],
    ["as the variable of a loop", `for ${SECURE} in [False, True]:\n    pass`],
    ["in a loop over names", `for name in ["${SECURE}", "X"]:\n    globals()[name] = True`],
    ["in a with block", `with open("x"):\n    ${SECURE} = True`],
    ["in a finally block", `try:\n    pass\nfinally:\n    ${SECURE} = True`],
    ["after a weaker one", `${SECURE} = False\n${SECURE} = True`],
  ])("%s is seen", (_, text) => {
    expect(read(`${text}\n`).strength).toBe(4);
  });

  it("sees the last assignment, a deletion and the default", () => {
    expect(read(`${SECURE} = True\n${SECURE} = False\n`).strength).toBe(0);
    expect(read(`${SECURE} = True\ndel ${SECURE}\n`)).toEqual({
      strength: 0.5,
      value: "False (Django's default)",
    });
    expect(read("DEBUG = False\n").strength).toBe(0.5);
  });

  it("keeps what a star import may say apart from the default", () => {
    expect(read("from .base import *\n")).toEqual({
      strength: 0.75,
      value: "whatever .base says",
    });
    expect(read("from django.conf.global_settings import *\n").strength).toBe(0.5);
    expect(read(`from .base import *\n${SECURE} = True\n`).strength).toBe(4);
  });

  it("reads an augmented assignment of numbers", () => {
    const module = openText(parse, "SESSION_COOKIE_AGE = 60\nSESSION_COOKIE_AGE *= 60\n");
    const [found] = effectiveSettings(module, ["SESSION_COOKIE_AGE"]).get("SESSION_COOKIE_AGE")!;
    expect(found?.value).toEqual({ kind: "literal", value: 3600 });
  });

  it.each([
    ["60 * 60 * 24 * 14", "2 weeks"],
    ["1209600", "2 weeks"],
    ["timedelta(hours=1).total_seconds()", "1 hour"],
    ["int(timedelta(days=1, hours=12).total_seconds())", "36 hours"],
    ["timedelta(3).total_seconds()", "3 days"],
    ['int(os.environ.get("AGE", 3600))', "an environment variable (1 hour when unset)"],
    ["30 * DAY", "30 days"],
    ["2 ** 10", "about 17 minutes"],
  ])("folds the duration %s to %s", (expression, shown) => {
    const module = openText(parse, `${HEAD}DAY = 86400\nSESSION_COOKIE_AGE = ${expression}\n`);
    const [found] = effectiveSettings(module, ["SESSION_COOKIE_AGE"]).get("SESSION_COOKIE_AGE")!;
    expect(describeValue("SESSION_COOKIE_AGE", found!.value)).toBe(shown);
  });
});

describe("branches", () => {
  it.each([
    ["if not DEBUG", `if not DEBUG:\n    ${SECURE} = True`, 3],
    ["if DEBUG", `if DEBUG:\n    ${SECURE} = True`, 0.5],
    ["True, then False if DEBUG", `${SECURE} = True\nif DEBUG:\n    ${SECURE} = False`, 3],
    ["if DEBUG, else", `if DEBUG:\n    ${SECURE} = False\nelse:\n    ${SECURE} = True`, 3],
    ["if not DEBUG False", `${SECURE} = True\nif not DEBUG:\n    ${SECURE} = False`, 0],
    ["if production", `if ENV == "production":\n    ${SECURE} = True`, 3],
    ["if testing", `${SECURE} = True\nif "test" in sys.argv:\n    ${SECURE} = False`, 3],
    ["an unknown test", `${SECURE} = True\nif WEIRD:\n    ${SECURE} = False`, 1],
    ["an unknown test without else", `if WEIRD:\n    ${SECURE} = True`, 1],
    ["an unknown test of nothing but off", `if WEIRD:\n    ${SECURE} = False`, 0],
    ["both sides True", `if WEIRD:\n    ${SECURE} = True\nelse:\n    ${SECURE} = True`, 4],
    ["if True", `if True:\n    ${SECURE} = True`, 4],
    ["an environment test", `${HEAD}if env.bool("TLS", default=True):\n    ${SECURE} = True`, 3],
    ["an environment test that is off", `${HEAD}if os.environ.get("T"):\n    ${SECURE} = True`, 1],
    ["a handler", `try:\n    ${SECURE} = load()\nexcept KeyError:\n    ${SECURE} = False`, 0],
    ["a handler that raises", `try:\n    ${SECURE} = True\nexcept KeyError:\n    raise`, 4],
    [
      "match",
      `match WEIRD:\n    case 1:\n        ${SECURE} = True\n    case _:\n        ${SECURE} = False`,
      1,
    ],
  ])("%s", (_, text, strength) => {
    expect(read(`${text}\n`).strength).toBe(strength);
  });
});

describe("settings classes", () => {
  function facts(text: string) {
    return settingFacts(openText(parse, text), SECURE)
      .filter(({ place }) => place === "class")
      .map(({ symbol, effective }) => [
        symbol,
        weakest(effective, (value) => flagStrength(SECURE, value)).strength,
      ]);
  }

  it("inherit from the bases in the same file, left to right", () => {
    const text = `class Common(Configuration):\n    ${SECURE} = True\n\n\nclass Loose:\n    ${SECURE} = False\n\n\nclass Production(Common, Loose):\n    pass\n`;
    expect(facts(text)).toEqual([["Production", 4]]);
  });

  it("are silent for development and tests", () => {
    const text = `class Common(Configuration):\n    ${SECURE} = True\n\n\nclass Dev(Common):\n    ${SECURE} = False\n\n\nclass TestSettings(Common):\n    ${SECURE} = False\n`;
    expect(facts(text)).toEqual([["Common", 4]]);
  });

  it("read a property, and know a base of another file", () => {
    const text = `class Production(Common):\n    DEBUG = False\n    SESSION_ENGINE = "x"\n`;
    expect(facts(text)).toEqual([["Production", 0.75]]);
    const property = `class Prod(Configuration):\n    @property\n    def ${SECURE}(self):\n        return not self.DEBUG\n`;
    expect(facts(property)).toEqual([["Prod", 3]]);
  });

  it("are one fact when they take the value from one line", () => {
    const text = `class Common(Configuration):\n    ${SECURE} = True\n\n\nclass Staging(Common):\n    pass\n\n\nclass Production(Common):\n    pass\n`;
    expect(facts(text)).toEqual([["Staging", 4]]);
  });
});

describe("what is not looked at", () => {
  it.each([
    ["a test module", "shop/tests/settings.py", `${SECURE} = False\n`],
    ["development settings", "config/settings/dev.py", `${SECURE} = False\n`],
    ["an empty file", "config/settings/production.py", "\n"],
    ["code that is no settings module", "shop/models.py", "NAME = 1\n"],
    [
      "Flask's settings of the same name",
      "config/settings.py",
      `from flask import Flask\n${SECURE} = False\n`,
    ],
    [
      "code that reads the setting",
      "shop/views.py",
      `def f():\n    return settings.${SECURE} == True\n`,
    ],
  ])("%s", (_, path, text) => {
    expect(settingFacts(openText(parse, text, path), SECURE)).toEqual([]);
  });

  it("a statement that could not be read, other than the rest of its file", () => {
    const broken = openText(parse, `${SECURE} = (True\n`);
    expect(settingFacts(broken, SECURE)).toEqual([]);
    const elsewhere = openText(parse, `${SECURE} = True\n\ndef f(:\n    pass\n`);
    expect(settingFacts(elsewhere, SECURE)).toHaveLength(1);
  });
});

describe("writes while the site runs", () => {
  it.each([
    [`def turn_off():\n    settings.${SECURE} = False\n`],
    [`def turn_off():\n    setattr(settings, "${SECURE}", False)\n`],
    [`def turn_off():\n    settings.configure(${SECURE}=False)\n`],
  ])("%j is a fact of its function", (body) => {
    const module = openText(parse, `from django.conf import settings\n\n\n${body}`, "shop/boot.py");
    expect(settingFacts(module, SECURE).map(({ symbol, place }) => [symbol, place])).toEqual([
      ["turn_off", "runtime"],
    ]);
  });
});
