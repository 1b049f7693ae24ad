import { message } from "../model/message.js";
import type { EvidencePair, Judgement, Rule } from "../model/rule.js";
import type { PythonModule } from "../python/syntax/module.js";
import { describeSeconds } from "../settings/evaluate/describe.js";
import { EXPIRY, expiryEvidence, loginsWithoutExpiry } from "../settings/expiry-calls.js";
import { defaultOf, FLAG, flagStrength, secondsOf } from "../settings/facts/strength.js";
import { fixSetting } from "../settings/fixes.js";
import { atMost, flagSeverity, isOnlySpelledOut } from "../settings/flag-severity.js";
import { effectiveSettings } from "../settings/modules/effective-settings.js";
import { settingRule } from "../settings/setting-rule.js";
import { CONCERNS } from "../settings/setting-words.js";

const SETTING = "SESSION_EXPIRE_AT_BROWSER_CLOSE";
const AGE = "SESSION_COOKIE_AGE";
const HOUR = 3_600;

const settingPart: Rule = settingRule({
  meta: {
    id: "session-outlives-browser",
    title: "Sessions survive closing the browser",
    severity: "warning",
    status: "stable",
    suggestion: "safe",
    seed: "Setting this to `True` is generally recommended for increased security, as it limits the lifetime of the session.",
    cwe: [539, 613],
    references: [
      "https://docs.djangoproject.com/en/stable/topics/http/sessions/#browser-length-vs-persistent-sessions",
      "https://cheatsheetseries.owasp.org/cheatsheets/Session_Management_Cheat_Sheet.html#expires-and-max-age-attributes",
    ],
    docs: {
      why: "A cookie with an expiry date is written to disk and is still valid for the next person at the same computer. With True, Django sends it without one.",
      remedy: "Keep `SESSION_EXPIRE_AT_BROWSER_CLOSE = True` where computers are shared.",
      verify:
        "Log in to the application, close the browser completely, and then reopen it. You should be required to log in again. A browser that restores its last windows also restores such cookies.",
      tests: [],
      limits:
        "A `session.set_expiry(0)` that is replaced by a longer one is seen; one that is deleted is not. What comes with * from outside the repository is not known.",
    },
  },
  setting: SETTING,
  concerns: CONCERNS.sessions,
  fixLine: `${SETTING} = True`,
  strengthOf: (value) => flagStrength(SETTING, value),
  describe: (module) => ({ age: describeAge(module), short: String(ageOf(module) <= HOUR) }),
  judge: (base, head, pair) => {
    const inProduction = head.value.kind === "conditional" && head.strength >= FLAG.conditional;
    if (inProduction || isOnlySpelledOut(base, head)) return undefined;
    const isShort = pair.head.values.short === "true" && pair.base?.values.short !== "true";
    const mayLast = head.strength >= FLAG.unknown;
    return {
      severity: isShort ? "notice" : atMost(flagSeverity(base, head), "warning"),
      template: mayLast
        ? "`SESSION_EXPIRE_AT_BROWSER_CLOSE` goes from {base} to {head}: sessions may now survive closing the browser (up to {age})."
        : "Sessions now survive closing the browser (up to {age}): `SESSION_EXPIRE_AT_BROWSER_CLOSE` goes from {base} to {head}.",
      values: { age: pair.head.values.age ?? "" },
    };
  },
});

export const sessionOutlivesBrowser: Rule = {
  ...settingPart,
  detect: (module) => [
    ...settingPart.detect(module),
    ...expiryEvidence(module, ({ seconds }) => (seconds === 0 ? 1 : 0)),
    ...loginsWithoutExpiry(module),
  ],
  judge: (pair) => (pair.head.identity === EXPIRY ? judgeExpiry(pair) : settingPart.judge(pair)),
  suggest: (pair, change) =>
    pair.head.identity === EXPIRY
      ? fixSetting(pair.base, pair.head, change, undefined)
      : (settingPart.suggest?.(pair, change) ?? []),
};

/** Only what takes the place of `set_expiry(0)`: a new call says nothing of what was before. */
function judgeExpiry({ base, head }: EvidencePair): Judgement | undefined {
  if (base === undefined) return undefined;
  const isShorter = Number(head.values.seconds) < Number(defaultOf(AGE));
  return {
    severity: isShorter ? "notice" : "warning",
    confidence: "high",
    message: message("Sessions of this view now survive closing the browser (up to {age}).", {
      age: head.values.value ?? "",
    }),
  };
}

function ageOf(module: PythonModule): number {
  const [found] = effectiveSettings(module, [AGE]).get(AGE) ?? [];
  return (found && secondsOf(AGE, found.value)) ?? Number.POSITIVE_INFINITY;
}

function describeAge(module: PythonModule): string {
  const age = ageOf(module);
  return Number.isFinite(age) ? describeSeconds(age) : "SESSION_COOKIE_AGE";
}
