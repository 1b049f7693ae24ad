import { message } from "../model/message.js";
import type { EvidencePair, Judgement, Rule } from "../model/rule.js";
import type { Severity } from "../model/severity.js";
import { textOf } from "../settings/facts/module-value.js";
import { answersOnlyItself } from "../settings/local-only.js";
import {
  FALLBACK,
  fallbackKeys,
  SIGNING_KEY,
  signingKeys,
} from "../settings/secret-keys/committed-keys.js";
import {
  isDjangoSettings,
  isGenerated,
  KEPT,
  keyStrength,
  mayHoldKey,
  SECRET_KEY,
} from "../settings/secret-keys/secret-key.js";
import {
  type SettingJudgement,
  type SettingState,
  settingRule,
  settingStateOf,
} from "../settings/setting-rule.js";
import { CONCERNS } from "../settings/setting-words.js";

const LEAKED =
  "treat the committed value as leaked, make a new key and keep the old one out of SECRET_KEY_FALLBACKS.";

const keyRule = settingRule({
  meta: {
    id: "hardcoded-secret-key",
    title: "SECRET_KEY is now in the repository",
    severity: "error",
    status: "stable",
    suggestion: "needs-review",
    seed: "Ensure this key is kept secret and is not exposed in your codebase.",
    cwe: [798, 321],
    references: [
      "https://docs.djangoproject.com/en/stable/ref/settings/#secret-key",
      "https://cheatsheetseries.owasp.org/cheatsheets/Django_Security_Cheat_Sheet.html#key-management",
    ],
    docs: {
      why: "Everyone who can read the repository, or a copy of it, can sign sessions in cookies, password-reset links and messages as the site does. A key that was committed once stays in the history.",
      remedy:
        'Read it from the environment, with no default: `SECRET_KEY = os.environ["DJANGO_SECRET_KEY"]`. A key that was committed has to be replaced.',
      verify:
        "`git grep` for the assignment; `python manage.py check --deploy` must not print `security.W009` or `security.W025`.",
      tests: [],
      limits:
        "A key that a function returns or that is put together from pieces is not recognised. Development and test settings are not read.",
    },
  },
  setting: SECRET_KEY,
  concerns: CONCERNS.keys,
  againstDefault: true,
  strengthOf: keyStrength,
  appliesTo: mayHoldKey,
  atRuntime: false,
  describe: (module) => ({
    django: isDjangoSettings(module) ? "yes" : "perhaps",
    serves: answersOnlyItself(module) ? "itself" : "others",
  }),
  judge: judgeKey,
});

export const hardcodedSecretKey: Rule = {
  ...keyRule,
  detect: (module) => [...keyRule.detect(module), ...fallbackKeys(module), ...signingKeys(module)],
  judge: (pair) => {
    const { identity } = pair.head;
    return identity === FALLBACK || identity === SIGNING_KEY
      ? judgeCommitted(pair)
      : keyRule.judge(pair);
  },
  suggest: (pair, change) => {
    const state = pair.base && settingStateOf(pair.base);
    const hadNone = state?.value.kind === "literal";
    return hadNone ? [] : (keyRule.suggest?.(pair, change) ?? []);
  },
};

function judgeKey(
  base: SettingState,
  head: SettingState,
  pair: EvidencePair,
): SettingJudgement | undefined {
  const isNew = pair.base === undefined || !base.written;
  const isDjango = pair.head.values.django === "yes";
  if (isNew && !isDjango) return undefined;
  if (head.strength === KEPT.asDefault) {
    return {
      severity: isNew ? "notice" : "warning",
      template:
        "SECRET_KEY now falls back to a string in the code: where the variable is missing, the site runs with a key that everyone who reads the repository knows.",
    };
  }
  if (isNew && isGenerated(textOf(head.value) ?? "")) {
    return {
      severity: "warning",
      template:
        "The SECRET_KEY that Django made for development is in the repository: production has to get another one from its environment.",
    };
  }
  if (pair.base === undefined && pair.head.values.serves === "itself") {
    return {
      severity: "notice",
      template:
        "SECRET_KEY is in the repository. With these settings the site answers nobody but its own machine: it needs another key before it serves others.",
    };
  }
  return {
    severity: severityOf(base, isNew || !isDjango, pair),
    template: `SECRET_KEY is now in the repository: ${LEAKED}`,
  };
}

/** An error where a real key was kept elsewhere; an empty text or the place of a key is none. */
function severityOf(base: SettingState, unsure: boolean, pair: EvidencePair): Severity {
  const wasNone = base.value.kind === "literal" || base.value.kind === "inherited";
  const wasElsewhere = base.strength === KEPT.outside && !wasNone;
  return wasElsewhere && !unsure && pair.head.confidence === "high" ? "error" : "warning";
}

function judgeCommitted({ base, head }: EvidencePair): Judgement | undefined {
  if (base !== undefined) return undefined;
  return {
    severity: "error",
    confidence: head.confidence,
    message:
      head.identity === FALLBACK
        ? message(
            "A key in SECRET_KEY_FALLBACKS is in the repository: everyone who reads it can still sign sessions and password-reset links.",
          )
        : message(
            "The key that `{call}` signs with is in the repository: everyone who reads it can forge the signature.",
            { call: head.values.call ?? "" },
          ),
  };
}
