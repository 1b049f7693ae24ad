import type { Severity } from "../model/severity.js";

/**
 * What takes the visitor's name from the web server (docs/howto/auth-remote-user.txt): graver for
 * what makes it the visitor of a request, or lets in users that are not active.
 */
export const REMOTE_USER: Readonly<Record<string, Severity>> = {
  "django.contrib.auth.middleware.RemoteUserMiddleware": "warning",
  "django.contrib.auth.middleware.PersistentRemoteUserMiddleware": "warning",
  "django.contrib.auth.backends.RemoteUserBackend": "notice",
  "django.contrib.auth.backends.AllowAllUsersRemoteUserBackend": "warning",
};
