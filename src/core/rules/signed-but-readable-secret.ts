import type { Evidence, EvidencePair, Judgement, PythonRule } from "../model/rule.js";
import type { Severity } from "../model/severity.js";
import type { PythonModule } from "../python/syntax/module.js";
import { dataFacts, severityOf } from "../session/data-facts.js";
import { sayOfData, spell, toEvidence } from "../session/data-rule.js";
import { keepsSessionsInCookies } from "../settings/sessions/session-engine.js";

/** For `judge`; undefined when the value is stored as it is, which other rules say. */
interface Detail {
  readonly severity: Severity;
  readonly inCookie: () => boolean;
}

export const signedButReadableSecret: PythonRule = {
  meta: {
    id: "signed-but-readable-secret",
    title: "Secret that is signed or encoded, not encrypted",
    severity: "error",
    status: "stable",
    suggestion: "needs-review",
    seed: "Django's `signing` module can be used to sign session data, preventing tampering.",
    cwe: [311, 312],
    references: [
      "https://docs.djangoproject.com/en/stable/topics/signing/",
      "https://cheatsheetseries.owasp.org/cheatsheets/Cryptographic_Storage_Cheat_Sheet.html",
    ],
    docs: {
      why: "Signing keeps a value from being changed, not from being read: the payload of `django.core.signing` is base64. Encoding and compressing hide nothing, and a plain hash of a short code or number is undone by trying all of them.",
      remedy:
        "Encrypt the value (cryptography's Fernet with keys from the environment), keep a keyed hash of a code (salted_hmac), or keep it out of the session.",
      verify:
        '`base64.urlsafe_b64decode(value.split(":")[0] + "==")` shows what `signing.dumps()` was given, without any key.',
      tests: [],
      limits:
        "The call has to stand in the expression that is stored, or one local variable before it.",
    },
  },

  detect(module: PythonModule): readonly Evidence[] {
    return dataFacts(module).flatMap((fact) => {
      if (fact.category === "personal" || fact.record) return [];
      const severity = severityOf(fact);
      const inCookie = () => keepsSessionsInCookies(module);
      const detail: Detail | undefined = fact.readable ? { severity, inCookie } : undefined;
      const values = {
        key: fact.write.key,
        call: `${fact.readable ?? ""}()`,
        kind: spell(fact.phrases[0] ?? "secret"),
      };
      return [toEvidence(fact, values, detail)];
    });
  },

  judge({ head }: EvidencePair): Judgement | undefined {
    const detail = head.detail as Detail | undefined;
    if (detail === undefined) return undefined;
    const template =
      "`{call}` signs, encodes or plainly hashes what is stored under `{key}` ({kind}), but anyone who sees it can read it.";
    const { confidence, values } = head;
    return sayOfData({ severity: detail.severity, confidence, template, values }, detail.inCookie);
  },
};
