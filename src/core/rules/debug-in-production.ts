import type { Rule } from "../model/rule.js";
import type { Severity } from "../model/severity.js";
import { readsAsFalse } from "../settings/evaluate/python-functions.js";
import { constantOf } from "../settings/facts/module-value.js";
import { switchStrength } from "../settings/facts/strength.js";
import { environmentOf } from "../settings/modules/class-of-module.js";
import { isDjangoSettings } from "../settings/secret-keys/secret-key.js";
import { type SettingState, settingRule } from "../settings/setting-rule.js";
import { CONCERNS } from "../settings/setting-words.js";

const SETTING = "DEBUG";
/** Modules from which others start: a module of production may still switch it off. */
const STARTED_FROM = /(?:^|[/_])(?:base|common|defaults?|shared)\.py$/;

export const debugInProduction: Rule = settingRule({
  meta: {
    id: "debug-in-production",
    title: "DEBUG can be on in production",
    severity: "error",
    status: "stable",
    suggestion: "safe",
    seed: "This includes verifying the presence and correct values of relevant settings.",
    cwe: [489],
    references: [
      "https://docs.djangoproject.com/en/stable/ref/settings/#debug",
      "https://cheatsheetseries.owasp.org/cheatsheets/Django_Security_Cheat_Sheet.html#general",
    ],
    docs: {
      why: "With `DEBUG` on, an error page shows settings, local variables and the request; before Django 4.2 that includes the visitor's session cookie.",
      remedy: "Set `DEBUG = False`, or read it from a variable whose default is off.",
      verify: "`python manage.py check --deploy` must not print `security.W018`.",
      tests: [],
      limits:
        "Modules whose path says development or test are not read, and a new project, which Django starts with `DEBUG` on, is a notice. What a function returns is not followed.",
    },
  },
  setting: SETTING,
  concerns: CONCERNS.keys,
  againstDefault: true,
  fixLine: `${SETTING} = False`,
  strengthOf: switchStrength,
  appliesTo: isDjangoSettings,
  atRuntime: false,
  describe: ({ path, configuration }) => ({
    module: STARTED_FROM.test(path) ? "base" : environmentOf(path, [path], configuration),
  }),
  judge: (base, head, pair) => {
    if (readsAsFalse(constantOf(head.value) ?? "")) {
      return {
        severity: "warning",
        template:
          "`DEBUG` goes from {base} to {head}: a non-empty string counts as true, so DEBUG is on.",
      };
    }
    return {
      severity: severityOf(base, pair.base === undefined, pair.head),
      template: "`DEBUG` goes from {base} to {head}: it can be on in production.",
    };
  },
});

function severityOf(
  base: SettingState,
  isNew: boolean,
  head: { readonly confidence: string; readonly values: Readonly<Record<string, string>> },
): Severity {
  const { module } = head.values;
  if (isNew) return module === "production" ? "warning" : "notice";
  const sure = head.confidence === "high" && base.value.kind !== "inherited";
  return sure && module !== "base" ? "error" : "warning";
}
