/**
 * What calls do to a value, by the name of the function. One-way functions count for passwords and
 * one-time codes only; signing, encoding and compressing protect nothing: whoever has the row reads
 * the value (measured for `signing.dumps` and the database, cache and file back ends).
 */
export const ENCRYPTING_WORDS: readonly string[] = [
  "encrypt",
  "encrypted",
  "seal",
  "encipher",
  "wrap",
];

export const HASHING_CALLS: ReadonlySet<string> = new Set([
  "make_password",
  "hashpw",
  "pbkdf2_hmac",
  "pbkdf2",
  "scrypt",
  "salted_hmac",
  "hmac.new",
  "hmac.digest",
  "get_session_auth_hash",
  "generate_password_hash",
  "hash_password",
]);

/** Hashes without a key and without cost: a short code or number is found by trying all. */
export const FAST_HASHING_CALLS: ReadonlySet<string> = new Set([
  "sha256",
  "sha512",
  "sha384",
  "sha224",
  "sha1",
  "md5",
  "blake2b",
  "blake2s",
  "sha3_256",
  "sha3_512",
]);

/** Functions that sign or encode what they are given: it looks protected and is readable. */
export const READABLE_CALLS: ReadonlySet<string> = new Set([
  "b64encode",
  "urlsafe_b64encode",
  "standard_b64encode",
  "urlsafe_base64_encode",
  "b16encode",
  "b85encode",
  "encodestring",
  "encodebytes",
  "hexlify",
  "compress",
  "sign",
  "sign_object",
  "signing.dumps",
  "pickle.dumps",
]);

/** Functions that hand back what they are given, readable. */
export const TRANSPARENT_CALLS: ReadonlySet<string> = new Set([
  "str",
  "repr",
  "bytes",
  "int",
  "list",
  "tuple",
  "copy",
  "deepcopy",
  "cast",
  "escape",
  "mark_safe",
  "force_str",
  "force_text",
  "smart_str",
  "force_bytes",
  "Decimal",
  "UUID",
  "b32encode",
  "sorted",
  "set",
  "dict",
  "OrderedDict",
  "dumps",
  "loads",
  "quote",
  "quote_plus",
  "unquote",
]);

/** Methods that hand back their object, readable. */
export const TRANSPARENT_METHODS: ReadonlySet<string> = new Set([
  "decode",
  "encode",
  "strip",
  "lstrip",
  "rstrip",
  "lower",
  "upper",
  "hex",
  "hexdigest",
  "digest",
  "copy",
  "get_secret_value",
  "dict",
  "title",
  "replace",
  "zfill",
  "all",
]);

/** Methods that pick the value of a key: `request.POST.get("password")`. */
export const PICKING_METHODS: ReadonlySet<string> = new Set(["get", "pop", "getlist", "get_value"]);

/** First words of functions that answer yes or no, or do something and answer nothing of interest. */
export const ASKING_WORDS: ReadonlySet<string> = new Set([
  "check",
  "acheck",
  "verify",
  "validate",
  "is",
  "has",
  "bool",
  "len",
  "any",
  "all",
  "isinstance",
  "hasattr",
  "compare",
  "constant",
  "count",
]);

/** First words of functions that make or fetch what the rest of their name says. */
export const MAKING_WORDS: ReadonlySet<string> = new Set([
  "generate",
  "gen",
  "generar",
  "gerar",
  "generer",
  "genera",
  "uret",
  "make",
  "create",
  "random",
  "new",
  "get",
  "fetch",
  "read",
  "build",
  "ask",
  "issue",
  "obtain",
  "acquire",
  "request",
  "refresh",
  "exchange",
  "decrypt",
  "unseal",
]);

/** Those of them that draw what is new. */
export const DRAWING_WORDS: ReadonlySet<string> = new Set([
  "generate",
  "gen",
  "generar",
  "gerar",
  "generer",
  "genera",
  "uret",
  "random",
  "make",
  "create",
  "new",
]);

/** Functions that answer with everything an authorisation server issued: access, refresh and id tokens. */
export const TOKEN_RESPONSE_CALLS: ReadonlySet<string> = new Set([
  "fetch_token",
  "authorize_access_token",
  "exchange_code",
  "exchange_code_for_token",
  "exchange_code_for_tokens",
  "acquire_token_by_authorization_code",
  "acquire_token_by_auth_code_flow",
  "parse_request_body_response",
  "get_token_response",
]);

/** Functions that make the secret of an authenticator app. */
export const SEED_CALLS: ReadonlySet<string> = new Set([
  "random_base32",
  "random_hex",
  "generate_totp_secret",
]);

/** Functions that draw a number. Those of `random` can be foretold, those of `secrets` cannot. */
export const NUMBER_CALLS: ReadonlySet<string> = new Set([
  "randint",
  "randrange",
  "randbelow",
  "random_number",
]);

/** Functions that draw characters: digits when they are asked for digits. */
export const CHARACTER_CALLS: ReadonlySet<string> = new Set([
  "choice",
  "choices",
  "sample",
  "get_random_string",
  "token_hex",
  "token_urlsafe",
]);

/** Functions and methods that answer with a time. */
export const TIME_CALLS: ReadonlySet<string> = new Set([
  "time",
  "utcnow",
  "localtime",
  "timestamp",
  "isoformat",
  "strftime",
  "today",
  "monotonic",
  "timedelta",
]);

/** Attributes that name a record, and words of functions that hide most of a value. */
export const IDENTIFIER_ATTRIBUTES: ReadonlySet<string> = new Set([
  "pk",
  "id",
  "uuid",
  "uid",
  "last4",
]);
export const MASKING_WORDS: readonly string[] = [
  "mask",
  "masked",
  "redact",
  "redacted",
  "obfuscate",
];
