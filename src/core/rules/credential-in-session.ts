import { logsIn } from "../login/paths/django-logins.js";
import { message } from "../model/message.js";
import type { Evidence, EvidencePair, Fix, Judgement, Rule } from "../model/rule.js";
import type { PythonModule } from "../python/syntax/module.js";
import { isKeyRead } from "../session/access/key-reads.js";
import { NAMED_BY_CONFIGURATION } from "../session/classify/class-of-write.js";
import { dataFacts, HASHED, PROTECTED } from "../session/data-facts.js";
import { sayOfData, toEvidence, withArticle } from "../session/data-rule.js";
import { isWholeLines } from "../session/writes/whole-lines.js";
import type { SessionWrite } from "../session/writes/writes.js";
import { keepsSessionsInCookies } from "../settings/sessions/session-engine.js";

/** For `judge` and `suggest`. */
interface Detail {
  readonly readable: boolean;
  readonly inCookie: () => boolean;
  readonly removal: Removal | undefined;
}

/** What `suggest` needs: whole lines that can go without changing anything else. */
interface Removal {
  readonly startLine: number;
  readonly endLine: number;
}

export const credentialInSession: Rule = {
  meta: {
    id: "credential-in-session",
    title: "Password or other secret kept in the session",
    severity: "error",
    status: "stable",
    suggestion: "needs-review",
    seed: "The session should *never* store sensitive data like passwords, credit card numbers, or API keys directly in plain text.",
    cwe: [256, 312, 522],
    references: [
      "https://docs.djangoproject.com/en/stable/topics/http/sessions/#using-cookie-based-sessions",
      "https://cheatsheetseries.owasp.org/cheatsheets/Session_Management_Cheat_Sheet.html#session-id-content-or-value",
    ],
    docs: {
      why: "Anyone who can read the session table or a backup has a working password, often one that is used elsewhere too. With signed cookies it is readable in the browser.",
      remedy:
        "Do not keep the password. In a sign-up with several steps, create the user as inactive, call `user.set_password()`, and keep only the user's id. For another system, exchange the password for a token at once.",
      verify:
        "Identify all data stored in the session. Categorize the sensitivity of each data item. Store a known password through the view and look for it in the decoded session.",
      tests: ["no-secret-in-session"],
      testsView: true,
      limits:
        "Keys that the code computes, values that come from another module and forms stored as a whole are not recognised by this rule.",
    },
  },

  detect(module: PythonModule): readonly Evidence[] {
    return dataFacts(module)
      .filter(({ category }) => category === "credential")
      .map((fact) => {
        const { write, readable } = fact;
        const detail: Detail = {
          readable: readable !== undefined,
          inCookie: () => keepsSessionsInCookies(module),
          removal: removalOf(write),
        };
        return toEvidence(fact, { key: write.key, kind: kindOf(fact.phrases) }, detail);
      });
  },

  judge({ base, head }: EvidencePair): Judgement | undefined {
    const { readable, inCookie } = head.detail as Detail;
    if (base !== undefined || readable || head.strength >= PROTECTED) return undefined;
    const { confidence, values } = head;
    if (head.strength === HASHED) {
      // A hash that visitors hold can be tried by all of them.
      if (inCookie())
        return sayOfData({ severity: "warning", confidence, template: HASH, values }, inCookie);
      return { severity: "notice", confidence, message: message(HASH, values) };
    }
    const severity = confidence === "low" ? "warning" : "error";
    return sayOfData({ severity, confidence, template: NEW, values }, inCookie);
  },

  suggest({ base, head }: EvidencePair): readonly Fix[] {
    const { removal } = head.detail as Detail;
    return base === undefined && removal !== undefined ? [{ kind: "remove", ...removal }] : [];
  },
};

const HASH =
  "`{key}` keeps the hash of {kind} in the session store: whoever reads a session row can try passwords against it offline.";
const NEW =
  "`{key}` keeps {kind} in the session store. Session rows are encoded, not encrypted: it stays readable there until the session expires, and in every dump and backup.";

function kindOf(phrases: readonly string[]): string {
  const phrase = phrases[0] ?? "password";
  if (phrase === NAMED_BY_CONFIGURATION) return "what the configuration calls sensitive";
  return /pin|passphrase|passcode|answer/.test(phrase) ? withArticle(phrase) : "a password";
}

/**
 * A write beside `login()` whose key nobody reads in this file has no use: the line can go. It must
 * stand alone on its lines.
 */
function removalOf(write: SessionWrite): Removal | undefined {
  const { scope, statement, path } = write;
  const [key] = path;
  if (path.length !== 1 || key?.kind !== "literal" || statement.kind !== "assignment")
    return undefined;
  if (statement.targets.length !== 1 || !logsIn(scope)) return undefined;
  const { startLine, endLine } = statement.span;
  if (!isWholeLines(write) || isKeyRead(scope.module, key.text)) return undefined;
  return { startLine, endLine };
}
