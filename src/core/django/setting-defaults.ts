import type { Constant } from "../settings/evaluate/value.js";

/** A setting with the value that Django gives it when nothing sets it. */
export interface SettingDefault {
  readonly value: Constant;
  /** Whether its text may be shown: true of paths, names and options, never of keys. */
  readonly showText: boolean;
  /** Nothing of its value may be shown, whatever it is. */
  readonly secret?: true;
}

/**
 * Read from django/conf/global_settings.py of 2.2.28, 3.2.25, 4.2.28, 5.2.18 and 6.1.1: the values
 * are the same in all five.
 */
export const SETTING_DEFAULTS: Readonly<Record<string, SettingDefault>> = {
  SESSION_COOKIE_SECURE: { value: false, showText: false },
  SESSION_COOKIE_HTTPONLY: { value: true, showText: false },
  SESSION_COOKIE_SAMESITE: { value: "Lax", showText: true },
  SESSION_COOKIE_AGE: { value: 1_209_600, showText: false },
  SESSION_EXPIRE_AT_BROWSER_CLOSE: { value: false, showText: false },
  SESSION_SAVE_EVERY_REQUEST: { value: false, showText: false },
  SESSION_COOKIE_DOMAIN: { value: null, showText: true },
  SESSION_COOKIE_PATH: { value: "/", showText: true },
  SESSION_COOKIE_NAME: { value: "sessionid", showText: true },
  SESSION_ENGINE: { value: "django.contrib.sessions.backends.db", showText: true },
  SESSION_SERIALIZER: {
    value: "django.contrib.sessions.serializers.JSONSerializer",
    showText: true,
  },
  SESSION_FILE_PATH: { value: null, showText: true },
  SESSION_CACHE_ALIAS: { value: "default", showText: true },
  CSRF_COOKIE_SECURE: { value: false, showText: false },
  CSRF_COOKIE_HTTPONLY: { value: false, showText: false },
  CSRF_COOKIE_SAMESITE: { value: "Lax", showText: true },
  CSRF_COOKIE_AGE: { value: 31_449_600, showText: false },
  CSRF_COOKIE_DOMAIN: { value: null, showText: true },
  CSRF_COOKIE_PATH: { value: "/", showText: true },
  CSRF_COOKIE_NAME: { value: "csrftoken", showText: true },
  CSRF_USE_SESSIONS: { value: false, showText: false },
  SECURE_SSL_REDIRECT: { value: false, showText: false },
  SECURE_HSTS_SECONDS: { value: 0, showText: false },
  SECURE_HSTS_INCLUDE_SUBDOMAINS: { value: false, showText: false },
  SECURE_HSTS_PRELOAD: { value: false, showText: false },
  DEBUG: { value: false, showText: false },
  SECRET_KEY: { value: "", showText: false, secret: true },
};
