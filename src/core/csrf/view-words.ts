import { LOGIN_WORDS, LOGOUT_WORDS, SECOND_STEP_WORDS } from "../login/proof/auth-words.js";

/** Words of logins that are called from elsewhere, or that stand in too many other names. */
const NOT_ALONE: ReadonlySet<string> = new Set(["callback", "acs", "sso", "verify", "magic"]);

/** Words of a view that logs in or out, or resets or changes a credential. */
export const CREDENTIAL_NAMES: readonly string[] = [
  ...LOGIN_WORDS.filter((word) => !NOT_ALONE.has(word)),
  ...LOGOUT_WORDS,
  ...SECOND_STEP_WORDS.filter((word) => !/verif|sms/.test(word)),
  "password",
  "passwd",
  "change email",
  "email change",
  "update email",
  "contrasena",
  "mot de passe",
  "passwort",
  "senha",
];

/** With one of these, a name is about a login and makes none. */
export const HARMLESS_NAMES: readonly string[] = [
  "required",
  "history",
  "attempt",
  "attempts",
  "log",
  "logs",
  "url",
  "redirect",
  "status",
  "check",
  "count",
  "stats",
  "report",
  "strength",
  "form",
];

/** Words of endpoints that another server, or an identity provider through the browser, posts to. */
export const FEDERATED_NAMES: readonly string[] = [
  "webhook",
  "hook",
  "callback",
  "ipn",
  "notify",
  "notification",
  "postback",
  "acs",
  "saml",
  "slo",
  "sls",
  "oidc",
  "lti",
  "cas",
  "frontchannel",
  "front channel",
  "backchannel",
  "back channel",
];

/** Calls that check who sent the request, by the last part of their name. */
export const OWN_CHECKS =
  /^(?:construct_event|compare_digest|constant_time_compare|verify_id_token|verify_oauth2_token|process_response)$|(?:verify|check|validate|valid)\w*(?:signature|hmac|checksum|state|csrf|webhook)|^(?:verify|check|validate|is_valid)\w*(?:request|payload|launch)$/i;

/** Calls that make a token of an API for the visitor. */
export const TOKEN_CALLS =
  /(?:^|\.)(?:RefreshToken|AccessToken|AuthToken|SlidingToken|Token)(?:\.\w+)*$|^jwt\.encode$|(?:^|_)(?:create|generate|issue|get|make|encode)_(?:\w+_)?(?:jwt|tokens?)(?:_\w+)?$/;

/** Authentication by something a browser does not send by itself. */
export const TOKEN_CLASSES = /(?:Token|JWT|Knox|OAuth2?|Bearer|APIKey|ApiKey|Signature|HMAC)\w*/i;

export const SAFE_METHOD_DECORATORS: readonly string[] = ["require_GET", "require_safe"];

/** A name that says that the check for forged requests is off. */
export const DISABLING =
  /(?:disabl|exempt|no_?|skip|without|bypass|ignor|dummy|fake|unenforced|unsafe|un)_?\w*csrf|csrf_?\w*(?:disabl|exempt|free|off|less|skip|bypass|ignor)/i;
