import {
  AUTHENTICATION_MIDDLEWARE,
  LOGIN_REQUIRED_MIDDLEWARE,
  MESSAGE_MIDDLEWARE,
  MIDDLEWARE_SETTINGS,
  SAME_COMPONENT,
  SESSION_MIDDLEWARE,
  SESSIONS_APP,
} from "../django/middleware.js";
import { message } from "../model/message.js";
import type { Evidence, EvidencePair, Judgement, Rule } from "../model/rule.js";
import type { Severity } from "../model/severity.js";
import type { PythonModule } from "../python/syntax/module.js";
import { judgeComponent } from "../settings/lists/judge-component.js";
import {
  type Component,
  type ComponentDetail,
  componentEvidence,
  PRESENCE,
} from "../settings/lists/list-component.js";
import { fixComponent } from "../settings/lists/list-fixes.js";
import { orderEvidence } from "../settings/lists/list-order.js";
import { effectiveSettings } from "../settings/modules/effective-settings.js";
import { CONCERNS } from "../settings/setting-words.js";
import { revertStatement } from "../statement-fixes.js";

const COMPONENTS: readonly Component[] = [
  middleware(SESSION_MIDDLEWARE, /Sessions?\w*Middleware$/),
  middleware(AUTHENTICATION_MIDDLEWARE, /Auth\w*Middleware$/),
  middleware(LOGIN_REQUIRED_MIDDLEWARE, /Login\w*Required\w*Middleware$/),
  {
    path: SESSIONS_APP,
    settings: ["INSTALLED_APPS"],
    equals: SAME_COMPONENT[SESSIONS_APP] ?? [],
    resembles: (path) => /sessions?$/i.test(path),
    isReplacement: (path) => /sessions?$/i.test(path),
  },
];

function middleware(path: string, name: RegExp): Component {
  const resembles = (other: string) => name.test(other);
  const equals = SAME_COMPONENT[path] ?? [];
  return { path, settings: MIDDLEWARE_SETTINGS, equals, resembles, isReplacement: resembles };
}

/** What has to come after the sessions, since it asks for them. */
const BEHIND_SESSIONS: readonly string[] = [AUTHENTICATION_MIDDLEWARE, MESSAGE_MIDDLEWARE];

export const removedSessionMachinery: Rule = {
  meta: {
    id: "removed-session-machinery",
    title: "Part of Django's session machinery removed",
    severity: "error",
    status: "stable",
    suggestion: "safe",
    seed: "Django's session framework relies on the `django.contrib.sessions` middleware and a chosen backend",
    cwe: [693],
    references: [
      "https://docs.djangoproject.com/en/stable/topics/http/sessions/#enabling-sessions",
      "https://docs.djangoproject.com/en/stable/ref/middleware/#middleware-ordering",
    ],
    docs: {
      why: "Without `SessionMiddleware` there is no session, and without `AuthenticationMiddleware` no `request.user`: what relied on them fails, or is replaced by code that does not renew keys, end sessions or mark cookies.",
      remedy:
        "Keep `SessionMiddleware`, behind it `AuthenticationMiddleware`, and `django.contrib.sessions` in `INSTALLED_APPS` when sessions are stored in the database.",
      verify:
        "Request any page of the site, then run `python manage.py check --deploy`: it must print neither `security.W010`, `security.W011`, `security.W012` nor `admin.E408` to `admin.E410`.",
      tests: ["deploy-checks"],
      limits:
        "A list that a function makes is not read. A session middleware of the project's own is named, not read.",
    },
  },

  concerns: CONCERNS.middleware,

  detect(module: PythonModule): readonly Evidence[] {
    return [
      ...COMPONENTS.flatMap((component) => componentEvidence(module, component)).map((one) =>
        one.identity === SESSIONS_APP ? withoutNeed(module, one) : one,
      ),
      ...orderEvidence(module, MIDDLEWARE_SETTINGS, [SESSION_MIDDLEWARE], BEHIND_SESSIONS),
    ];
  },

  judge(pair: EvidencePair): Judgement | undefined {
    const { head } = pair;
    if (head.identity.startsWith("order ")) {
      if (head.strength > 0) return undefined;
      return {
        severity: "error",
        confidence: "high",
        message: message(MISPLACED, head.values),
      };
    }
    const change = judgeComponent(pair);
    if (change === undefined) return undefined;
    const template = TEMPLATES[change.how] + (EFFECTS[head.identity] ?? "");
    const limit = LIMITS[head.identity];
    const severity: Severity = limit !== undefined ? "warning" : change.severity;
    return { severity, confidence: change.confidence, message: message(template, head.values) };
  },

  suggest({ base, head }, change) {
    if (head.identity.startsWith("order ")) return [];
    const detail = head.detail as ComponentDetail | undefined;
    if (detail === undefined || detail.presence === PRESENCE.replaced) return [];
    return [
      ...fixComponent(base?.detail as ComponentDetail | undefined, detail, change),
      ...(head.span === undefined ? [] : revertStatement(head.span, change)),
    ];
  },
};

/** Only sessions in the database need the app: its model and its clearsessions command. */
function withoutNeed(module: PythonModule, evidence: Evidence): Evidence {
  if (!module.text.includes("SESSION_ENGINE")) return evidence;
  const engines = effectiveSettings(module, ["SESSION_ENGINE"]).get("SESSION_ENGINE") ?? [];
  const needed = engines.some(
    ({ value }) => value.kind !== "literal" || /\.(?:cached_)?db$/.test(String(value.value)),
  );
  return needed ? evidence : { ...evidence, strength: PRESENCE.present, detail: undefined };
}

const TEMPLATES: Readonly<Record<NonNullable<ReturnType<typeof judgeComponent>>["how"], string>> = {
  gone: "`{component}` is gone from {list}: ",
  traded: "`{component}` is replaced by {replacement} in {list}: ",
  replaced:
    "`{component}` is replaced by {replacement} in {list}: check that it renews keys and ends sessions as Django's does. Without that, ",
  sometimes: "`{component}` is no longer in {list} in every case. Without it, ",
  unsure: "`{component}` is gone from what {list} shows. Unless code that was not read adds it, ",
};

const EFFECTS: Readonly<Record<string, string>> = {
  [SESSION_MIDDLEWARE]: "no request has a session, and nobody can log in.",
  [AUTHENTICATION_MIDDLEWARE]: "no request has a user, and checks of who is logged in fail.",
  [LOGIN_REQUIRED_MIDDLEWARE]: "views without a check of their own are open to everybody.",
  [SESSIONS_APP]: "the table that holds the sessions is no longer made or cleared.",
};

/** What is a matter of choice is no error. */
const LIMITS: Readonly<Record<string, true>> = { [LOGIN_REQUIRED_MIDDLEWARE]: true };

const MISPLACED =
  "`{component}` now runs before `{first}`: it asks for a session that is not there yet, and every request fails.";
