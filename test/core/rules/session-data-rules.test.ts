import { describe, expect, it } from "vitest";
import { diffTexts } from "../../../src/core/diff/diff-texts.js";
import type { ChangeSet } from "../../../src/core/model/change.js";
import { fillMessage } from "../../../src/core/model/message.js";
import type { Rule } from "../../../src/core/model/rule.js";
import { credentialInSession } from "../../../src/core/rules/credential-in-session.js";
import { governmentIdInSession } from "../../../src/core/rules/government-id-in-session.js";
import { healthDataInSession } from "../../../src/core/rules/health-data-in-session.js";
import { otpInSession } from "../../../src/core/rules/otp-in-session.js";
import { paymentDataInSession } from "../../../src/core/rules/payment-data-in-session.js";
import { personalDataInSession } from "../../../src/core/rules/personal-data-in-session.js";
import { removedSessionEncryption } from "../../../src/core/rules/removed-session-encryption.js";
import { signedButReadableSecret } from "../../../src/core/rules/signed-but-readable-secret.js";
import { tokenInSession } from "../../../src/core/rules/token-in-session.js";
import { wholeFormInSession } from "../../../src/core/rules/whole-form-in-session.js";
import { scan } from "../../../src/core/scan.js";
import { loadPython } from "../../../src/grammar/node.js";

const parse = await loadPython();
const RULES: readonly Rule[] = [
  credentialInSession,
  governmentIdInSession,
  healthDataInSession,
  otpInSession,
  paymentDataInSession,
  personalDataInSession,
  removedSessionEncryption,
  signedButReadableSecret,
  tokenInSession,
  wholeFormInSession,
];

function review(base: string, head: string) {
  const path = "accounts/views.py";
  const file = { path, basePath: path, status: "modified", kind: "file" } as const;
  const changeSet: ChangeSet = {
    base: "base",
    head: "head",
    changedFiles: 1,
    files: [{ ...file, base, head, hunks: diffTexts(base, head) }],
    unscanned: [],
  };
  return scan(changeSet, parse, { rules: RULES }).findings;
}

function view(...lines: string[]): string {
  return `def connect(request, form):\n${["pass", ...lines].map((line) => `    ${line}\n`).join("")}`;
}

function verdictOf(...lines: string[]): string {
  return review(view(), view(...lines))
    .map(({ rule, severity }) => `${rule} ${severity}`)
    .join(", ");
}

describe("what is newly stored is as grave as what it opens", () => {
  it.each([
    [`request.session["refresh_token"] = opaque()`, "token-in-session error"],
    [`request.session["api_key"] = opaque()`, "token-in-session error"],
    [`request.session["private_key"] = opaque()`, "token-in-session error"],
    [`request.session["client_secret"] = opaque()`, "token-in-session error"],
    [`request.session["token"] = oauth.fetch_token(url)`, "token-in-session error"],
    [`request.session["access_token"] = opaque()`, "token-in-session warning"],
    [`request.session["id_token"] = opaque()`, "token-in-session warning"],
    [
      `if settings.OIDC_STORE_ID_TOKEN: request.session["id_token"] = opaque()`,
      "token-in-session notice",
    ],
    [`if request.user: request.session["id_token"] = opaque()`, "token-in-session warning"],
    [
      `if settings.OIDC_STORE_ID_TOKEN: request.session["api_key"] = opaque()`,
      "token-in-session error",
    ],
    [`request.session["otp"] = opaque()`, "otp-in-session warning"],
    [`request.session["backup_codes"] = opaque()`, "otp-in-session error"],
    [`request.session["totp_secret"] = pyotp.random_base32()`, "otp-in-session notice"],
    [`request.session["_password_reset_token"] = opaque()`, "otp-in-session notice"],
    [`request.session["cvv"] = seal(cvv)`, "payment-data-in-session error"],
    [`request.session["iban"] = seal(iban)`, ""],
    [`request.session["ssn"] = opaque()`, "government-id-in-session error"],
    [`request.session["diagnosis"] = opaque()`, "health-data-in-session error"],
    [`request.session["diagnosis_id"] = diagnosis.pk`, "health-data-in-session notice"],
    [`request.session["email"] = opaque()`, "personal-data-in-session notice"],
    [`request.session["password"] = opaque()`, "credential-in-session error"],
    [`request.session["password"] = make_password(x)`, "credential-in-session notice"],
    [
      `request.session["otp"] = TimestampSigner().sign(opaque())`,
      "signed-but-readable-secret warning",
    ],
    [`request.session["api_key"] = signing.dumps(opaque())`, "signed-but-readable-secret error"],
    [`request.session["signup"] = request.POST`, "whole-form-in-session warning"],
    [`request.session["search"] = form.cleaned_data`, "whole-form-in-session notice"],
  ])("%s: %s", (statement, expected) => {
    expect(verdictOf(statement)).toBe(expected);
  });
});

describe("a protection that is lost", () => {
  it("is said once, and names what it was", () => {
    const [finding, ...others] = review(
      view(`request.session["password"] = seal(form.cleaned_data["password"])`),
      view(`request.session["password"] = form.cleaned_data["password"]`),
    );
    expect(others).toEqual([]);
    expect(finding?.rule).toBe("removed-session-encryption");
    expect(finding && fillMessage(finding.message, (value) => value)).toBe(
      "`password` was encrypted before this change and is now stored in clear text.",
    );
  });

  it("is said once, too, when the value is only signed now", () => {
    const found = review(
      view(`request.session["api_key"] = seal(form.cleaned_data["api_key"])`),
      view(`request.session["api_key"] = signing.dumps(form.cleaned_data["api_key"])`),
    );
    expect(found.map(({ rule }) => rule)).toEqual(["signed-but-readable-secret"]);
  });
});

describe("messages", () => {
  it("tell a generator that can be foretold from one that cannot", () => {
    const say = (call: string) =>
      review(
        "",
        `import random\nimport secrets\n\n\n${view(`request.session["otp_code"] = ${call}`)}`,
      )
        .map(({ message }) => message.template)
        .join();
    expect(say("random.randint(100000, 999999)")).toContain("predictable");
    expect(say("secrets.randbelow(1000000)")).not.toContain("predictable");
    expect(say("secrets.randbelow(1000000)")).toContain("one-time code");
  });

  it.each(["api_key", "password", "otp", "card_number"])("never repeat a value of %s", (key) => {
    const found = review(view(), view(`request.session["${key}"] = "hunter2-hunter2"`));
    expect(found).toHaveLength(1);
    expect(JSON.stringify(found)).not.toContain("hunter2");
  });
});
