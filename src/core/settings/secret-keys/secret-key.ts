import type { PythonModule } from "../../python/syntax/module.js";
import type { AbstractValue } from "../evaluate/value.js";
import { classOfModule } from "../modules/class-of-module.js";

export const SECRET_KEY = "SECRET_KEY";

/** Where the key is kept: outside the code, in the code for want of a variable, or in the code. */
export const KEPT = { outside: 2, asDefault: 1, inCode: 0 } as const;

/** Templates of projects hold the place of a key, and no key. */
const PLACEHOLDER = /^\s*(?:%\(\w+\)s|\{\{.*\}\}|\$\{?\w+\}?|<[^<>]*>|@\w+@|__\w+__)\s*$/;

/** What the text does not determine (a file, a secret manager, a function) counts as outside. */
export function keyStrength(value: AbstractValue): number {
  switch (value.kind) {
    case "literal":
      return isKey(value.value) ? KEPT.inCode : KEPT.outside;
    case "environment":
      return value.unset !== undefined && keyStrength(value.unset) < KEPT.outside
        ? KEPT.asDefault
        : KEPT.outside;
    case "conditional":
      return keyStrength(value.production);
    case "choice":
      return ofChoice(value.options);
    default:
      return KEPT.outside;
  }
}

/** `try: key = os.environ["KEY"]`, and a text for want of it, is a variable with a default spelled out. */
function ofChoice(options: readonly AbstractValue[]): number {
  const weakest = Math.min(...options.map(keyStrength));
  const isVariable = options.some(({ kind }) => kind === "environment");
  return isVariable ? Math.max(weakest, KEPT.asDefault) : weakest;
}

/** A text that signs something: neither empty nor the place of a key in a template. */
export function isKey(value: unknown): value is string {
  return typeof value === "string" && value !== "" && !PLACEHOLDER.test(value);
}

const DJANGO_SIGN =
  /\b(?:INSTALLED_APPS|ROOT_URLCONF|WSGI_APPLICATION|ASGI_APPLICATION|AUTH_USER_MODEL|MIDDLEWARE|TEMPLATES|STATIC_URL|LANGUAGE_CODE)\b|\bdjango\b/;
const OTHER_SIGN =
  /\b(?:flask|fastapi|starlette|pydantic|pydantic_settings|sanic|quart|jwt|jose)\b/i;

/** Whether SECRET_KEY and DEBUG are Django's here: many frameworks know names like these. */
export function isDjangoSettings(module: PythonModule): boolean {
  if (OTHER_SIGN.test(importsOf(module))) return DJANGO_SIGN.test(module.text);
  return (
    /(?:^|\/)\w*settings\w*(?:\/\w+)*\.py$/i.test(module.path) || DJANGO_SIGN.test(module.text)
  );
}

/** A file of the key alone, as projects import it into their settings. */
export function mayHoldKey(module: PythonModule): boolean {
  if (isDjangoSettings(module)) return !/\bpydantic/.test(importsOf(module));
  return (
    !OTHER_SIGN.test(module.text) &&
    classOfModule(module) !== "other" &&
    !/(?:^|\/)(?:config|app|main|server|auth|security)\.py$/.test(module.path)
  );
}

function importsOf(module: PythonModule): string {
  return module.text.includes("import") ? module.imports.modules.join(" ") : "";
}

/** What Django's checks W009 and W025 ask of a key (django/core/checks/security/base.py, 3.2 to 6.1). */
const MIN_LENGTH = 50;
const MIN_UNIQUE = 5;
const GENERATED = "django-insecure-";

/** Whether Django's startproject wrote the key. */
export function isGenerated(key: string): boolean {
  return key.startsWith(GENERATED);
}

const GUESSED =
  /^(?:change|changed|this|that|me|my|your|our|the|a|an|to|in|for|it|is|be|not|please|some|very|super|top|secret|key|django|password|insecure|unsafe|default|test|testing|dev|development|prod|production|example|foo|bar|baz|todo|fixme|replace|random|string|hello|world|value|here|\d|x)+$/;
const MAX_GUESSED = 48;

/** What is wrong with a key, in words that say nothing of it; undefined when Django finds nothing. */
export function weaknessOf(key: string): { trivial: boolean; reason: string } | undefined {
  const plain = key.toLowerCase().replace(/[^a-z0-9]/g, "");
  if (plain === "" || (plain.length <= MAX_GUESSED && GUESSED.test(plain))) {
    return { trivial: true, reason: "it is a word that anyone would try" };
  }
  const unique = new Set(key).size;
  if (unique < MIN_UNIQUE) {
    return { trivial: true, reason: `it has fewer than ${MIN_UNIQUE} different characters` };
  }
  if (key.length < MIN_LENGTH) {
    return { trivial: false, reason: `it has fewer than ${MIN_LENGTH} characters` };
  }
  return isGenerated(key)
    ? { trivial: false, reason: "it is marked as made for development" }
    : undefined;
}
