import type { PythonRule } from "../model/rule.js";
import { dataRule, spell } from "../session/data-rule.js";

export const personalDataInSession: PythonRule = dataRule({
  category: "personal",
  meta: {
    id: "personal-data-in-session",
    title: "Personal data in the session",
    severity: "notice",
    status: "stable",
    suggestion: "none",
    seed: "(e.g., user ID, email address, preferences)",
    cwe: [359],
    references: [
      "https://docs.djangoproject.com/en/stable/topics/http/sessions/#using-cookie-based-sessions",
      "https://cheatsheetseries.owasp.org/cheatsheets/Session_Management_Cheat_Sheet.html#session-id-content-or-value",
    ],
    docs: {
      why: "E-mail addresses, phone numbers and names are often kept in a session for good reasons. They stay there in clear text as long as the session row does, usually longer than the visit, and are covered by requests for access or deletion.",
      remedy:
        "Keep the id of the record where that is enough, and clear old sessions (manage.py clearsessions) regularly.",
      verify:
        "Identify all data stored in the session. Categorize the sensitivity of each data item.",
      tests: [],
      limits:
        "Told from the words of keys and values. Usual in practice, so it comments only where sessions are kept in signed cookies; it feeds the list of what the session holds.",
    },
  },
  describe: ({ phrases }) => ({
    template: "`{key}` adds personal data ({kind}) to the session.",
    values: { kind: spell(phrases[0] ?? "contact") },
  }),
});
