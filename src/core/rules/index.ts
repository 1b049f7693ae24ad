import type { Rule } from "../model/rule.js";
import { broadCsrfTrustedOrigins } from "./broad-csrf-trusted-origins.js";
import { clientSideSessions } from "./client-side-sessions.js";
import { cookieWithoutFlags } from "./cookie-without-flags.js";
import { credentialInSession } from "./credential-in-session.js";
import { crossSiteCsrfCookie } from "./cross-site-csrf-cookie.js";
import { crossSiteSessionCookie } from "./cross-site-session-cookie.js";
import { csrfExemptView } from "./csrf-exempt-view.js";
import { customSessionEngine } from "./custom-session-engine.js";
import { debugInProduction } from "./debug-in-production.js";
import { disabledSessionRotation } from "./disabled-session-rotation.js";
import { djangoDowngrade } from "./django-downgrade.js";
import { exposedSessionKey } from "./exposed-session-key.js";
import { exposedSessionStore } from "./exposed-session-store.js";
import { governmentIdInSession } from "./government-id-in-session.js";
import { handWrittenAuthSession } from "./hand-written-auth-session.js";
import { hardcodedSecretKey } from "./hardcoded-secret-key.js";
import { headerTrustingLogin } from "./header-trusting-login.js";
import { healthDataInSession } from "./health-data-in-session.js";
import { ineffectiveSessionRotation } from "./ineffective-session-rotation.js";
import { insecureCsrfCookie } from "./insecure-csrf-cookie.js";
import { insecureSessionCookie } from "./insecure-session-cookie.js";
import { legacySignedCookies } from "./legacy-signed-cookies.js";
import { logoutByGet } from "./logout-by-get.js";
import { logoutWithoutFlush } from "./logout-without-flush.js";
import { longerSessionLifetime } from "./longer-session-lifetime.js";
import { lostCookieNamePrefix } from "./lost-cookie-name-prefix.js";
import { otpInSession } from "./otp-in-session.js";
import { partlyRotatedLogin } from "./partly-rotated-login.js";
import { paymentDataInSession } from "./payment-data-in-session.js";
import { personalDataInSession } from "./personal-data-in-session.js";
import { pickledSessions } from "./pickled-sessions.js";
import { plainHttpAllowed } from "./plain-http-allowed.js";
import { removedCsrfMiddleware } from "./removed-csrf-middleware.js";
import { removedCsrfToken } from "./removed-csrf-token.js";
import { removedSessionEncryption } from "./removed-session-encryption.js";
import { removedSessionMachinery } from "./removed-session-machinery.js";
import { removedSessionRotation } from "./removed-session-rotation.js";
import { removedSessionTest } from "./removed-session-test.js";
import { requestChosenSessionKey } from "./request-chosen-session-key.js";
import { scriptReadableCsrfToken } from "./script-readable-csrf-token.js";
import { scriptReadableSessionCookie } from "./script-readable-session-cookie.js";
import { sessionBeforeCacheMiddleware } from "./session-before-cache-middleware.js";
import { sessionOutlivesBrowser } from "./session-outlives-browser.js";
import { sessionSavedEveryRequest } from "./session-saved-every-request.js";
import { sessionsSurvivePasswordChange } from "./sessions-survive-password-change.js";
import { signedButReadableSecret } from "./signed-but-readable-secret.js";
import { silencedSessionChecks } from "./silenced-session-checks.js";
import { tokenInSession } from "./token-in-session.js";
import { unenforcedDrfCsrf } from "./unenforced-drf-csrf.js";
import { unrotatedLogin } from "./unrotated-login.js";
import { unrotatedPrivilegeChange } from "./unrotated-privilege-change.js";
import { unsupportedDjango } from "./unsupported-django.js";
import { weakSecretKey } from "./weak-secret-key.js";
import { wholeFormInSession } from "./whole-form-in-session.js";
import { widerSessionCookieScope } from "./wider-session-cookie-scope.js";
import { wizardStoredSecret } from "./wizard-stored-secret.js";

/** Every rule, by id. */
export const RULES: readonly Rule[] = [
  broadCsrfTrustedOrigins,
  clientSideSessions,
  cookieWithoutFlags,
  credentialInSession,
  crossSiteCsrfCookie,
  crossSiteSessionCookie,
  csrfExemptView,
  customSessionEngine,
  debugInProduction,
  disabledSessionRotation,
  djangoDowngrade,
  exposedSessionKey,
  exposedSessionStore,
  governmentIdInSession,
  handWrittenAuthSession,
  hardcodedSecretKey,
  headerTrustingLogin,
  healthDataInSession,
  ineffectiveSessionRotation,
  insecureCsrfCookie,
  insecureSessionCookie,
  legacySignedCookies,
  logoutByGet,
  logoutWithoutFlush,
  longerSessionLifetime,
  lostCookieNamePrefix,
  otpInSession,
  partlyRotatedLogin,
  paymentDataInSession,
  personalDataInSession,
  pickledSessions,
  plainHttpAllowed,
  removedCsrfMiddleware,
  removedCsrfToken,
  removedSessionEncryption,
  removedSessionMachinery,
  removedSessionRotation,
  removedSessionTest,
  requestChosenSessionKey,
  scriptReadableCsrfToken,
  scriptReadableSessionCookie,
  sessionBeforeCacheMiddleware,
  sessionOutlivesBrowser,
  sessionSavedEveryRequest,
  sessionsSurvivePasswordChange,
  signedButReadableSecret,
  silencedSessionChecks,
  tokenInSession,
  unenforcedDrfCsrf,
  unrotatedLogin,
  unrotatedPrivilegeChange,
  unsupportedDjango,
  weakSecretKey,
  wholeFormInSession,
  widerSessionCookieScope,
  wizardStoredSecret,
];
