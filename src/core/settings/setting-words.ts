/** Statements that can write a setting without its name, and frameworks whose settings mean others. */
const FAR_REACHING = String.raw`\b(?:globals|locals|vars|setattr|configure|exec(?:file)?|include)[ \t]*\(|import[ \t(]*\*|flask|quart|starlette|fastapi|sanic`;

/** By what `isDjangoSettings` knows a settings module of Django. */
const SIGNS =
  "INSTALLED_APPS|ROOT_URLCONF|[AW]SGI_APPLICATION|AUTH_USER_MODEL|MIDDLEWARE|TEMPLATES|STATIC_URL|LANGUAGE_CODE";

/**
 * What stands in every text that can change what a rule on settings sees, by what the rule reads: for
 * `PythonRule.concerns`. The rules of one family read each other's settings.
 */
export const CONCERNS = {
  /** Also their stores, serializers and calls of `set_expiry`. */
  sessions: words(
    String.raw`\b(?:SESSION|CSRF)_|\bCACHES\b|\bclass\b[^:]*Session|\bdef loads\b|set_expiry`,
  ),
  https: words(String.raw`\bSECURE_|MIDDLEWARE`),
  middleware: words(
    String.raw`MIDDLEWARE|INSTALLED_APPS|\bSESSION_ENGINE\b|_dont_enforce_csrf_checks`,
  ),
  keys: words(String.raw`SECRET_KEY|\bDEBUG\b|ALLOWED_HOSTS|[Ss]ign(?:er|ing)|\b(?:${SIGNS})\b`),
  checks: words(String.raw`SILENCED_SYSTEM_CHECKS|\bSESSION_COOKIE_SECURE\b|\bCSRF_USE_SESSIONS\b`),
  signatures: words("SIGNED_COOKIE_LEGACY_SALT_FALLBACK"),
} as const;

function words(own: string): RegExp {
  return new RegExp(`${own}|${FAR_REACHING}`);
}
