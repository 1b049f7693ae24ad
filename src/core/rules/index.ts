import type { Rule } from "../model/rule.js";
import { crossSiteSessionCookie } from "./cross-site-session-cookie.js";
import { insecureCsrfCookie } from "./insecure-csrf-cookie.js";
import { insecureSessionCookie } from "./insecure-session-cookie.js";
import { longerSessionLifetime } from "./longer-session-lifetime.js";
import { scriptReadableSessionCookie } from "./script-readable-session-cookie.js";
import { sessionOutlivesBrowser } from "./session-outlives-browser.js";

/** Every rule, by id. */
export const RULES: readonly Rule[] = [
  crossSiteSessionCookie,
  insecureCsrfCookie,
  insecureSessionCookie,
  longerSessionLifetime,
  scriptReadableSessionCookie,
  sessionOutlivesBrowser,
];
