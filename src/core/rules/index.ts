import type { Rule } from "../model/rule.js";
import { credentialInSession } from "./credential-in-session.js";
import { crossSiteSessionCookie } from "./cross-site-session-cookie.js";
import { insecureCsrfCookie } from "./insecure-csrf-cookie.js";
import { insecureSessionCookie } from "./insecure-session-cookie.js";
import { logoutWithoutFlush } from "./logout-without-flush.js";
import { longerSessionLifetime } from "./longer-session-lifetime.js";
import { removedCsrfMiddleware } from "./removed-csrf-middleware.js";
import { removedSessionMachinery } from "./removed-session-machinery.js";
import { removedSessionRotation } from "./removed-session-rotation.js";
import { scriptReadableSessionCookie } from "./script-readable-session-cookie.js";
import { sessionOutlivesBrowser } from "./session-outlives-browser.js";
import { unrotatedLogin } from "./unrotated-login.js";

/** Every rule, by id. */
export const RULES: readonly Rule[] = [
  credentialInSession,
  crossSiteSessionCookie,
  insecureCsrfCookie,
  insecureSessionCookie,
  logoutWithoutFlush,
  longerSessionLifetime,
  removedCsrfMiddleware,
  removedSessionMachinery,
  removedSessionRotation,
  scriptReadableSessionCookie,
  sessionOutlivesBrowser,
  unrotatedLogin,
];
