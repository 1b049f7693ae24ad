/** Modules of session stores, as SESSION_ENGINE names them (django/contrib/sessions/backends, 2.2 to 6.1). */
export const BACKENDS = "django.contrib.sessions.backends";

/** Keeps the whole session in the cookie. */
export const SIGNED_COOKIES = `${BACKENDS}.signed_cookies`;

/**
 * Session stores of packages that keep Django's way of making and changing keys: each derives from a
 * store of Django's and overrides where the data goes.
 */
const KNOWN_PACKAGES =
  /^(?:django|redis_sessions|redis_sessions_fork|django_redis|user_sessions|qsessions|mongoengine|django_mongoengine|mongo_sessions|encrypted_cookies|dynamodb_sessions|cassandra_session|djangae|gae_backends)\./;

/** Whether a dotted path names a store of Django's or of a known package. */
export function isKnownEngine(engine: string): boolean {
  return KNOWN_PACKAGES.test(engine);
}

/** Classes from which session stores are made; resolved dotted paths. */
export function isSessionStore(dotted: string): boolean {
  return /^django\.contrib\.sessions\.backends\.(?:\w+\.)?(?:SessionBase|SessionStore)$/.test(
    dotted,
  );
}
