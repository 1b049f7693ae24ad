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
  "sha256",
  "sha512",
  "sha384",
  "sha1",
  "md5",
  "blake2b",
  "sha3_256",
  "sha3_512",
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
  "dumps",
  "b64encode",
  "urlsafe_b64encode",
  "urlsafe_base64_encode",
  "b32encode",
  "hexlify",
  "compress",
  "sign",
  "sign_object",
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
  "format",
  "copy",
  "get_secret_value",
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
  "make",
  "create",
  "random",
  "new",
  "get",
  "fetch",
  "read",
  "build",
  "ask",
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
