import type { Rule } from "../model/rule.js";
import type { Severity } from "../model/severity.js";
import { describeSeconds } from "../settings/describe.js";
import { type SettingState, settingRule } from "../settings/setting-rule.js";
import { lifetimeStrength } from "../settings/strength.js";

const SETTING = "SESSION_COOKIE_AGE";
const DAY = 86_400;

export const longerSessionLifetime: Rule = settingRule({
  meta: {
    id: "longer-session-lifetime",
    title: "Sessions live longer",
    severity: "warning",
    status: "stable",
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
        "Only the setting is read, not request.session.set_expiry(). A value that cannot be computed from the text is listed in the session posture and not judged.",
    },
  },
  setting: SETTING,
  strengthOf: (value) => lifetimeStrength(SETTING, value),
  judge: (base, head) => {
    const from = -base.strength;
    const to = -head.strength;
    if (from === 0) return undefined;
    return {
      severity: growth(from, to, head),
      template:
        "Session lifetime grows from {from_age} to {to_age}: a stolen cookie stays usable longer.",
      values: {
        from_age: ageOf(base, from),
        to_age: ageOf(head, to),
      },
    };
  },
});

function growth(from: number, to: number, head: SettingState): Severity {
  if (to < from * 1.5) return "notice";
  if (!head.written && from <= DAY) return "error";
  return to > 30 * DAY && to >= 2 * from ? "error" : "warning";
}

function ageOf(state: SettingState, seconds: number): string {
  const age = describeSeconds(seconds);
  return state.written ? age : `${age} (Django's default)`;
}
