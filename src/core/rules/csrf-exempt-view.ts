import { fixExemption } from "../csrf/exempt-fixes.js";
import { type Exemption, exemptions } from "../csrf/exemptions.js";
import { protectedApiViews } from "../csrf/protected-views.js";
import { takesRequest } from "../csrf/takes-request.js";
import { readEffects, type ViewEffects } from "../csrf/view-effects.js";
import { restoreGuard } from "../login/login-fixes.js";
import type { FileChange } from "../model/change.js";
import { message } from "../model/message.js";
import type { Evidence, EvidencePair, Fix, Judgement, Rule } from "../model/rule.js";
import type { PythonModule } from "../python/syntax/module.js";
import { hasDjangoSessions } from "../session/access/foreign-sessions.js";
import { tokensOf } from "../session/words/tokens.js";

/** A view of an API framework is exempt anyway, and is safer only where it asks for the check itself. */
const STRENGTH = { exempt: 0, unprotected: 1, protected: 2 } as const;

interface Detail {
  readonly exemption: Exemption;
  readonly effects: () => ViewEffects;
}

export const csrfExemptView: Rule = {
  meta: {
    id: "csrf-exempt-view",
    title: "A view accepts forged cross-site requests",
    severity: "error",
    status: "stable",
    suggestion: "safe",
    seed: "Ensure that CSRF protection is properly implemented and enabled.",
    cwe: [352],
    references: [
      "https://docs.djangoproject.com/en/stable/howto/csrf/#disabling-csrf-protection-for-just-a-few-views",
      "https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html",
    ],
    docs: {
      why: "Another site can make the visitor's browser send the form. On a login that puts the visitor into the attacker's account; on a logout, a reset or a change of credentials it acts in the visitor's name.",
      remedy:
        "Remove the exemption and send the token: `{% csrf_token %}` in forms, the X-CSRFToken header from scripts. An endpoint that other servers call verifies a signature instead.",
      verify:
        "Post to the view without a token, as `Client(enforce_csrf_checks=True)` does: the answer must be 403.",
      tests: ["csrf-enforced"],
      testsView: true,
      limits:
        "A view of another module is judged by its name and its URL. Views that neither handle credentials nor write the session are not reported.",
    },
  },

  detect(module: PythonModule): readonly Evidence[] {
    if (!/csrf_?exempt|rest_framework/i.test(module.text) || !hasDjangoSessions(module)) return [];
    const exempt = exemptions(module)
      .filter(({ view }) => view?.kind !== "function" || takesRequest(view))
      .map((exemption) => toEvidence(module, exemption));
    const symbols = new Set(exempt.map(({ symbol }) => symbol));
    const others = protectedApiViews(module)
      .filter(({ symbol }) => !symbols.has(symbol))
      .map(
        ({ view, symbol, guard }): Evidence => ({
          identity: identityOf(view.name),
          symbol,
          strength: guard === undefined ? STRENGTH.unprotected : STRENGTH.protected,
          span: view.span,
          guards: guard === undefined ? [] : [guard],
          confidence: "high",
          values: { view: view.name },
        }),
      );
    return [...exempt, ...others];
  },

  judge({ base, head }: EvidencePair): Judgement | undefined {
    if (head.strength === STRENGTH.unprotected) {
      if (base === undefined) return undefined;
      return { severity: "error", confidence: "high", message: message(UNPROTECTED, head.values) };
    }
    const detail = head.detail as Detail | undefined;
    if (detail === undefined) return undefined;
    const effects = detail.effects();
    if (effects.readOnly || effects.tokenOnly) return undefined;
    const severity = severityOf(effects);
    if (severity === undefined) return undefined;
    const template = effects.credentials === undefined ? WRITES : CREDENTIALS;
    return {
      severity,
      confidence: effects.credentials === "name" ? "medium" : "high",
      message: message(template, head.values),
    };
  },

  suggest({ base, head }: EvidencePair, change: FileChange): readonly Fix[] {
    const detail = head.detail as Detail | undefined;
    if (detail !== undefined) return fixExemption(detail.exemption, change);
    return base?.guards.flatMap((guard) => restoreGuard(guard, change)) ?? [];
  },
};

function toEvidence(module: PythonModule, exemption: Exemption): Evidence {
  const { view, name, symbol, address, span } = exemption;
  const detail: Detail = { exemption, effects: () => readEffects(module, view, name, address) };
  return {
    identity: identityOf(name),
    symbol,
    strength: STRENGTH.exempt,
    span,
    guards: [],
    confidence: "high",
    values: { view: name },
    detail,
  };
}

/** The same view as a function, as a class and in a URL pattern: `login` and `LoginView`. */
function identityOf(name: string): string {
  const words = tokensOf(name).filter((word) => !/^(?:view|api|as)$/.test(word));
  return `csrf ${words.join(" ") || name}`;
}

function severityOf(effects: ViewEffects): Judgement["severity"] | undefined {
  const touches = effects.credentials !== undefined || effects.writesSession;
  if (!touches || (effects.checksSender && effects.federated)) return undefined;
  if (effects.checksSender || effects.federated) return "notice";
  if (effects.credentials === undefined || effects.isDrf) return "warning";
  return "error";
}

const CREDENTIALS =
  "`{view}` accepts forged cross-site requests: another site can make a visitor's browser log in, log out or change credentials through it.";
const WRITES = "`{view}` accepts forged cross-site requests, and it writes the visitor's session.";
const UNPROTECTED =
  "`{view}` no longer asks for a CSRF token: Django REST framework exempts its views, and checks only visitors who are logged in already.";
