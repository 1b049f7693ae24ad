import type { Rule } from "../model/rule.js";
import type { AbstractValue } from "../settings/evaluate/value.js";
import { textOf } from "../settings/facts/module-value.js";
import {
  isKey,
  KEPT,
  keyStrength,
  mayHoldKey,
  SECRET_KEY,
  weaknessOf,
} from "../settings/secret-keys/secret-key.js";
import { type SettingState, settingRule } from "../settings/setting-rule.js";
import { CONCERNS } from "../settings/setting-words.js";

const KEY = { sound: 2, weak: 1, trivial: 0 } as const;

const rule = settingRule({
  meta: {
    id: "weak-secret-key",
    title: "SECRET_KEY is weaker than before",
    severity: "error",
    status: "stable",
    suggestion: "none",
    seed: "Django's `SECRET_KEY` is used for cryptographic signing of session data. A strong, unpredictable `SECRET_KEY` is crucial",
    cwe: [321, 331],
    references: [
      "https://docs.djangoproject.com/en/stable/ref/checks/#security",
      "https://cheatsheetseries.owasp.org/cheatsheets/Django_Security_Cheat_Sheet.html#key-management",
    ],
    docs: {
      why: "Sessions in cookies, password-reset links and messages are signed with `SECRET_KEY`. Anyone who guesses it can forge them. Django's checks W009 and W025 ask for 50 characters, 5 different ones, and no key that startproject made.",
      remedy:
        'Make a new key with `python -c "from django.core.management.utils import get_random_secret_key as k; print(k())"` and keep it out of the repository.',
      verify:
        "`python manage.py check --deploy` must not print `security.W009` or `security.W025`.",
      tests: [],
      limits:
        "Only a key in the code that replaces another key in the code is judged: one that moves into the code is hardcoded-secret-key. Keys of other packages are not read.",
    },
  },
  setting: SECRET_KEY,
  concerns: CONCERNS.keys,
  againstDefault: true,
  strengthOf: keyQuality,
  appliesTo: mayHoldKey,
  atRuntime: false,
  judge: (base, head, pair) => {
    const weakness = weaknessOf(textOf(head.value) ?? "");
    if (!isKey(textOf(base.value)) || weakness === undefined) return undefined;
    if (base.strength < KEY.sound && nowComesFromOutside(base, head)) return undefined;
    const sure = head.value.kind === "literal" && pair.head.confidence === "high";
    return {
      severity: sure ? "error" : "warning",
      template: "This SECRET_KEY is weaker than the one it replaces: {reason}.",
      values: { reason: weakness.reason },
    };
  },
});

export const weakSecretKey: Rule = { ...rule, suggest: () => [] };

/** A key that everyone knows is no better than the text that a variable can now replace. */
function nowComesFromOutside(base: SettingState, head: SettingState): boolean {
  return keyStrength(base.value) === KEPT.inCode && keyStrength(head.value) > KEPT.inCode;
}

function keyQuality(value: AbstractValue): number {
  if (value.kind === "choice") return Math.min(...value.options.map(keyQuality));
  const key = textOf(value);
  const weakness = isKey(key) ? weaknessOf(key) : undefined;
  if (weakness === undefined) return KEY.sound;
  return weakness.trivial ? KEY.trivial : KEY.weak;
}
