import { describe, expect, it } from "vitest";
import { renderPlainMessage } from "../../../src/core/render/message.js";
import { both, changeSetOf, review, type Texts } from "./review-configured.js";

const SECURE = "SESSION_COOKIE_SECURE = True\nDEBUG = False\n";
const INSECURE = "SESSION_COOKIE_SECURE = False\nDEBUG = False\n";

describe("settings.production and settings.development", () => {
  const production = ["deploy/site.py", "config/local.py"];
  const settings = { production, development: ["config/playground/*.py"] };

  it("say which modules serve, whatever their names are", () => {
    const texts: Texts = {
      "config/playground/settings.py": [SECURE, INSECURE],
      "config/local.py": [SECURE, INSECURE],
    };
    expect(both(texts, { settings })).toEqual([
      ["config/playground/settings.py: insecure-session-cookie error"],
      ["config/local.py: insecure-session-cookie error"],
    ]);
  });

  it("count a module as serving that stands under both", () => {
    const both = { production: ["a.py"], development: ["*.py"] };
    const { findings } = review(changeSetOf({ "a.py": [SECURE, INSECURE] }), { settings: both });
    expect(findings.map(({ severity }) => severity)).toEqual(["error"]);
  });

  it("decide what a star import brings to production", () => {
    const texts: Texts = {
      "config/production.py": [`${SECURE}`, `${SECURE}from .overrides import *\n`],
      "config/overrides.py": ["X = 1\n", "X = 1\nSESSION_COOKIE_SECURE = False\n"],
    };
    const development = { production: [], development: ["config/overrides.py"] };
    const [without, withIt] = both(texts, { settings: development });
    expect(without?.join()).toContain("insecure-session-cookie");
    expect(withIt).toEqual([]);
  });

  it("decide which module beside a shared one is production's", () => {
    const base = "SESSION_COOKIE_SECURE = True\n";
    const texts: Texts = { "config/base.py": [base, "SESSION_COOKIE_SECURE = False\n"] };
    const repository = {
      text: (_: unknown, path: string) =>
        path === "config/shop.py" ? "from .base import *\nSESSION_COOKIE_SECURE = True\n" : null,
      entries: (_: unknown, directory: string) =>
        directory === "config" ? ["base.py", "shop.py"] : null,
    };
    const severities = [[], ["config/shop.py"]].map((globs) => {
      const settings = { production: globs, development: [] };
      const { findings } = review(changeSetOf(texts), { settings }, { repository });
      return findings.map(({ severity }) => severity);
    });
    expect(severities).toEqual([["error"], []]);
  });
});

describe("session-cookie-age.max", () => {
  const age = (seconds: number) => `SESSION_COOKIE_AGE = ${seconds}\nDEBUG = False\n`;
  const DAY = 86_400;

  it("allows a longer lifetime up to it", () => {
    const texts: Texts = { "site/settings.py": [age(DAY), age(7 * DAY)] };
    const found = ["site/settings.py: longer-session-lifetime warning"];
    expect(both(texts, { maxSessionAge: 7 * DAY })).toEqual([found, []]);
    expect(both(texts, { maxSessionAge: 7 * DAY - 1 })).toEqual([found, found]);
  });

  it("makes a warning of a small step beyond it, and says what is allowed", () => {
    const texts: Texts = { "site/settings.py": [age(7 * DAY), age(8 * DAY)] };
    expect(both(texts, { maxSessionAge: 7 * DAY })).toEqual([
      ["site/settings.py: longer-session-lifetime notice"],
      ["site/settings.py: longer-session-lifetime warning"],
    ]);
    const [finding] = review(changeSetOf(texts), { maxSessionAge: 7 * DAY }).findings;
    expect(finding && renderPlainMessage(finding.message)).toContain(
      "The configuration allows 1 week.",
    );
  });

  it("holds for Django's default, and for calls of set_expiry", () => {
    const texts: Texts = {
      "site/settings.py": [age(DAY), "DEBUG = False\n"],
      "site/views.py": view("request.session.set_expiry(60)", "request.session.set_expiry(99999)"),
    };
    const [without, within] = both(texts, { maxSessionAge: 14 * DAY });
    expect(without?.map((one) => one.split(" ")[1])).toEqual([
      "longer-session-lifetime",
      "longer-session-lifetime",
    ]);
    expect(within).toEqual([]);
    expect(both(texts, { maxSessionAge: DAY })[1]).toHaveLength(2);
  });
});

/** A view with one line more than `pass`, at base and at head. */
function view(base: string, head: string): readonly [string, string] {
  const text = (line: string) => `def account(request, badge, member):\n    pass\n    ${line}\n`;
  return [text(base), text(head)];
}

describe("sensitive-keys", () => {
  const sensitiveKeys = { add: ["badge_number", "signup.answer"], allow: ["quiz.password", "pin"] };
  const CREDENTIAL = "credential: credential-in-session error";
  const categories = (line: string) => {
    const changes = changeSetOf({ "site/views.py": view("pass", line) });
    return [{}, { sensitiveKeys }].map((one) => {
      const { findings, inventory } = review(changes, one);
      const rules = findings.map(({ rule, severity }) => `${rule} ${severity}`).join();
      return `${inventory[0]?.category}: ${rules}`;
    });
  };

  it.each([
    ['request.session["badge_number"] = badge', "other: ", CREDENTIAL],
    ['request.session["badgeNumber"] = badge', "other: ", CREDENTIAL],
    ['request.session["signup"] = {"answer": badge}', "other: ", CREDENTIAL],
    ['request.session["answer"] = badge', "other: ", "other: "],
    ['request.session["badge_number"] = None', "other: ", "other: "],
    ['request.session["badge_number"] = member.pk', "other: ", CREDENTIAL],
    ['request.session["badge"] = badge', "other: ", "other: "],
  ])("that are added hold a secret: %s", (line, without, withIt) => {
    expect(categories(line)).toEqual([without, withIt]);
  });

  it.each([
    ['request.session["quiz"] = {"password": badge}', "other: "],
    ['request.session["pin"] = badge', "other: "],
    ['request.session["password"] = badge', CREDENTIAL],
    ['request.session["user_pin"] = badge', CREDENTIAL],
  ])("that are allowed hold none: %s", (line, withIt) => {
    expect(categories(line)).toEqual([CREDENTIAL, withIt]);
  });

  it("say in the message where the name comes from", () => {
    const changes = changeSetOf({
      "site/views.py": view("pass", 'request.session["badge_number"] = badge'),
    });
    const [finding] = review(changes, { sensitiveKeys }).findings;
    expect(finding && renderPlainMessage(finding.message)).toContain(
      "`badge_number` keeps what the configuration calls sensitive in the session store.",
    );
  });
});

describe("rotation-helpers", () => {
  const login = (imports: string, call: string) =>
    `${imports}\n\ndef login_view(request, member):\n    ${call}\n    request.session["member_id"] = member.pk\n    return redirect("/")\n`;
  const imports = "from .sessions import start_fresh\nimport shop.sessions as fresh";
  const found = ["shop/views.py: removed-session-rotation error"];
  const rulesFor = (call: string, rotationHelpers: readonly string[]) =>
    both(
      { "shop/views.py": [login(imports, "request.session.cycle_key()"), login(imports, call)] },
      { rotationHelpers },
    );

  it.each([
    ["start_fresh(request)", "start_fresh"],
    ["start_fresh(request)", "shop.sessions.start_fresh"],
    ["start_fresh(request)", "sessions.start_fresh"],
    ["fresh.start_fresh(request)", "shop.sessions.start_fresh"],
    ["fresh.start_fresh(request)", "start_fresh"],
    ["member.start_fresh()", "start_fresh"],
  ])("%s renews the session by %s", (call, helper) => {
    expect(rulesFor(call, [helper])).toEqual([found, []]);
  });

  it.each([
    ["start_fresh(request)", "fresh"],
    ["start_fresh(request)", "shop.other.start_fresh"],
    ["start_fresh(request)", "views.start_fresh"],
    ["start_fresh", "start_fresh"],
  ])("%s does not by %s", (call, helper) => {
    expect(rulesFor(call, [helper])).toEqual([found, found]);
  });

  it("are functions of the same module, too", () => {
    const helper = "\ndef start_fresh(request):\n    audit(request)\n";
    const texts: Texts = {
      "shop/views.py": [
        login("", "request.session.cycle_key()") + helper,
        login("", "start_fresh(request)") + helper,
      ],
    };
    for (const name of ["start_fresh", "shop.views.start_fresh"]) {
      expect(both(texts, { rotationHelpers: [name] })).toEqual([found, []]);
    }
  });

  it("are missed when their call goes", () => {
    const texts: Texts = {
      "shop/views.py": [login(imports, "start_fresh(request)"), login(imports, "pass")],
    };
    expect(both(texts, { rotationHelpers: ["start_fresh"] })).toEqual([[], found]);
  });
});
