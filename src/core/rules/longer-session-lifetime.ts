import { message } from "../model/message.js";
import type { Evidence, EvidencePair, Judgement, Rule } from "../model/rule.js";
import { atLeast, type Severity } from "../model/severity.js";
import type { PythonModule } from "../python/syntax/module.js";
import { describeSeconds } from "../settings/evaluate/describe.js";
import { EXPIRY, expiryEvidence } from "../settings/expiry-calls.js";
import { defaultOf, lifetimeStrength } from "../settings/facts/strength.js";
import { type SettingJudgement, type SettingState, settingRule } from "../settings/setting-rule.js";
import { CONCERNS } from "../settings/setting-words.js";

const SETTING = "SESSION_COOKIE_AGE";
const DAY = 86_400;
const LONGER =
  "Session lifetime grows from {from_age} to {to_age}: a stolen cookie stays usable longer.";

const settingPart: Rule = settingRule({
  meta: {
    id: "longer-session-lifetime",
    title: "Sessions live longer",
    severity: "warning",
    status: "stable",
    suggestion: "safe",
    seed: "A shorter duration reduces the window of opportunity for an attacker to hijack a session.",
    cwe: [613],
    references: [
      "https://docs.djangoproject.com/en/stable/ref/settings/#session-cookie-age",
      "https://cheatsheetseries.owasp.org/cheatsheets/Session_Management_Cheat_Sheet.html#session-expiration",
    ],
    docs: {
      why: "A stolen session cookie can be used until the session expires. Django's default is two weeks.",
      remedy:
        "Keep the shorter lifetime, or give the longer one only to sessions that asked to be remembered.",
      verify:
        'Check the "Expires / Max-Age" value of the session cookie in the browser\'s developer tools.',
      tests: [],
      limits:
        "A `session.set_expiry()` is compared with the call it replaces; what a new one replaces is not known beyond Django's default. A value that cannot be computed from the text is listed in the session posture and not judged.",
    },
  },
  setting: SETTING,
  concerns: CONCERNS.sessions,
  strengthOf: (value) => lifetimeStrength(SETTING, value),
  describe: allowedAge,
  judge: (base, head, pair) => {
    const from = -base.strength;
    const to = -head.strength;
    if (from === 0) return undefined;
    return withinPolicy(to, pair.head, {
      severity: severityOf(from, to, head),
      template: LONGER,
      values: {
        from_age: ageOf(base, from),
        to_age: ageOf(head, to),
      },
    });
  },
});

export const longerSessionLifetime: Rule = {
  ...settingPart,
  detect: (module) => [
    ...settingPart.detect(module),
    ...expiryEvidence(module, ({ seconds }) => -seconds).map((fact) => ({
      ...fact,
      values: { ...fact.values, ...allowedAge(module) },
    })),
  ],
  judge: (pair) => (pair.head.identity === EXPIRY ? judgeExpiry(pair) : settingPart.judge(pair)),
};

/** A new call is compared with Django's default; it may be for those who asked to be remembered. */
function judgeExpiry({ base, head }: EvidencePair): Judgement | undefined {
  const from = base ? Number(base.values.seconds) : Number(defaultOf(SETTING));
  const to = Number(head.values.seconds);
  if (from === 0 || to <= from) return undefined;
  const judged = withinPolicy(to, head, {
    severity: base ? growth(from, to) : "notice",
    template: LONGER,
    values: {
      from_age: base?.values.value ?? "SESSION_COOKIE_AGE",
      to_age: head.values.value ?? "",
    },
  });
  return (
    judged && {
      severity: judged.severity,
      confidence: base ? "high" : "medium",
      message: message(judged.template, judged.values),
    }
  );
}

/** The longest lifetime that the configuration allows, for `judge`, which sees no module. */
function allowedAge({ configuration: { maxSessionAge } }: PythonModule): Record<string, string> {
  return maxSessionAge === undefined ? {} : { allowed_seconds: String(maxSessionAge) };
}

/** What the owners allow is their decision, what goes beyond it is worse than growth alone. */
function withinPolicy(
  seconds: number,
  { values }: Evidence,
  judgement: SettingJudgement,
): SettingJudgement | undefined {
  if (values.allowed_seconds === undefined) return judgement;
  const allowed = Number(values.allowed_seconds);
  if (seconds <= allowed) return undefined;
  return {
    severity: atLeast(judgement.severity, "warning") ? judgement.severity : "warning",
    template: `${judgement.template} The configuration allows {allowed_age}.`,
    values: { ...judgement.values, allowed_age: describeSeconds(allowed) },
  };
}

function severityOf(from: number, to: number, head: SettingState): Severity {
  const isGone = !head.written && from <= DAY;
  return isGone && to >= from * 1.5 ? "error" : growth(from, to);
}

function growth(from: number, to: number): Severity {
  if (to < from * 1.5) return "notice";
  return to > 30 * DAY && to >= 2 * from ? "error" : "warning";
}

function ageOf(state: SettingState, seconds: number): string {
  const age = describeSeconds(seconds);
  const isDefault = state.value.kind === "unset" || state.value.kind === "inherited";
  return isDefault ? `${age} (Django's default)` : age;
}
