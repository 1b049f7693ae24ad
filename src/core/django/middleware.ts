/**
 * Components of a Django site that keep its sessions, by their dotted paths. Read from
 * docs/ref/middleware.txt ("Middleware ordering") of Django 6.1; the old paths are those of the
 * release notes of 1.2 and 1.8.
 */
export const MIDDLEWARE_SETTINGS: readonly string[] = ["MIDDLEWARE", "MIDDLEWARE_CLASSES"];

export const SESSION_MIDDLEWARE = "django.contrib.sessions.middleware.SessionMiddleware";
export const AUTHENTICATION_MIDDLEWARE = "django.contrib.auth.middleware.AuthenticationMiddleware";
export const LOGIN_REQUIRED_MIDDLEWARE = "django.contrib.auth.middleware.LoginRequiredMiddleware";
export const MESSAGE_MIDDLEWARE = "django.contrib.messages.middleware.MessageMiddleware";
export const CSRF_MIDDLEWARE = "django.middleware.csrf.CsrfViewMiddleware";
export const SECURITY_MIDDLEWARE = "django.middleware.security.SecurityMiddleware";
export const UPDATE_CACHE_MIDDLEWARE = "django.middleware.cache.UpdateCacheMiddleware";
export const SESSIONS_APP = "django.contrib.sessions";

/** Published packages whose class does what Django's does, and where Django itself had it before. */
export const SAME_COMPONENT: Readonly<Record<string, readonly string[]>> = {
  [SESSION_MIDDLEWARE]: [
    "user_sessions.middleware.SessionMiddleware",
    "qsessions.middleware.SessionMiddleware",
    "redis_sessions_fork.middleware.SessionMiddleware",
    "mongoengine.django.sessions.SessionMiddleware",
    "restsessions.middleware.SessionMiddleware",
  ],
  [AUTHENTICATION_MIDDLEWARE]: [
    "two_factor.middleware.AuthenticationMiddleware",
    "channels.auth.AuthMiddleware",
  ],
  [CSRF_MIDDLEWARE]: [
    "django.contrib.csrf.middleware.CsrfViewMiddleware",
    "django.contrib.csrf.middleware.CsrfMiddleware",
    "session_csrf.CsrfMiddleware",
    "django_cookies_samesite.middleware.CsrfViewMiddleware",
  ],
  [SECURITY_MIDDLEWARE]: ["djangosecure.middleware.SecurityMiddleware"],
  [SESSIONS_APP]: ["django.contrib.sessions.apps.SessionsConfig", "user_sessions", "qsessions"],
};
