/** Calls that check who the visitor is, by the last part of their name. */
export const CHECKING_CALLS: ReadonlySet<string> = new Set([
  "check_password",
  "acheck_password",
  "checkpw",
  "check_password_hash",
  "verify_password",
  "authenticate",
  "aauthenticate",
  "compare_digest",
  "constant_time_compare",
  "fetch_token",
  "authorize_access_token",
  "fetch_access_token",
  "parse_id_token",
  "verify_oauth2_token",
  "verify_id_token",
  "process_response",
  "get_nameid",
  "simple_bind_s",
  "bind_s",
  "unsign",
]);

/** First words of a function that checks what the rest of its name says. */
export const CHECKING_WORDS: ReadonlySet<string> = new Set([
  "verify",
  "validate",
  "check",
  "authenticate",
]);

export const CHECKED_WORDS: readonly string[] = [
  "token",
  "otp",
  "totp",
  "magic",
  "signature",
  "code",
  "password",
  "passwd",
  "credentials",
  "credential",
  "login",
  "pin",
  "assertion",
  "ticket",
];

/** Words of a function or class in which a visitor is logged in. */
export const LOGIN_WORDS: readonly string[] = [
  "login",
  "log in",
  "logon",
  "signin",
  "sign in",
  "signon",
  "sign on",
  "callback",
  "acs",
  "sso",
  "otp",
  "verify",
  "magic",
  "impersonate",
  "authenticate",
  "iniciar sesion",
  "ingresar",
  "entrar",
  "acceder",
  "connexion",
  "anmelden",
  "einloggen",
  "giris",
  "accedi",
  "anmeldung",
  "logar",
  "ingreso",
  "inicio sesion",
  "inloggen",
  "aanmelden",
  "logga in",
  "zaloguj",
  "logowanie",
  "prihlasit",
  "kirjaudu",
  "vhod",
  "voyti",
  "dang nhap",
  "dangnhap",
  "denglu",
  "masuk",
];

/** Words of a function in which a visitor gets an account. */
export const SIGN_UP_WORDS: readonly string[] = [
  "signup",
  "sign up",
  "register",
  "registration",
  "registrar",
  "registro",
  "create account",
  "create user",
  "inscription",
  "registrieren",
];

/** Words of a function, a class or a URL at which a session ends. */
export const LOGOUT_WORDS: readonly string[] = [
  "logout",
  "log out",
  "signout",
  "sign out",
  "logoff",
  "log off",
  "signoff",
  "sign off",
  "desconectar",
  "cerrar sesion",
  "salir",
  "sair",
  "encerrar sessao",
  "deconnexion",
  "deconnecter",
  "abmelden",
  "ausloggen",
  "uitloggen",
  "logga ut",
  "wyloguj",
  "cikis",
  "esci",
  "odhlasit",
  "vyhod",
  "dangxuat",
  "dang xuat",
  "tuichu",
  "zhuxiao",
  "keluar",
  "kirjaudu ulos",
  "logg ut",
  "log ud",
  "odjava",
  "kijelentkezes",
];

/** Words of a second step after the password: until it, nobody is logged in. */
export const SECOND_STEP_WORDS: readonly string[] = [
  "otp",
  "totp",
  "2fa",
  "mfa",
  "two factor",
  "second factor",
  "verification",
  "verify",
  "sms",
];

/** Calls that send the visitor to an identity provider: the login comes back later. */
export const HANDSHAKE_STARTS: ReadonlySet<string> = new Set([
  "authorize_redirect",
  "authorization_url",
  "get_authorization_url",
  "create_authorization_url",
  "get_authorize_url",
  "initiate_auth_code_flow",
  "prepare_for_authenticate",
]);

/** Decorators and mixins that let only visitors in whom Django has logged in. */
export const LOGGED_IN_GUARDS =
  /^(?:login_required|staff_member_required|superuser_required|permission_required|user_passes_test|LoginRequiredMixin|PermissionRequiredMixin|UserPassesTestMixin)$/;
