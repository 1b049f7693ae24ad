import { type AuthenticationUse, uncheckedAuthentication } from "../csrf/session-authentication.js";
import { unenforcedCsrf } from "../csrf/unenforced.js";
import { addedLines } from "../diff/anchors.js";
import { restoreGuard } from "../login/login-fixes.js";
import type { FileChange } from "../model/change.js";
import { message } from "../model/message.js";
import type { Evidence, EvidencePair, Fix, Judgement, Rule } from "../model/rule.js";
import type { PythonModule } from "../python/syntax/module.js";
import { removeStatement } from "../statement-fixes.js";

export const unenforcedDrfCsrf: Rule = {
  meta: {
    id: "unenforced-drf-csrf",
    title: "Session-authenticated API without CSRF check",
    severity: "error",
    status: "stable",
    suggestion: "safe",
    seed: "Ensure that CSRF protection is properly implemented and enabled.",
    cwe: [352],
    references: [
      "https://www.django-rest-framework.org/api-guide/authentication/#sessionauthentication",
      "https://docs.djangoproject.com/en/stable/howto/csrf/#using-csrf-protection-with-ajax",
    ],
    docs: {
      why: "Django REST framework exempts its views from Django's check and makes it itself in `SessionAuthentication`. A subclass that skips it lets every other site call the API in the visitor's name.",
      remedy:
        "Use `SessionAuthentication` as it is and send the X-CSRFToken header; clients without a browser use tokens instead of the session.",
      verify:
        "With a session that is logged in, post to the API without the header: the answer must be 403.",
      tests: ["csrf-enforced-when-logged-in"],
      limits:
        "A class of another module is judged by its name. What an override does beyond returning is not followed.",
    },
  },

  detect(module: PythonModule): readonly Evidence[] {
    return [...uncheckedAuthentication(module), ...unenforcedCsrf(module, "elsewhere")];
  },

  judge({ head }: EvidencePair): Judgement | undefined {
    if (head.identity === "enforce_csrf" || head.identity === "authenticate") {
      if (head.strength > 0) return undefined;
      return { severity: "error", confidence: "high", message: message(OVERRIDDEN, head.values) };
    }
    if (head.identity.startsWith("use of ")) {
      return { severity: "error", confidence: "medium", message: message(USED, head.values) };
    }
    return {
      severity: head.strength > 0 ? "warning" : "error",
      confidence: head.confidence,
      message: message(SWITCHED_OFF, head.values),
    };
  },

  suggest({ base, head }: EvidencePair, change: FileChange): readonly Fix[] {
    const use = head.detail as AuthenticationUse | undefined;
    if (use !== undefined) return useOriginal(use, change);
    const restored = base?.guards.flatMap((guard) => restoreGuard(guard, change)) ?? [];
    return [...restored, ...(head.span === undefined ? [] : removeStatement(head.span, change))];
  },
};

function useOriginal({ name, original }: AuthenticationUse, change: FileChange): readonly Fix[] {
  if (original === undefined || !addedLines(change.hunks).has(name.startLine)) return [];
  const line = change.head.split("\n")[name.startLine - 1] ?? "";
  const at = name.start - (change.head.lastIndexOf("\n", name.start - 1) + 1);
  const fixed = `${line.slice(0, at)}${original}${line.slice(at + name.end - name.start)}`;
  return [{ kind: "replace", startLine: name.startLine, endLine: name.endLine, lines: [fixed] }];
}

const OVERRIDDEN =
  "`{class}` knows visitors by their session and does not check for forged requests: another site can call the API in their name.";
const USED =
  "`{class}`, by its name, does not check for forged requests: another site can call this API with a visitor's session.";
const SWITCHED_OFF = "`{function}` tells Django to skip the CSRF check of this request.";
