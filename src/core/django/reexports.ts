/**
 * Names that Django's own modules import and that projects take from there:
 * django/contrib/auth/models.py has `from django.contrib import auth`, django/contrib/auth/views.py
 * has `login as auth_login`.
 */
const REEXPORTS: readonly (readonly [found: string, path: string])[] = [
  ["django.contrib.auth.models.auth", "django.contrib.auth"],
  ["django.contrib.auth.views.auth_login", "django.contrib.auth.login"],
  ["django.contrib.auth.views.auth_logout", "django.contrib.auth.logout"],
  [
    "django.contrib.auth.views.update_session_auth_hash",
    "django.contrib.auth.update_session_auth_hash",
  ],
];

/** The path under which a name of Django is documented. */
export function documentedPath(path: string): string {
  const known = REEXPORTS.find(([found]) => path === found || path.startsWith(`${found}.`));
  return known === undefined ? path : known[1] + path.slice(known[0].length);
}
