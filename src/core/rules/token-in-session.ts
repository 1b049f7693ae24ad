import type { PythonRule } from "../model/rule.js";
import { isLongLived } from "../session/data-facts.js";
import { dataRule, withArticle } from "../session/data-rule.js";

const HOLDS =
  "`{key}` keeps {kind} in the session store in clear text: whoever reads a session row, a backup or a dump can use it as this visitor.";

export const tokenInSession: PythonRule = dataRule({
  category: "token",
  meta: {
    id: "token-in-session",
    title: "Token or key kept in the session",
    severity: "error",
    status: "stable",
    suggestion: "needs-review",
    seed: "The session should *never* store sensitive data like passwords, credit card numbers, or API keys directly in plain text.",
    cwe: [312, 522],
    references: [
      "https://docs.djangoproject.com/en/stable/topics/http/sessions/#using-cookie-based-sessions",
      "https://cheatsheetseries.owasp.org/cheatsheets/Secrets_Management_Cheat_Sheet.html",
      "https://cheatsheetseries.owasp.org/cheatsheets/OAuth2_Cheat_Sheet.html",
    ],
    docs: {
      why: "Rows of the database, cache and file back ends are encoded, not encrypted. A refresh token or an API key in them opens another service for months; an access token for minutes or hours. Signed cookies hand it to the client.",
      remedy:
        "Keep the token in a model of its own, encrypted, and only its id in the session; or encrypt it with a key from the environment (cryptography's Fernet) before it is stored. Keep no refresh token where an access token is enough.",
      verify: "Run the view with a known token and look for it in the decoded session.",
      tests: ["no-secret-in-session"],
      testsView: true,
      limits:
        "Tokens under a key and from a value that say nothing of it, and tokens inside objects of other modules. With sessions in signed cookies it is an error throughout, where the settings can be found from manage.py. Tokens of a cart, a form or a protocol handshake are not meant.",
    },
  },
  describe: ({ phrases }) => {
    const phrase = phrases.find((one) => isLongLived([one])) ?? phrases[0] ?? "token";
    return { template: HOLDS, values: { kind: kindOf(phrase) } };
  },
});

function kindOf(phrase: string): string {
  if (phrase === "token response") return "the whole answer of the authorisation server";
  return /s$/.test(phrase) && !/ss$/.test(phrase) ? phrase : withArticle(phrase);
}
