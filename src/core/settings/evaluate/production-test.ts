import { classifyWords, wordsOf } from "../../django/module-class.js";
import type { Comparison, Expression } from "../../python/syntax/syntax.js";
import { dottedName } from "../../python/syntax/walk.js";
import { variableInProduction } from "./variable-test.js";

/** Commands of `manage.py` and tools that never serve a production site. */
const DEVELOPMENT_COMMANDS: ReadonlySet<string> = new Set(["runserver", "shell", "makemigrations"]);

/** `DEBUG`, `settings.DEBUG`, `DJANGO_DEBUG`: false wherever a site is served to the public. */
export function isDebugName(expression: Expression): boolean {
  if (expression.kind === "name") return /^(?:[A-Z]\w*_)?DEBUG$/.test(expression.id);
  return expression.kind === "attribute" && expression.name === "DEBUG";
}

/**
 * The truth in production of a comparison that asks which environment this is:
 * `ENVIRONMENT == "production"`, `STAGE in ("staging", "prod")`, `"test" in sys.argv`. Undefined
 * when it asks something else.
 */
export function comparisonInProduction(comparison: Comparison): boolean | undefined {
  const [operator] = comparison.operators;
  const [left, right] = comparison.operands;
  if (comparison.operators.length !== 1 || left === undefined || right === undefined) {
    return undefined;
  }
  const equal = operator === "==" || operator === "in" || operator === "is";
  if (!equal && operator !== "!=" && operator !== "not in") return undefined;
  const named = namesEnvironment(left) ?? namesEnvironment(right);
  return named === undefined ? undefined : named === equal;
}

/**
 * Whether the texts of a literal all name production environments, or all others. A list may name
 * both: production itself is in it then, while `staging` beside `dev` tells nothing of production.
 */
function namesEnvironment(expression: Expression): boolean | undefined {
  const items = isCollection(expression) ? expression.items : [expression];
  const texts = items.map((item) => (item.kind === "string" ? item.value : undefined));
  const named = texts.map((text) => {
    if (text === undefined) return undefined;
    return DEVELOPMENT_COMMANDS.has(text) ? false : inProductionByWords(text);
  });
  const [first] = named;
  if (named.every((one) => one === first)) return first;
  return texts.some((text) => /^(?:prod|production|live)$/i.test(text ?? "")) ? true : undefined;
}

function isCollection(
  expression: Expression,
): expression is Extract<Expression, { kind: "list" | "tuple" | "set" }> {
  return expression.kind === "list" || expression.kind === "tuple" || expression.kind === "set";
}

/** Whether the texts in the pattern of a `case` all name production environments, or all others. */
export function patternInProduction(pattern: string): boolean | undefined {
  const texts = [...pattern.matchAll(/["']([^"'\n]+)["']/g)].map(([, text = ""]) => text);
  const named = texts.map(inProductionByWords);
  const [first] = named;
  return named.every((one) => one === first) ? first : undefined;
}

function inProductionByWords(text: string): boolean | undefined {
  const named = classifyWords(wordsOf(text));
  if (named === "production") return true;
  return named === "development" || named === "test" ? false : undefined;
}

/** How deeply `and`, `or` and `not` may nest before the answer is "not known". */
const MAX_DEPTH = 20;

/** The truth in production of the test of an `if`, told from names; undefined when they do not say. */
export function testInProduction(test: Expression, depth = 0): boolean | undefined {
  if (depth > MAX_DEPTH) return undefined;
  if (isDebugName(test)) return false;
  switch (test.kind) {
    case "name":
    case "attribute":
      return nameInProduction(test);
    case "call":
      return nameInProduction(test.callee) ?? variableInProduction(test);
    case "comparison":
      return comparisonInProduction(test) ?? variableInProduction(test);
    case "subscript":
    case "walrus":
      return variableInProduction(test);
    case "unary": {
      const inner = test.operator === "not" ? testInProduction(test.operand, depth + 1) : undefined;
      return inner === undefined ? undefined : !inner;
    }
    case "boolean": {
      const left = testInProduction(test.left, depth + 1);
      const right = testInProduction(test.right, depth + 1);
      const decisive = test.operator === "or";
      if (left === decisive || right === decisive) return decisive;
      return left === right ? left : undefined;
    }
    default:
      return undefined;
  }
}

/** What a name like `IS_PRODUCTION` or `settings.TESTING` is in production; undefined for other names. */
export function nameInProduction(expression: Expression): boolean | undefined {
  const name = dottedName(expression)?.split(".").at(-1);
  return name === undefined ? undefined : inProductionByWords(name);
}
