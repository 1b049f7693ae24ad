/**
 * Where evidence stands there is one of these, in any case and as a part of any name: the session
 * itself, a setting, a login or logout. No entry repeats anything, so both tests are linear.
 */
const EVIDENCE = [
  "session",
  "cookie",
  "csrf",
  "log_?in(?!_?required|_?url)",
  "log_?out",
  "log_?on",
  "log_?off",
  "sign_?in(?!g)",
  "sign_?out",
  "sign_?up",
  "cycle_?key",
  "\\.a?flush\\(",
  "middleware",
  "secure",
  "secret",
  "silenced_system_checks",
  "samesite",
  "httponly",
  "hsts",
  "installed_apps",
  "(?<![.\\w])debug\\b",
  "(?<![.\\w])caches\\b",
  "allowed_hosts",
  "impersonat",
  "hijack",
  "sesion",
  "sessao",
  "sitzung",
  "oturum",
  "(?:des)?conectar",
  "connexion",
  "(?:ab|an)melden",
  "(?:ein|aus|in|uit)loggen",
  "(?:za|wy)loguj",
  "(?:pri|od)hlas",
  "logga_?(?:in|ut)",
  "ingresar",
  "acceder",
  "accedi",
  "giris",
  "cikis",
  "keluar",
  "dang_?(?:nhap|xuat)",
  "salir",
  "sair",
  "entrar",
  "key_chars",
  "check_?p(?:ass)?w",
  "authenticate\\(",
];

/**
 * A change of these can take the protection from evidence that stands some lines away: how a value
 * is hashed or encrypted before it is stored, who the user is, how settings are written.
 */
const SURROUNDINGS = [
  "passw",
  "passphrase",
  "authentication_",
  "pwd",
  "credential",
  "\\botp",
  "otp_",
  "encrypt",
  "decrypt",
  "\\bsign(?:ed|ing|er)\\b",
  "hashlib",
  "hashers",
  "hexdigest",
  "bcrypt",
  "argon2",
  "pbkdf2",
  "rotat",
  "pickle",
  "auth_(?:user|login|logout|backend)",
  "auth\\.log",
  "\\.user ?=(?!=)",
  "credit_?card",
  "card_?num",
  "\\bcvv\\b",
  "\\biban\\b",
  "\\bssn\\b",
  "nonce",
  "api_?key",
  "private_?key",
  "wizard",
  "globals\\(",
  "locals\\(",
  "vars\\(",
  "setattr\\(",
  "settings\\.configure",
  "\\(configuration\\)",
];

const HOLDS_EVIDENCE = new RegExp(EVIDENCE.join("|"), "i");
const MENTIONS_SESSION = new RegExp([...EVIDENCE, ...SURROUNDINGS].join("|"), "i");

/** Whether a statement can hold evidence for any rule; asked of whole top-level statements. */
export function mayHoldEvidence(text: string): boolean {
  return HOLDS_EVIDENCE.test(text);
}

/** `session[key] = value` with a key that a function was given. */
const KEEPS = /session[\w.()]{0,40}\[[a-z_]\w{0,60}\]\s?=(?!=)/i;

/**
 * Matches calls of the functions that store in a session under a key they are given: who calls one
 * stores, and need not name a session. Undefined when there is none among the functions, by name.
 */
export function callsOfKeepers(functions: ReadonlyMap<string, string>): RegExp | undefined {
  const keepers = [...functions]
    .filter(([name, text]) => /^\w+$/.test(name) && KEEPS.test(text))
    .map(([name]) => name);
  return keepers.length === 0 ? undefined : new RegExp(`\\b(?:${keepers.join("|")})\\s*\\(`);
}

/**
 * Whether a change of this text can matter to any rule; asked of the lines of a patch. Generous: a
 * miss hides a finding, a needless hit costs a fetch.
 */
export function mentionsSession(text: string): boolean {
  return MENTIONS_SESSION.test(text);
}
