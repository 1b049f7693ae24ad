import type { Evidence } from "../../model/rule.js";
import type { PythonModule } from "../../python/syntax/module.js";
import type {
  ClassDefinition,
  Expression,
  FunctionDefinition,
} from "../../python/syntax/syntax.js";
import { isNotScope, walkAllExpressions, walkStatements } from "../../python/syntax/walk.js";
import { hasDjangoSessions } from "../../session/access/foreign-sessions.js";
import { lastName } from "../../session/access/session-expression.js";
import { hasPhrase, tokensOf } from "../../session/words/tokens.js";
import { evaluate } from "../../settings/evaluate/evaluate.js";
import { textOf } from "../../settings/facts/module-value.js";
import { moduleScope } from "../../settings/modules/effective-settings.js";

/** Classes that take the visitor's name from the request: django/contrib/auth/middleware.py. */
const REMOTE_USER_CLASS = /RemoteUserMiddleware$/;

/**
 * Subclasses of Django's RemoteUserMiddleware that read a header any client can send, and backends
 * that hand out a user for a name alone.
 */
export function headerIdentity(module: PythonModule): readonly Evidence[] {
  if (!/RemoteUserMiddleware|Backend\b/.test(module.text) || !hasDjangoSessions(module)) return [];
  return classesTouched(module).flatMap((definition) => [
    ...headersOf(definition, module),
    ...trustingBackend(definition),
  ]);
}

/** Told from their text: a backend need not hold a word that is evidence elsewhere. */
function classesTouched(module: PythonModule): readonly ClassDefinition[] {
  return module.touched
    .filter(({ keyword, span }) => {
      const text = module.text.slice(span.start, span.end);
      return keyword === "class" && /RemoteUserMiddleware|Backend\b/.test(text);
    })
    .flatMap((statement) => module.syntaxOf(statement))
    .filter((statement) => statement.kind === "class");
}

function headersOf(definition: ClassDefinition, module: PythonModule): readonly Evidence[] {
  if (!definition.bases.some(({ value }) => REMOTE_USER_CLASS.test(lastName(value) ?? ""))) {
    return [];
  }
  return definition.body.flatMap((statement): readonly Evidence[] => {
    if (statement.kind !== "assignment" || statement.value === undefined) return [];
    const isHeader = statement.targets.some((target) => lastName(target) === "header");
    const header = isHeader ? textOf(evaluate(statement.value, moduleScope(module))) : undefined;
    if (header?.startsWith("HTTP_") !== true) return [];
    return [
      {
        identity: `header ${header}`,
        symbol: definition.name,
        strength: 0,
        span: statement.span,
        guards: [],
        confidence: "high",
        values: { name: definition.name, header },
      },
    ];
  });
}

const SECRET_PARAMETERS: readonly string[] = [
  "password",
  "token",
  "code",
  "otp",
  "secret",
  "key",
  "signature",
  "assertion",
  "ticket",
  "credential",
  "credentials",
  "nonce",
  "claims",
  "payload",
  "identity",
  "info",
  "response",
  "attributes",
];

/** `authenticate(self, request, username)` that looks the user up and checks nothing. */
function trustingBackend(definition: ClassDefinition): readonly Evidence[] {
  const isBackend = definition.bases.some(({ value }) =>
    /^(?:BaseBackend|ModelBackend)$/.test(lastName(value) ?? ""),
  );
  if (!isBackend) return [];
  return definition.body.flatMap((method): readonly Evidence[] => {
    if (method.kind !== "function" || method.name !== "authenticate") return [];
    if (!namesVisitorOnly(method) || !returnsFoundUser(method)) return [];
    return [
      {
        identity: "authenticate",
        symbol: `${definition.name}.authenticate`,
        strength: 0,
        span: method.span,
        guards: [],
        confidence: "medium",
        values: { name: definition.name, header: "" },
      },
    ];
  });
}

function namesVisitorOnly(method: FunctionDefinition): boolean {
  const [, ...given] = method.parameters;
  const names = given
    .filter(({ unpack }) => unpack === undefined)
    .map(({ name }) => tokensOf(name));
  if (given.some(({ unpack }) => unpack !== undefined) && names.length < 2) return false;
  return (
    names.some((tokens) => hasPhrase(tokens, ["username", "email", "user", "phone", "login"])) &&
    !names.some((tokens) => hasPhrase(tokens, SECRET_PARAMETERS))
  );
}

/** A record is looked up, and nothing in the method checks, compares or asks another class. */
function returnsFoundUser(method: FunctionDefinition): boolean {
  const expressions = [...walkAllExpressions(method.body, isNotScope)];
  const returns = [...walkStatements(method.body, isNotScope)].some(
    (statement) => statement.kind === "return" && isUser(statement.value),
  );
  const looksUp = expressions.some(
    (one) =>
      one.kind === "call" &&
      /^(?:a?get|get_or_create|filter|first)$/.test(lastName(one.callee) ?? ""),
  );
  const checks = expressions.some(
    (one) =>
      (one.kind === "comparison" &&
        !one.operators.every((operator) => /^(?:is|is not|in)$/.test(operator))) ||
      (one.kind === "call" &&
        /check|verif|valid|compare|decode|loads|unsign|bind|super|authenticate|post/i.test(
          lastName(one.callee) ?? "",
        )),
  );
  return returns && looksUp && !checks;
}

function isUser(value: Expression | undefined): boolean {
  return value !== undefined && value.kind !== "constant";
}
