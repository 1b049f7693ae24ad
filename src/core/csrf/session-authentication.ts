import type { Evidence } from "../model/rule.js";
import type { Span } from "../model/source.js";
import type { PythonModule } from "../python/syntax/module.js";
import type {
  ClassDefinition,
  Expression,
  FunctionDefinition,
  Statement,
} from "../python/syntax/syntax.js";
import { isNotScope, walkAllExpressions, walkSymbols } from "../python/syntax/walk.js";
import { hasDjangoSessions } from "../session/access/foreign-sessions.js";
import { lastName } from "../session/access/session-expression.js";
import { DISABLING } from "./view-words.js";

/** What the rule keeps of a use, to fix it. */
export interface AuthenticationUse {
  readonly name: Span;
  /** The framework's own class as the module would write it; undefined where it does not know it. */
  readonly original: string | undefined;
}

const ORIGINAL = "SessionAuthentication";

/**
 * Classes that authenticate by the session and do not check for forged requests: where they are
 * defined, and where a class of another module is used whose name says so.
 */
export function uncheckedAuthentication(module: PythonModule): readonly Evidence[] {
  if (!module.text.includes(ORIGINAL) || !hasDjangoSessions(module)) return [];
  const found: Evidence[] = [];
  for (const { statement, symbol } of walkSymbols(module.touchedSyntax)) {
    if (statement.kind === "class") found.push(...overridesIn(statement));
    found.push(...usesIn(statement, symbol, module));
  }
  return found;
}

/** Strength 1 where the override still checks. */
function overridesIn(definition: ClassDefinition): readonly Evidence[] {
  if (!definition.bases.some(({ value }) => isSessionClass(lastName(value)))) return [];
  return definition.body.flatMap((method): readonly Evidence[] => {
    if (method.kind !== "function") return [];
    if (method.name !== "enforce_csrf" && method.name !== "authenticate") return [];
    const check = checkIn(method);
    return [
      {
        identity: method.name,
        symbol: `${definition.name}.${method.name}`,
        strength: check === undefined && skips(method) ? 0 : 1,
        span: method.span,
        guards: check === undefined ? [] : [check.span],
        confidence: "high",
        values: { class: definition.name },
        detail: undefined,
      },
    ];
  });
}

function isSessionClass(name: string | undefined): boolean {
  return name?.endsWith(ORIGINAL) === true;
}

/** The statement that asks the base class, or checks by itself. */
function checkIn(method: FunctionDefinition): Statement | undefined {
  return method.body.find((statement) =>
    [...walkAllExpressions([statement], isNotScope)].some(
      (one) =>
        one.kind === "call" &&
        (/^super$/.test(lastName(one.callee) ?? "") ||
          /csrf/i.test(lastName(one.callee) ?? "") ||
          isCallOfBase(one.callee, method.name)),
    ),
  );
}

function isCallOfBase(callee: Expression, method: string): boolean {
  return (
    callee.kind === "attribute" && callee.name === method && isSessionClass(lastName(callee.object))
  );
}

/** `enforce_csrf` that does nothing, `authenticate` that never comes to it. */
function skips(method: FunctionDefinition): boolean {
  if (method.name === "authenticate") return true;
  return method.body.every(
    (statement) =>
      statement.kind === "pass" ||
      (statement.kind === "return" && isNothing(statement.value)) ||
      (statement.kind === "expression" && statement.value.kind !== "call"),
  );
}

function isNothing(value: Expression | undefined): boolean {
  return value === undefined || value.kind === "constant";
}

/** In `authentication_classes` of a view, as its decorator, or by path in the settings. */
function usesIn(statement: Statement, symbol: string, module: PythonModule): readonly Evidence[] {
  return listsIn(statement)
    .flatMap((list) => (list.kind === "list" || list.kind === "tuple" ? list.items : []))
    .flatMap((item): readonly Evidence[] => {
      const path = item.kind === "string" ? item.value : lastName(item);
      const name = path?.slice(path.lastIndexOf(".") + 1);
      if (name === undefined || !isSessionClass(name) || !DISABLING.test(name)) return [];
      if (module.definition(name) !== undefined) return [];
      const view = statement.kind === "function" ? join(symbol, statement.name) : symbol;
      return [
        {
          identity: `use of ${name}`,
          symbol: view,
          strength: 0,
          span: item.span,
          guards: [],
          confidence: "medium",
          values: { class: name },
          detail: {
            name: item.span,
            original: originalFor(item, module),
          } satisfies AuthenticationUse,
        },
      ];
    });
}

function originalFor(item: Expression, module: PythonModule): string | undefined {
  if (item.kind === "string") return `"rest_framework.authentication.${ORIGINAL}"`;
  const isKnown = module.imports.resolve(ORIGINAL)?.endsWith(ORIGINAL) === true;
  return item.kind === "name" && isKnown ? ORIGINAL : undefined;
}

function join(symbol: string, name: string): string {
  return symbol === "" ? name : `${symbol}.${name}`;
}

function listsIn(statement: Statement): readonly Expression[] {
  if (statement.kind === "function") {
    return statement.decorators.flatMap((decorator) =>
      decorator.kind === "call" && lastName(decorator.callee) === "authentication_classes"
        ? decorator.args.slice(0, 1).map(({ value }) => value)
        : [],
    );
  }
  if (statement.kind !== "assignment" || statement.value === undefined) return [];
  const { value } = statement;
  if (value.kind === "dictionary") {
    return value.entries.flatMap(({ key, value: list }) =>
      key?.kind === "string" && key.value === "DEFAULT_AUTHENTICATION_CLASSES" ? [list] : [],
    );
  }
  const isList = statement.targets.some((target) => lastName(target) === "authentication_classes");
  return isList ? [value] : [];
}
