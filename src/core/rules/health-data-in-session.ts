import type { PythonRule } from "../model/rule.js";
import { dataRule, spell } from "../session/data-rule.js";

const HOLDS =
  "`{key}` puts health or special-category data ({kind}) into the session: it is readable in every session row, dump and backup.";
const RECORD = "`{key}` keeps the id of a health record in the session.";

export const healthDataInSession: PythonRule = dataRule({
  category: "health",
  meta: {
    id: "health-data-in-session",
    title: "Health or special-category data in the session",
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
      why: "Diagnoses, religion and sexual orientation have special protection in most privacy laws. In the session they are kept in clear text in the session table, in dumps and backups, outside the access control of the record they belong to.",
      remedy:
        "Store the record in the database under access control and keep its id in the session; or encrypt the value before it is stored.",
      verify: "Run the view with a known value and look for it in the decoded session.",
      tests: ["no-secret-in-session"],
      testsView: true,
      limits:
        "Data under a key and from a value that say nothing of it. Filters, choices of a list and ids of records are not meant, or are noticed only.",
    },
  },
  describe: ({ phrases, record }) => ({
    template: record ? RECORD : HOLDS,
    values: { kind: spell(phrases[0] ?? "health") },
  }),
});
