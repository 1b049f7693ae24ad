import { classifyWords, wordsOf } from "../../django/module-class.js";
import type { Argument, Call, Comparison, Expression } from "../../python/syntax/syntax.js";
import { dottedName } from "../../python/syntax/walk.js";
import { parseBoolean } from "./python-functions.js";
import type { Constant } from "./value.js";

/** Set by the platform that runs a site: Heroku, Render, Railway, Fly, Cloud Run, App Engine, Cloud Foundry, Azure. */
const PLATFORM =
  /^(?:DYNO|RENDER|RENDER_EXTERNAL_HOSTNAME|RAILWAY_\w+|FLY_APP_NAME|K_SERVICE|GAE_\w+|VCAP_(?:APPLICATION|SERVICES)|WEBSITE_HOSTNAME|OPENSHIFT_\w+|PYTHONANYWHERE_\w+)$/;
/** Set where tests run. */
const CHECKING = /^(?:CI|GITHUB_(?:ACTIONS?|WORKFLOW)|TRAVIS|GITLAB_CI|CIRCLECI|PYTEST_\w+)$/;

/**
 * The truth in production of a test that asks a variable, or an entry of a configuration, by its
 * name: `os.environ["DEBUG"] == "1"`, `env.bool("PRODUCTION", default=False)`, `"DYNO" in
 * os.environ`. Undefined when the name says nothing, or where it stands for development and is on
 * by its own default.
 */
export function variableInProduction(test: Expression): boolean | undefined {
  if (test.kind === "comparison") return comparedInProduction(test);
  const asked = askedOf(test);
  return asked && named(asked.name, asked.fallback);
}

function comparedInProduction({ operators, operands }: Comparison): boolean | undefined {
  const [operator] = operators;
  const [left, right] = operands;
  if (operators.length !== 1 || left === undefined || right === undefined) return undefined;
  const equal = operator === "==" || operator === "in" || operator === "is";
  if (!equal && operator !== "!=" && operator !== "not in" && operator !== "is not") {
    return undefined;
  }
  if (left.kind === "string" && dottedName(right)?.endsWith("environ") === true) {
    return flip(named(left.value ?? "", undefined), !equal);
  }
  const asked = askedOf(left);
  const on = meansOn(right);
  return asked && on !== undefined
    ? flip(named(asked.name, asked.fallback), on !== equal)
    : undefined;
}

function flip(truth: boolean | undefined, flipped: boolean): boolean | undefined {
  return truth === undefined ? undefined : truth !== flipped;
}

/** Whether what a variable is compared with, one text or all of a list, stands for yes. */
function meansOn(expression: Expression): boolean | undefined {
  const isList =
    expression.kind === "list" || expression.kind === "tuple" || expression.kind === "set";
  const items = isList ? expression.items : [expression];
  const meanings = items.map((item) => {
    const value = constantOf(item);
    return value === undefined ? undefined : parseBoolean(value);
  });
  const [first] = meanings;
  return meanings.every((one) => one === first) ? first : undefined;
}

function constantOf(expression: Expression): Constant | undefined {
  return expression.kind === "string" ||
    expression.kind === "constant" ||
    expression.kind === "number"
    ? expression.value
    : undefined;
}

interface Asked {
  readonly name: string;
  readonly fallback: Expression | undefined;
}

/** More wrappers than anybody puts around one variable. */
const MAX_WRAPPERS = 4;

/** The variable that an expression is the value of, as it is or cast. */
function askedOf(expression: Expression, depth = 0): Asked | undefined {
  if (depth > MAX_WRAPPERS) return undefined;
  switch (expression.kind) {
    case "walrus":
      return askedOf(expression.value, depth + 1);
    case "subscript": {
      const [index] = expression.indices;
      return index?.kind === "string" && index.value !== undefined
        ? { name: index.value, fallback: undefined }
        : undefined;
    }
    case "call":
      return askedByCall(expression, depth);
    default:
      return undefined;
  }
}

function askedByCall({ callee, args }: Call, depth: number): Asked | undefined {
  const [first, second] = args;
  // `.lower()`, `.strip()` of a variable
  if (first === undefined) {
    return callee.kind === "attribute" ? askedOf(callee.object, depth + 1) : undefined;
  }
  if (first.value.kind !== "string") {
    return args.length === 1 ? askedOf(first.value, depth + 1) : undefined;
  }
  const name = first.value.value;
  if (name === undefined || dottedName(callee) === undefined) return undefined;
  const fallback = args.find((arg) => arg.name === "default") ?? positional(second);
  return { name, fallback: fallback?.value };
}

function positional(arg: Argument | undefined): Argument | undefined {
  return arg?.name === undefined ? arg : undefined;
}

function named(name: string, fallback: Expression | undefined): boolean | undefined {
  if (!/^[A-Za-z]\w*$/.test(name)) return undefined;
  const inProduction = inProductionByName(name);
  const isOnByDefault = fallback !== undefined && meansOn(fallback) === true;
  return inProduction === false && isOnByDefault ? undefined : inProduction;
}

/** Whether a variable is there only where a site is served. */
export function isSetByPlatform(name: string): boolean {
  return PLATFORM.test(name);
}

function inProductionByName(name: string): boolean | undefined {
  if (isSetByPlatform(name)) return true;
  if (CHECKING.test(name)) return false;
  const kind = classifyWords(wordsOf(name));
  if (kind === "production") return true;
  return kind === "development" || kind === "test" ? false : undefined;
}
