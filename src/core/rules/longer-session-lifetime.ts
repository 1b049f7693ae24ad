import { message } from "../model/message.js";
import type { EvidencePair, Rule, Verdict } from "../model/rule.js";
import type { Severity } from "../model/severity.js";
import { describeSeconds } from "../settings/describe.js";
import { EXPIRY, expiryEvidence } from "../settings/expiry-calls.js";
import { type SettingState, settingRule } from "../settings/setting-rule.js";
import { defaultOf, lifetimeStrength } from "../settings/strength.js";

const SETTING = "SESSION_COOKIE_AGE";
const DAY = 86_400;

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
        "A session.set_expiry() is compared with the call it replaces; what a new one replaces is not known beyond Django's default. A value that cannot be computed from the text is listed in the session posture and not judged.",
    },
  },
  setting: SETTING,
  strengthOf: (value) => lifetimeStrength(SETTING, value),
  judge: (base, head) => {
    const from = -base.strength;
    const to = -head.strength;
    if (from === 0) return undefined;
    return {
      severity: severityOf(from, to, head),
      template:
        "Session lifetime grows from {from_age} to {to_age}: a stolen cookie stays usable longer.",
      values: {
        from_age: ageOf(base, from),
        to_age: ageOf(head, to),
      },
    };
  },
});

export const longerSessionLifetime: Rule = {
  ...settingPart,
  detect: (module) => [
    ...settingPart.detect(module),
    ...expiryEvidence(module, ({ seconds }) => -seconds),
  ],
  judge: (pair) => (pair.head.identity === EXPIRY ? judgeExpiry(pair) : settingPart.judge(pair)),
};

/** A new call is compared with Django's default; it may be for those who asked to be remembered. */
function judgeExpiry({ base, head }: EvidencePair): Verdict | undefined {
  const from = base ? Number(base.values.seconds) : Number(defaultOf(SETTING));
  const to = Number(head.values.seconds);
  if (from === 0 || to <= from) return undefined;
  return {
    severity: base ? growth(from, to) : "notice",
    confidence: base ? "high" : "medium",
    message: message(
      "Session lifetime grows from {from_age} to {to_age}: a stolen cookie stays usable longer.",
      { from_age: base?.values.value ?? "SESSION_COOKIE_AGE", to_age: head.values.value ?? "" },
    ),
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
  return state.written ? age : `${age} (Django's default)`;
}
