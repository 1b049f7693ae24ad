import type { PythonRule } from "../model/rule.js";
import { isNeverKept } from "../session/data-facts.js";
import { dataRule, spell } from "../session/data-rule.js";

const HOLDS =
  "`{key}` puts card or account data ({kind}) into the session: it is readable in every session row, dump and backup.";
const NEVER =
  "`{key}` puts a card's security code ({kind}) into the session. It must not be kept once the payment was authorised, not even encrypted.";

export const paymentDataInSession: PythonRule = dataRule({
  category: "payment",
  meta: {
    id: "payment-data-in-session",
    title: "Card or account data in the session",
    severity: "error",
    status: "stable",
    suggestion: "none",
    seed: "The session should *never* store sensitive data like passwords, credit card numbers, or API keys directly in plain text.",
    cwe: [311, 312],
    references: [
      "https://cheatsheetseries.owasp.org/cheatsheets/Session_Management_Cheat_Sheet.html#session-id-content-or-value",
      "https://docs.djangoproject.com/en/stable/topics/http/sessions/#using-cookie-based-sessions",
    ],
    docs: {
      why: "Session rows are encoded, not encrypted, and live for weeks. A card number in them brings the session table, its backups and everyone who reads them into the scope of the card networks' rules (PCI DSS); a security code must not be stored at all.",
      remedy:
        "Let the payment provider take the card in the browser and keep only the provider's token or the last four digits. An account number that must be kept belongs encrypted into a table of its own.",
      verify: "Pay with 4111111111111111 and look for that number in the decoded session.",
      tests: ["no-secret-in-session"],
      testsView: true,
      limits:
        "Card data under a key and from a value that say nothing of it. Tokens and ids of payment providers, last digits, brands and balances are not meant.",
    },
  },
  describe: ({ category, phrases }) => ({
    template: isNeverKept(category, phrases) ? NEVER : HOLDS,
    values: { kind: spell(phrases[0] ?? "card") },
  }),
});
