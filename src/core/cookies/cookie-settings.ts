import type { Evidence } from "../model/rule.js";
import type { PythonModule } from "../python/syntax/module.js";
import type { Dictionary, Expression, Statement } from "../python/syntax/syntax.js";
import { evaluate } from "../settings/evaluate/evaluate.js";
import { isTruthy } from "../settings/evaluate/value.js";
import { constantOf } from "../settings/facts/module-value.js";
import { settingFacts } from "../settings/facts/setting-facts.js";
import { moduleScope } from "../settings/modules/effective-settings.js";

/** Dictionaries in which packages of tokens are configured (dj-rest-auth, Simple JWT and its relatives). */
const DICTIONARIES: readonly string[] = ["REST_AUTH", "SIMPLE_JWT", "JWT_AUTH"];

const FLAGS: Readonly<Record<string, string>> = {
  JWT_AUTH_SECURE: "Secure",
  JWT_AUTH_HTTPONLY: "HttpOnly",
  AUTH_COOKIE_SECURE: "Secure",
  AUTH_COOKIE_HTTP_ONLY: "HttpOnly",
  AUTH_COOKIE_HTTPONLY: "HttpOnly",
};

/** The flags of token cookies that a settings module gives: strength 0 where one is off. */
export function tokenCookieSettings(module: PythonModule): readonly Evidence[] {
  const names = DICTIONARIES.filter((name) => module.text.includes(name));
  const [first] = names;
  if (first === undefined || settingFacts(module, first).length === 0) return [];
  return module
    .syntaxMentioning(names)
    .flatMap((statement) => dictionaryOf(statement, names))
    .flatMap((dictionary) => flagsIn(dictionary, module));
}

function dictionaryOf(statement: Statement, names: readonly string[]): readonly Dictionary[] {
  if (statement.kind !== "assignment" || statement.value?.kind !== "dictionary") return [];
  const named = statement.targets.some(
    (target) => target.kind === "name" && names.includes(target.id),
  );
  return named ? [statement.value] : [];
}

function flagsIn(dictionary: Dictionary, module: PythonModule): readonly Evidence[] {
  return dictionary.entries.flatMap(({ key, value }): readonly Evidence[] => {
    const name = key?.kind === "string" ? (key.value ?? "") : "";
    const flag = Object.hasOwn(FLAGS, name) ? FLAGS[name] : undefined;
    if (flag === undefined) return [];
    return [
      {
        identity: `setting ${name}`,
        symbol: "",
        strength: isOff(value, module) ? 0 : 1,
        span: value.span,
        guards: [],
        confidence: "medium",
        values: { name, flags: flag },
      },
    ];
  });
}

function isOff(value: Expression, module: PythonModule): boolean {
  const constant = constantOf(evaluate(value, moduleScope(module)));
  return constant !== undefined && !isTruthy(constant);
}
