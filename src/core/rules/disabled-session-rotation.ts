import { message } from "../model/message.js";
import type { Evidence, EvidencePair, Judgement, Rule } from "../model/rule.js";
import type { PythonModule } from "../python/syntax/module.js";
import { type KeyMaker, keyMakers } from "../session-key/key-makers.js";

export const disabledSessionRotation: Rule = {
  meta: {
    id: "disabled-session-rotation",
    title: "Session keys are no longer renewed safely",
    severity: "error",
    status: "stable",
    suggestion: "none",
    seed: "Confirm that your Django settings are not overriding the default session behavior.",
    cwe: [384],
    references: [
      "https://docs.djangoproject.com/en/stable/topics/http/sessions/#extending-database-backed-session-engines",
      "https://cheatsheetseries.owasp.org/cheatsheets/Session_Management_Cheat_Sheet.html#session-id-properties",
    ],
    docs: {
      why: "`login()` and `logout()` rely on `cycle_key()`, `flush()` and `create()` of the session engine. An engine of the project's own in which they do nothing, or keep the old key, undoes them for every login of the site; keys that are short or made by a predictable generator can be guessed.",
      remedy:
        "Call `super()` in the override, or leave the method out. Make keys with `secrets` or `get_random_string(32)`.",
      verify:
        "Log in, and see that the session ID has changed; log out, send the old cookie, and see that nobody is logged in.",
      tests: ["new-key-at-login"],
      limits:
        "An engine is recognised by the name of its base class. A method that takes the place of another and stands in another module is trusted.",
    },
  },

  detect(module: PythonModule): readonly Evidence[] {
    return keyMakers(module).map((maker) => ({
      identity: maker.method,
      symbol: maker.scope.symbol,
      strength: maker.defect === undefined ? 1 : 0,
      span: maker.span,
      guards: maker.guards,
      confidence: "high",
      values: { method: maker.method },
      detail: maker,
    }));
  },

  judge({ head }: EvidencePair): Judgement | undefined {
    const { defect } = head.detail as KeyMaker;
    if (defect === undefined) return undefined;
    return {
      severity: "error",
      confidence: head.confidence,
      message: message(TEMPLATES[defect], head.values),
    };
  },
};

const TEMPLATES: Readonly<Record<Exclude<KeyMaker["defect"], undefined>, string>> = {
  idle: "`{method}` is overridden so that the session key no longer changes: every login and logout of the site relies on it.",
  guessable: "`{method}` now makes session keys that can be guessed.",
  restored: "A receiver of `{method}` puts the old session key back after the login.",
};
