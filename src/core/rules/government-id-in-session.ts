import type { PythonRule } from "../model/rule.js";
import { dataRule, spell } from "../session/data-rule.js";

export const governmentIdInSession: PythonRule = dataRule({
  category: "government-id",
  meta: {
    id: "government-id-in-session",
    title: "Government identifier in the session",
    severity: "error",
    status: "stable",
    suggestion: "none",
    seed: "Determine whether each item is sensitive",
    cwe: [312, 359],
    references: [
      "https://cheatsheetseries.owasp.org/cheatsheets/Session_Management_Cheat_Sheet.html#session-id-content-or-value",
      "https://docs.djangoproject.com/en/stable/topics/http/sessions/#using-cookie-based-sessions",
    ],
    docs: {
      why: "A social security, tax or passport number cannot be changed like a password. In the session it is kept in clear text in the session table, in dumps and backups, outside the access control of the record it belongs to.",
      remedy:
        "Store it in its record, under access control, and keep the id of that record in the session; or encrypt it before it is stored.",
      verify: "Run the view with a known number and look for it in the decoded session.",
      tests: ["no-secret-in-session"],
      testsView: true,
      limits:
        "Numbers under a key and from a value that say nothing of it. Short names that mean other things as well (tin, sin, rut) count only when the value says the same.",
    },
  },
  describe: ({ phrases }) => ({
    template:
      "`{key}` puts a government identifier ({kind}) into the session: it is readable in every session row, dump and backup.",
    values: { kind: spell(phrases[0] ?? "number") },
  }),
});
