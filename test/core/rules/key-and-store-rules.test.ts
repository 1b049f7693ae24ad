import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import type { Rule } from "../../../src/core/model/rule.js";
import type { ParsePython } from "../../../src/core/python/parser.js";
import { clientSideSessions } from "../../../src/core/rules/client-side-sessions.js";
import { debugInProduction } from "../../../src/core/rules/debug-in-production.js";
import { exposedSessionStore } from "../../../src/core/rules/exposed-session-store.js";
import { hardcodedSecretKey } from "../../../src/core/rules/hardcoded-secret-key.js";
import { lostCookieNamePrefix } from "../../../src/core/rules/lost-cookie-name-prefix.js";
import { pickledSessions } from "../../../src/core/rules/pickled-sessions.js";
import { weakSecretKey } from "../../../src/core/rules/weak-secret-key.js";
import { widerSessionCookieScope } from "../../../src/core/rules/wider-session-cookie-scope.js";
import { loadPython } from "../../../src/grammar/node.js";
import { reviewTexts, summarise } from "../settings/review-texts.js";

let parse: ParsePython;
beforeAll(async () => {
  parse = await loadPython();
});

function settings(lines: string): string {
  return `ROOT_URLCONF = "shop.urls"\n${lines}${lines && "\n"}USE_TZ = True\n`;
}

function levels(rule: Rule, base: string, head: string, path?: string): readonly string[] {
  const found = reviewTexts(parse, rule, base && settings(base), settings(head), path);
  return summarise(found).map((line) => line.split(":")[0] ?? "");
}

const REAL = '"w0r5n@8k#z_p2m$e9t^c4h&j6l*b1yq7v3x!s8d5f2g9k4-=+%"';

describe("hardcoded-secret-key", () => {
  const S = "SECRET_KEY = ";
  it.each([
    ['os.environ["K"]', REAL, "error high"],
    ['os.environ.get("K")', REAL, "error high"],
    ['env("K")', REAL, "error high"],
    ['config("K")', REAL, "error high"],
    ["values.SecretValue()", REAL, "error high"],
    ["read_secret('key')", REAL, "error medium"],
    ['os.environ["K"]', '"django-insecure-abc"', "error high"],
    ['os.environ.get("K", "dev-key")', REAL, "warning high"],
    ['os.environ["K"]', 'os.environ.get("K", "dev-key")', "warning high"],
    ['os.environ["K"]', 'os.environ.get("K") or "dev-key"', "warning high"],
    ['env("K")', 'env.str("K", default="dev-key")', "warning high"],
    ['config("K")', 'config("K", default="dev-key")', "warning high"],
    ["values.SecretValue()", 'values.Value("dev-key")', "warning high"],
    ['os.environ["K"]', 'get_config("K", default="dev-key")', "warning high"],
    ['os.environ["K"]', 'read_setting("K", "dev-key")', "warning high"],
    ['""', REAL, "warning high"],
    ['os.environ["K"]', `${REAL} if production_is_far() else os.environ["K"]`, "warning medium"],
  ])("%s -> %s is %s", (base, head, expected) => {
    expect(levels(hardcodedSecretKey, S + base, S + head)).toEqual([expected]);
  });

  it.each([
    [REAL, '"another-key-in-the-code"'],
    [REAL, 'os.environ["K"]'],
    ['os.environ["K"]', 'env("K")'],
    ['os.environ["K"]', "get_random_secret_key()"],
    ['os.environ["K"]', 'os.environ.get("K", "")'],
    ['os.environ["K"]', 'os.environ.get("K", get_random_secret_key())'],
    ['os.getenv("K", "---")', 'envsecret("K", "---")'],
    ['os.environ["K"]', '"%(SECRET_KEY)s"'],
    ['os.environ["K"]', 'Path("/run/secrets/key").read_text()'],
    ['os.environ["K"]', 'config_parser.get("django", "secret_key")'],
    ['os.environ["K"]', 'CONFIG.get("SITE", "SECRET_KEY")'],
  ])("%s -> %s is nothing", (base, head) => {
    expect(levels(hardcodedSecretKey, S + base, S + head)).toEqual([]);
  });

  it.each([
    ["DEBUG = True\nALLOWED_HOSTS = []", "notice high"],
    ["DEBUG = True", "notice high"],
    ['DEBUG = True\nALLOWED_HOSTS = ["*"]', "warning high"],
    ["DEBUG = False\nALLOWED_HOSTS = []", "warning high"],
    ['DEBUG = env.bool("DEBUG")\nALLOWED_HOSTS = []', "warning high"],
    ["DEBUG = True\nfrom .local_settings import *", "warning high"],
    [
      'DEBUG = True\nALLOWED_HOSTS = []\nif "HOST" in os.environ:\n    DEBUG = False',
      "warning high",
    ],
  ])("in new settings with %s is %s", (others, expected) => {
    const path = "shop/settings.py";
    expect(levels(hardcodedSecretKey, "", `${S}${REAL}\n${others}`, path)).toEqual([expected]);
    const generated = `${S}"django-insecure-abc"\n${others}`;
    expect(levels(hardcodedSecretKey, "", generated, path)).toEqual(["warning high"]);
  });

  it("never shows a key, nor a part of it", () => {
    const key = fc.stringMatching(/^[a-zA-Z0-9@#$%^&*()_+=-]{8,60}$/);
    fc.assert(
      fc.property(key, key, (one, other) => {
        for (const [base, head] of [
          [`${S}os.environ["K"]`, `${S}"${one}"`],
          [`${S}"${one}"`, `${S}"${other}"`],
          [`${S}env("K")`, `${S}env("K", default="${one}")\nSECRET_KEY_FALLBACKS = ["${other}"]`],
        ] as const) {
          for (const rule of [hardcodedSecretKey, weakSecretKey]) {
            const found = reviewTexts(parse, rule, settings(base), settings(head));
            const shown = JSON.stringify(found.map(({ message, symbol }) => ({ message, symbol })));
            for (const secret of [one, other]) {
              for (let at = 0; at + 8 <= secret.length; at++) {
                expect(shown).not.toContain(secret.slice(at, at + 8));
              }
            }
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it("has the same fingerprint whatever the key", () => {
    const of = (key: string) =>
      reviewTexts(parse, hardcodedSecretKey, settings(`${S}env("K")`), settings(`${S}"${key}"`))[0]
        ?.fingerprint;
    expect(of("one-key-in-the-code")).toMatch(/^[0-9a-f]{32}$/);
    expect(of("one-key-in-the-code")).toBe(of("another-key-of-the-code"));
  });
});

describe("weak-secret-key", () => {
  const S = "SECRET_KEY = ";
  it.each([
    '"changeme"',
    '"change-me-in-production!"',
    '"super_secret_key"',
    '"secret123"',
    '"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"',
    '"w0r5n@8k#z_p2m$e9t^c4h"',
    '"django-insecure-w0r5n@8k#z_p2m$e9t^c4h&j6l*b1yq7v3x!s8d5f2g9k4"',
  ])("a key that Django accepts -> %s is an error", (head) => {
    expect(levels(weakSecretKey, S + REAL, S + head)).toEqual(["error high"]);
  });

  it("says nothing of a key as good as the one before", () => {
    const other = REAL.replace("w0r5n", "n5r0w");
    expect(levels(weakSecretKey, S + REAL, S + other)).toEqual([]);
    expect(levels(weakSecretKey, `${S}"changeme"`, `${S}"secret"`)).toEqual([]);
    expect(levels(weakSecretKey, `${S}os.environ["K"]`, `${S}"changeme"`)).toEqual([]);
  });

  it("says nothing of a known key that a variable can now replace, whatever its default", () => {
    const known = `${S}"django-insecure-w0r5n@8k#z_p2m$e9t^c4h&j6l*b1yq7v3x!s8d5f2g9k4"`;
    expect(levels(weakSecretKey, known, `${S}os.getenv("K", default="my_secret_key")`)).toEqual([]);
    expect(levels(weakSecretKey, known, `${S}"my_secret_key"`)).toEqual(["error high"]);
    expect(levels(weakSecretKey, S + REAL, `${S}os.getenv("K", "my_secret_key")`)).toEqual([
      "warning high",
    ]);
  });
});

describe("debug-in-production", () => {
  const S = "DEBUG = ";
  it.each([
    ["False", "True", "error high"],
    ["False", "1", "error high"],
    ["False", 'env.bool("D", default=True)', "error high"],
    ["False", 'os.environ.get("D", "1") == "1"', "error high"],
    ["False", 'os.environ.get("D", "False")', "warning high"],
    ["False", "True if somewhere() else False", "warning medium"],
    ['env.bool("D")', "True", "error high"],
    ['os.environ["STAGE"] != "production"', "True", "error high"],
  ])("%s -> %s is %s", (base, head, expected) => {
    expect(levels(debugInProduction, S + base, S + head)).toEqual([expected]);
  });

  it.each([
    ["False", 'env.bool("D", default=False)'],
    ["False", 'os.environ.get("D") == "1"'],
    ["False", 'os.environ.get("STAGE") == "development"'],
    ["False", "is_debug()"],
    ["True", "1"],
  ])("%s -> %s is nothing", (base, head) => {
    expect(levels(debugInProduction, S + base, S + head)).toEqual([]);
  });

  it("is milder in a module that others start from", () => {
    const path = "shop/settings/base.py";
    expect(levels(debugInProduction, `${S}False`, `${S}True`, path)).toEqual(["warning high"]);
  });
});

describe("client-side-sessions and pickled-sessions", () => {
  const B = "django.contrib.sessions.backends";
  it.each([
    [`SESSION_ENGINE: str = "${B}.signed_cookies"`, "error high"],
    [`globals()["SESSION_ENGINE"] = "${B}.signed_cookies"`, "error high"],
    [`SESSION_ENGINE = "${B}." + "signed_cookies"`, "error high"],
    [`SESSION_ENGINE = env("E", default="${B}.signed_cookies")`, "warning high"],
  ])("%s is %s", (head, expected) => {
    expect(levels(clientSideSessions, `SESSION_ENGINE = "${B}.db"`, head)).toEqual([expected]);
  });

  it.each([
    ["django.contrib.sessions.serializers.PickleSerializer", ["error high"]],
    ["shop.serializers.CompressedPickle", ["error high"]],
    ["shop.serializers.MsgpackSerializer", []],
    ["shop.pickles.JarSerializer", []],
  ])("%s gives %j", (serializer, expected) => {
    expect(levels(pickledSessions, "", `SESSION_SERIALIZER = "${serializer}"`)).toEqual(expected);
    expect(levels(pickledSessions, "X = 1", `SESSION_SERIALIZER = "${serializer}"`)).toEqual(
      expected,
    );
  });
});

describe("exposed-session-store", () => {
  const FILE = 'SESSION_ENGINE = "django.contrib.sessions.backends.file"';
  it.each([
    ["", 1],
    ["SESSION_FILE_PATH = None", 1],
    ['SESSION_FILE_PATH = "/var/tmp/shop"', 1],
    ["SESSION_FILE_PATH = tempfile.gettempdir()", 1],
    ['SESSION_FILE_PATH = os.path.join("/tmp", "shop")', 1],
    ['SESSION_FILE_PATH = "/var/lib/shop/sessions"', 0],
    ['SESSION_FILE_PATH = os.environ["SESSION_DIR"]', 0],
    ['SESSION_FILE_PATH = BASE_DIR / "sessions"', 0],
  ])("files with %j: %i", (path, count) => {
    expect(levels(exposedSessionStore, "X = 1", `${FILE}\n${path}`)).toHaveLength(count);
  });
});

describe("wider-session-cookie-scope", () => {
  const D = "SESSION_COOKIE_DOMAIN = ";
  it.each([
    ["None", '".shop.example"', ["warning high"]],
    ["None", '".co.uk"', ["error high"]],
    ["None", '"github.io"', ["error high"]],
    ['"a.shop.example"', '"shop.example"', ["warning high"]],
    ['"shop.example"', '".shop.example"', []],
    ['"shop.example"', '"a.shop.example"', []],
    ['"shop.example"', '"other.example"', []],
    ['"shop.example"', '""', []],
    ["None", "'localhost'", []],
    ["None", 'os.environ["DOMAIN"]', []],
    ["None", 'os.environ.get("DOMAIN")', []],
    ["domain_of(SITE)", '"shop.example"', []],
  ])("%s -> %s gives %j", (base, head, expected) => {
    expect(levels(widerSessionCookieScope, D + base, D + head)).toEqual(expected);
  });

  it("leaves a new project to choose", () => {
    expect(levels(widerSessionCookieScope, "", `${D}".shop.example"`)).toEqual(["notice high"]);
  });
});

describe("lost-cookie-name-prefix", () => {
  const HOST = 'SESSION_COOKIE_NAME = "__Host-sid"\nSESSION_COOKIE_SECURE = True';
  it.each([
    [HOST.replace("__Host-", ""), ["warning high"]],
    [HOST.replace("True", "False"), ["error high"]],
    [`${HOST}\nSESSION_COOKIE_PATH = "/shop/"`, ["error high"]],
    [`${HOST}\nSESSION_COOKIE_DOMAIN = "shop.example"`, ["error high"]],
    [HOST.replace("True", "not DEBUG"), []],
    [`${HOST}\nSESSION_COOKIE_PATH = "/"`, []],
  ])("%j gives %j", (head, expected) => {
    expect(levels(lostCookieNamePrefix, HOST, head)).toEqual(expected);
  });
});
