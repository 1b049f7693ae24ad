import { BACKENDS, SIGNED_COOKIES } from "../django/session-engines.js";
import type { Rule } from "../model/rule.js";
import type { PythonModule } from "../python/syntax/module.js";
import type { AbstractValue } from "../settings/evaluate/value.js";
import { constantOf, spansOf, textOf, valuesIn } from "../settings/facts/module-value.js";
import { cacheBackend } from "../settings/sessions/cache-backend.js";
import { type SettingJudgement, settingRule } from "../settings/setting-rule.js";
import { CONCERNS } from "../settings/setting-words.js";

const SETTING = "SESSION_ENGINE";
const FILE_PATH = "SESSION_FILE_PATH";
/** Caches of Django that live in one process, in files, or nowhere. */
const UNSHARED = /\.(?:locmem\.LocMemCache|dummy\.DummyCache|filebased\.FileBasedCache)$/;

/** The directory for temporary files, as it stands in a text or in a call. */
const TEMPORARY = /\bgettempdir\(|["']\/(?:var\/)?tmp(?:\/|["'])/;

/** Cookies are worse than any store: client-side-sessions says so, and leaving them is a gain. */
const STORE = { sound: 3, unshared: 2, exposed: 1, cookie: 0 } as const;

export const exposedSessionStore: Rule = settingRule({
  meta: {
    id: "exposed-session-store",
    title: "Session store is readable or not shared",
    severity: "warning",
    status: "stable",
    suggestion: "safe",
    seed: "Database or cached-based sessions: These are the preferred options.",
    cwe: [377, 552],
    references: [
      "https://docs.djangoproject.com/en/stable/ref/settings/#session-file-path",
      "https://docs.djangoproject.com/en/stable/topics/http/sessions/#configuring-the-session-engine",
    ],
    docs: {
      why: "Django writes each session into a file that is named after its key. Without `SESSION_FILE_PATH` that is the directory for temporary files, where every user of the machine can list the names, which are the live session keys.",
      remedy:
        "Keep sessions in the database or a shared cache, or give `SESSION_FILE_PATH` a directory that only the site can list.",
      verify: "`ls -l /tmp/sessionid*` after one request must list nothing.",
      tests: [],
      limits:
        "A directory that is computed counts as private, unless /tmp stands in it. The cache behind `SESSION_CACHE_ALIAS` is read only where `CACHES` is a literal of the same module.",
    },
  },
  setting: SETTING,
  concerns: CONCERNS.sessions,
  strengthOf: storeStrength,
  guards: (module) => spansOf(module, FILE_PATH),
  judge: (_, head) => judgeStore(head.strength),
});

function storeStrength(value: AbstractValue, module?: PythonModule): number {
  if (value.kind === "choice") {
    return Math.min(...value.options.map((option) => storeStrength(option, module)));
  }
  const engine = textOf(value);
  if (engine === SIGNED_COOKIES) return STORE.cookie;
  if (module === undefined) return STORE.sound;
  if (engine === `${BACKENDS}.file`) return isPrivate(module) ? STORE.sound : STORE.exposed;
  const backend = engine === `${BACKENDS}.cache` ? cacheBackend(module) : undefined;
  return backend !== undefined && UNSHARED.test(backend) ? STORE.unshared : STORE.sound;
}

function judgeStore(strength: number): SettingJudgement | undefined {
  switch (strength) {
    case STORE.exposed:
      return {
        severity: "warning",
        template:
          "Session files land in the directory for temporary files (`SESSION_ENGINE` is {head}): their names are the live session keys.",
      };
    case STORE.unshared:
      return {
        severity: "notice",
        template:
          "`SESSION_ENGINE` goes from {base} to {head}, and its cache is not shared between processes: visitors lose their sessions.",
      };
    default:
      return undefined;
  }
}

function isPrivate(module: PythonModule): boolean {
  const values = valuesIn(module, FILE_PATH);
  if (values.length === 0) return false;
  return values.every(({ value, span }) => {
    if (span && TEMPORARY.test(module.text.slice(span.start, span.end))) return false;
    const path = constantOf(value);
    if (path === undefined) return span !== undefined || value.kind === "inherited";
    return typeof path === "string" && path !== "";
  });
}
