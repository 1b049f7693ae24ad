import { describe, expect, it } from "vitest";
import { diffTexts } from "../../../src/core/diff/diff-texts.js";
import type { ChangeSet } from "../../../src/core/model/change.js";
import type { Finding } from "../../../src/core/model/finding.js";
import type { Rule } from "../../../src/core/model/rule.js";
import { credentialInSession } from "../../../src/core/rules/credential-in-session.js";
import { RULES as CATALOGUE } from "../../../src/core/rules/index.js";
import { logoutWithoutFlush } from "../../../src/core/rules/logout-without-flush.js";
import { removedSessionRotation } from "../../../src/core/rules/removed-session-rotation.js";
import { unrotatedLogin } from "../../../src/core/rules/unrotated-login.js";
import { scan } from "../../../src/core/scan.js";
import { loadPython } from "../../../src/grammar/node.js";

const parse = await loadPython();
const RULES = [credentialInSession, logoutWithoutFlush, removedSessionRotation, unrotatedLogin];

function review(base: string, head: string, rules: readonly Rule[] = RULES): readonly Finding[] {
  const path = "accounts/views.py";
  const changeSet: ChangeSet = {
    base: "base",
    head: "head",
    changedFiles: 1,
    files: [
      {
        path,
        basePath: path,
        status: base === "" ? "added" : "modified",
        kind: "file",
        base,
        head,
        hunks: diffTexts(base, head),
      },
    ],
    unscanned: [],
  };
  return scan(changeSet, parse, { rules }).findings;
}

/** Of one cause one rule speaks: these need the whole catalogue to see which. */
function verdictsOfAll(base: string, head: string): string[] {
  return review(base, head, CATALOGUE).map(({ rule, severity }) => `${rule} ${severity}`);
}

function verdicts(base: string, head: string): string[] {
  return review(base, head).map(
    ({ rule, severity, confidence }) => `${rule} ${severity} ${confidence}`,
  );
}

function view(...lines: string[]): string {
  return `def sign_in(request, form, user):\n${lines.map((line) => `    ${line}\n`).join("")}`;
}

describe("credential-in-session", () => {
  const login = `if user.check_password(form.cleaned_data["password"]): pass`;

  it("is an error for a password, a warning for what only a local variable calls one", () => {
    const direct = view(`request.session["password"] = form.cleaned_data["password"]`);
    expect(verdicts("", direct)).toEqual(["credential-in-session error high"]);
    const aliased = view(`pw = form.cleaned_data["password"]`, `request.session["draft"] = pw`);
    expect(verdicts("", aliased)).toEqual(["credential-in-session warning low"]);
  });

  it("is a notice for a hash and nothing for what is encrypted", () => {
    expect(verdicts("", view(`request.session["password"] = make_password(pw)`))).toEqual([
      "credential-in-session notice medium",
    ]);
    expect(verdicts("", view(`request.session["password"] = seal(pw)`))).toEqual([]);
  });

  it("never repeats a value", () => {
    const [finding] = review("", view(login, `request.session["password"] = "hunter2-hunter2"`));
    expect(finding?.rule).toBe("credential-in-session");
    expect(JSON.stringify(finding)).not.toContain("hunter2");
  });
});

describe("unrotated-login", () => {
  it("is sure of a strong key beside a check, less of a key alone", () => {
    const write = `request.session["user_id"] = user.pk`;
    expect(verdicts("", view(write).replace("sign_in", "store"))).toEqual([
      "unrotated-login error medium",
    ]);
    expect(verdicts("", view(`user = authenticate(request)`, write))).toEqual([
      "unrotated-login error high",
    ]);
  });

  it("warns where code of another module may renew the key", () => {
    const head = `from .auth import start_session\n\n\n${view(`start_session(request, user)`, `request.session["user_id"] = user.pk`)}`;
    expect(verdicts("", head)).toEqual(["unrotated-login warning low"]);
  });

  it("reports one login per block, at its clearest key", () => {
    const head = view(
      `user = authenticate(request)`,
      `request.session["username"] = user.username`,
      `request.session["user_id"] = user.pk`,
    );
    const findings = review("", head);
    expect(findings.map((one) => [one.region.startLine, one.message.values.key])).toEqual([
      [4, "user_id"],
    ]);
  });

  it("reports the new one of two paths", () => {
    const base = view(
      `if form.ok:`,
      `    request.session.cycle_key()`,
      `    request.session["user_id"] = user.pk`,
    );
    const head = `${base}    elif form.magic:\n        request.session["user_id"] = form.user.pk\n`;
    expect(verdictsOfAll(base, head)).toEqual(["partly-rotated-login error"]);
  });
});

describe("removed-session-rotation", () => {
  const write = `request.session["user_id"] = user.pk`;

  it("speaks of the deleted line, and not a second time of the login", () => {
    const base = view(`request.session.cycle_key()`, write);
    const [finding, ...others] = review(base, view(write));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      rule: "removed-session-rotation",
      severity: "error",
      region: { side: "LEFT", startLine: 2, endLine: 2 },
    });
  });

  it("speaks of a renewal that can now be skipped by an early return", () => {
    const base = view(write, `request.session.cycle_key()`);
    const head = view(write, `if form.short: return`, `request.session.cycle_key()`);
    expect(verdictsOfAll(base, head)).toEqual(["partly-rotated-login error"]);
  });

  it("speaks of a helper that is told not to renew any more", () => {
    const helper = `def renew(request, rotate=True):\n    if rotate:\n        request.session.cycle_key()\n\n\n`;
    const base = `${helper}${view(`renew(request)`, write)}`;
    const head = `${helper}${view(`renew(request, rotate=False)`, write)}`;
    expect(verdicts(base, head)).toEqual(["removed-session-rotation error high"]);
  });

  it("is silent when the other renewals of the path stay", () => {
    const base = view(`request.session.flush()`, `request.session.cycle_key()`, write);
    expect(verdicts(base, view(`request.session.flush()`, write))).toEqual([]);
  });
});

describe("logout-without-flush", () => {
  const logout = (...lines: string[]) => view(...lines).replace("sign_in", "sign_out");

  it("is an error where the session was ended before, a warning where it never was", () => {
    const forgets = logout(`del request.session["user_id"]`);
    expect(verdicts(logout(`request.session.flush()`), forgets)).toEqual([
      "logout-without-flush error high",
    ]);
    expect(verdicts("", forgets)).toEqual(["logout-without-flush warning high"]);
    expect(verdicts("", logout(`request.session.clear()`))).toEqual([
      "logout-without-flush warning high",
    ]);
  });

  it("sees a loop over all keys and a flush on one path only", () => {
    for (const lines of [
      [`for key in list(request.session.keys()):`, `    del request.session[key]`],
      [`if form.all:`, `    request.session.flush()`, `request.session.pop("user_id", None)`],
    ]) {
      expect(verdicts("", logout(...lines))).toEqual(["logout-without-flush warning high"]);
    }
  });

  it("leaves a method that is not called to the rule on lines that do nothing", () => {
    const head = logout(`request.session.pop("user_id", None)`, `request.session.flush`);
    expect(verdictsOfAll("", head)).toContain("ineffective-session-rotation error");
  });

  it("takes a function that forgets the identity and shows the login page for a logout", () => {
    const head = `def leave(request):\n    del request.session["user_id"]\n    return redirect("/login/")\n`;
    expect(verdicts("", head)).toEqual(["logout-without-flush warning high"]);
  });
});

describe("each session rule", () => {
  it.each(RULES.map((rule): [string, Rule] => [rule.meta.id, rule]))(
    "%s is documented",
    (_, { meta }) => {
      const { why, remedy, verify, limits, tests } = meta.docs;
      for (const text of [meta.title, meta.seed, why, remedy, verify, limits]) {
        expect(text.length).toBeGreaterThan(10);
      }
      expect(meta.title).not.toMatch(/\.$/);
      expect(tests.length).toBeGreaterThan(0);
      expect(meta.cwe.length).toBeGreaterThan(0);
      expect(meta.references.every((url) => url.startsWith("https://"))).toBe(true);
    },
  );
});
