import type { PythonRule } from "../model/rule.js";
import { type CodeKind, codeKind } from "../session/data-facts.js";
import { dataRule } from "../session/data-rule.js";

const TEMPLATES: Readonly<Record<CodeKind, string>> = {
  code: "`{key}` keeps the one-time code itself: whoever reads the session can answer in the visitor's place. Keep an HMAC of it.",
  recovery:
    "`{key}` keeps recovery codes as they are: each of them opens the account without the second factor.",
  seed: "`{key}` keeps the secret of an authenticator app in the session. That is usual while it is being set up; take it out as soon as that is done.",
  "hand-off":
    "`{key}` hands a reset token on through the session. Take it out as soon as it was used.",
};

const PREDICTABLE = " It comes from a predictable generator; draw it with `secrets`.";

export const otpInSession: PythonRule = dataRule({
  category: "otp",
  meta: {
    id: "otp-in-session",
    title: "One-time code kept in the session",
    severity: "warning",
    status: "stable",
    suggestion: "needs-review",
    seed: "The session should *never* store sensitive data like passwords, credit card numbers, or API keys directly in plain text.",
    cwe: [522, 312],
    references: [
      "https://cheatsheetseries.owasp.org/cheatsheets/Multifactor_Authentication_Cheat_Sheet.html",
      "https://cheatsheetseries.owasp.org/cheatsheets/Forgot_Password_Cheat_Sheet.html",
      "https://docs.djangoproject.com/en/stable/topics/http/sessions/#using-cookie-based-sessions",
    ],
    docs: {
      why: "A second factor helps only while the code travels through a channel of its own. Kept as it is, it can be read in the session table and in backups, and with signed cookies by the very person who is asked for it.",
      remedy:
        'Keep `salted_hmac("accounts.otp", code, algorithm="sha256").hexdigest()` and compare with `constant_time_compare()`; or keep the code in the cache or a table and only its handle in the session.',
      verify:
        "Run the view, take the code from the message it sends and look for it in the decoded session.",
      tests: ["no-secret-in-session"],
      testsView: true,
      limits:
        "A code under a key and from a value that say nothing of it. The secret of an authenticator app counts as an enrolment unless the same function draws a code from it. Answers of captchas and challenges of security keys are not meant.",
    },
  },
  describe: (fact) => {
    const kind = codeKind(fact);
    const foretold = kind === "code" && fact.write.facts.predictable;
    return { template: foretold ? TEMPLATES[kind] + PREDICTABLE : TEMPLATES[kind] };
  },
});
