/**
 * Calls after which a planted session key is useless (measured on Django 2.2 to 6.1). Not among
 * them: `authenticate`, `clear`, `save`, `set_expiry`, and `django_otp.login`, which only stores the
 * id of the device.
 */
export const ROTATING_METHODS: ReadonlySet<string> = new Set(["cycle_key", "flush", "create"]);

/** Coroutines since Django 5.1: without `await` they do nothing. */
export const ROTATING_COROUTINES: ReadonlySet<string> = new Set([
  "acycle_key",
  "aflush",
  "acreate",
]);

/** Functions that log in, or renew the key, whatever the project calls them; full import paths. */
export const ROTATING_FUNCTIONS: ReadonlySet<string> = new Set([
  "django.contrib.auth.login",
  "django.contrib.auth.alogin",
  "django.contrib.auth.logout",
  "django.contrib.auth.alogout",
  "django.contrib.auth.update_session_auth_hash",
  "django.contrib.auth.aupdate_session_auth_hash",
  "django.contrib.auth.views.login",
  "allauth.account.utils.perform_login",
  "allauth.account.utils.complete_signup",
  "allauth.account.internal.flows.login.perform_login",
  "allauth.account.internal.flows.login.perform_password_login",
  "allauth.socialaccount.helpers.complete_social_login",
  "allauth.socialaccount.helpers.complete_social_signup",
  "social_core.actions.do_complete",
  "dj_rest_auth.utils.django_login",
  "loginas.utils.login_as",
  "sesame.utils.login",
  "hijack.helpers.login_user",
  "channels.auth.login",
  "channels.auth.logout",
]);

/** Of them, those that log somebody in. */
export const LOGGING_IN_FUNCTIONS: ReadonlySet<string> = new Set(
  [...ROTATING_FUNCTIONS].filter((path) => !/logout|session_auth_hash/.test(path)),
);

/** Of them all, those whose result has to be awaited. */
export const COROUTINE_FUNCTIONS: ReadonlySet<string> = new Set([
  "django.contrib.auth.alogin",
  "django.contrib.auth.alogout",
  "django.contrib.auth.aupdate_session_auth_hash",
  "channels.auth.login",
  "channels.auth.logout",
]);

/** Functions that end a session. */
export const LOGOUT_FUNCTIONS: ReadonlySet<string> = new Set([
  "django.contrib.auth.logout",
  "django.contrib.auth.alogout",
  "django.contrib.auth.views.logout",
  "django.contrib.auth.views.logout_then_login",
  "channels.auth.logout",
]);

/** Wrappers that run what they are given when the result is called. */
export const CALL_WRAPPERS: ReadonlySet<string> = new Set([
  "sync_to_async",
  "async_to_sync",
  "database_sync_to_async",
]);

/** Functions that run a coroutine without `await` in front of it. */
export const COROUTINE_RUNNERS: ReadonlySet<string> = new Set([
  "async_to_sync",
  "gather",
  "create_task",
  "ensure_future",
  "run",
  "run_until_complete",
]);
