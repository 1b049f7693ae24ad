import type { Argument, Call, Expression } from "../../python/syntax/syntax.js";
import { calleeName, dottedName, findArgument } from "../../python/syntax/walk.js";
import { declaredIn } from "./environment-scheme.js";
import { readMapping } from "./mapping.js";
import { parseBoolean } from "./python-functions.js";
import type { Scope } from "./scope.js";
import { type AbstractValue, fromEnvironment, literal, map, REQUIRED, UNKNOWN } from "./value.js";

type Evaluate = (expression: Expression) => AbstractValue;

/** Whether an expression is `os.environ`. */
export function isEnviron(expression: Expression, scope: Scope): boolean {
  const dotted = dottedName(expression);
  return dotted !== undefined && canonical(dotted, scope) === "os.environ";
}

/**
 * The value of a call that reads the environment: `os.environ.get`, `os.getenv`, django-environ and
 * environs (`env.bool("X", default=...)`), decouple (`config("X", ...)`) and django-configurations
 * (`values.BooleanValue(...)`). Undefined for any other call.
 */
export function readEnvironment(
  call: Call,
  scope: Scope,
  evaluate: Evaluate,
): AbstractValue | undefined {
  const dotted = calleeName(call);
  if (dotted === undefined) return readConfiguration(call, scope, evaluate);
  const path = canonical(dotted, scope);
  if (/^os\.(?:getenv|environ\.(?:get|pop|setdefault))$/.test(path)) {
    const fallback = findArgument(call, "default", 1);
    return fromEnvironment(fallback ? evaluate(fallback.value) : literal(null));
  }
  if (path === "decouple.config" || /(?:^|\.)config$/.test(dotted)) {
    return isVariable(call) ? readDecouple(call, evaluate) : undefined;
  }
  if (/^(?:configurations\.)?values\.\w*Value$/.test(path) || isOwnValue(path, scope)) {
    return readConfigurationValue(call, path, evaluate);
  }
  const [name = "", , ...rest] = dotted.split(".");
  return rest.length === 0 && isReader(name, scope) && isVariable(call)
    ? readReader(call, name, scope, evaluate)
    : (readOwnHelper(call, dotted, evaluate) ?? readConfiguration(call, scope, evaluate));
}

/**
 * What a file of configuration says, or a module of one: `config.get("secure", True)`,
 * `parser.getboolean("site", "debug", fallback=False)`, `getattr(conf, "DEBUG", False)`. It stands
 * outside the code like a variable, and where it says nothing, the default holds.
 */
function readConfiguration(
  call: Call,
  scope: Scope,
  evaluate: Evaluate,
): AbstractValue | undefined {
  const { callee, args } = call;
  const isGetattr = callee.kind === "name" && callee.id === "getattr";
  const key = args[isGetattr ? 1 : 0]?.value;
  if (key?.kind !== "string" || key.value === undefined) return undefined;
  const fallback = isGetattr ? findArgument(call, undefined, 2) : fallbackOf(call, scope);
  const value = fallback && evaluate(fallback.value);
  return value?.kind === "literal" ? fromEnvironment(value) : undefined;
}

function fallbackOf(call: Call, scope: Scope): Argument | undefined {
  const { callee } = call;
  if (callee.kind !== "attribute") return undefined;
  if (/^get(?:boolean|int|float)$/.test(callee.name)) return findArgument(call, "fallback");
  if (callee.name !== "get") return undefined;
  // What the module itself writes is no configuration.
  if (readMapping(callee.object, scope).complete) return undefined;
  const named = findArgument(call, "fallback") ?? findArgument(call, "default");
  const second = findArgument(call, undefined, 1);
  // The second text of a `ConfigParser` is the name of an option.
  return named ?? (second?.value.kind === "string" ? undefined : second);
}

/**
 * Projects write their own `get_bool_env("X", True)`, `get_config("X", default=True)` and
 * `bool_env(os.environ.get("X", True))`: by their names, what holds when the variable is missing is
 * the default that is passed. What reads settings may also be asked for other things than variables.
 */
function readOwnHelper(call: Call, dotted: string, evaluate: Evaluate): AbstractValue | undefined {
  const name = dotted.split(".").at(-1) ?? "";
  const [first] = call.args;
  if (first === undefined) return undefined;
  const isReader = /env/i.test(name) || (READS.test(name) && isVariable(call, VARIABLE));
  if (!isReader) return undefined;
  const cast = (value: AbstractValue) =>
    /bool|flag/i.test(name) ? map(value, (it) => parseBoolean(it)) : value;
  if (isVariable(call)) {
    const fallback = findArgument(call, "default", 1);
    const value = fallback && evaluate(fallback.value);
    return value?.kind === "literal" ? fromEnvironment(cast(value)) : undefined;
  }
  const inner = call.args.length === 1 ? evaluate(first.value) : undefined;
  return inner?.kind === "environment" ? cast(inner) : undefined;
}

function canonical(dotted: string, scope: Scope): string {
  return scope.resolve(dotted) ?? dotted;
}

const VARIABLE = /^[A-Z][A-Z0-9_]*$/;
/** Names of functions that read what a site is configured with. */
const READS = /conf|setting|secret|var|option|param|bool|^(?:get|read|load|fetch)(?:_|[A-Z])/i;

/** The first argument is the text of a variable's name. */
function isVariable(call: Call, named = /^/): boolean {
  const [first] = call.args;
  if (first?.value.kind !== "string" || first.unpack !== undefined) return false;
  return named.test(first.value.value ?? "");
}

function isReader(name: string, scope: Scope): boolean {
  if (/^_?env(?:iron|ironment|s)?$/i.test(name)) return true;
  const construction = scope.assigned(name);
  return construction?.kind === "call" && /(?:^|\.)\w*Env$/.test(calleeName(construction) ?? "");
}

/** `env("X", bool, False)`, `env.list("X", str, [])`, `env.bool("X", False)`, `Env(X=(bool, False))`. */
function readReader(call: Call, name: string, scope: Scope, evaluate: Evaluate): AbstractValue {
  const second = findArgument(call, undefined, 1);
  const isTyped = second === undefined || isCast(second.value);
  const fallback =
    findArgument(call, "default") ?? (isTyped ? findArgument(call, undefined, 2) : second);
  if (fallback) return fromEnvironment(evaluate(fallback.value));
  const construction = scope.assigned(name);
  const variable = call.args[0]?.value;
  if (construction?.kind !== "call" || variable?.kind !== "string") return REQUIRED;
  const { entry, whole } = declaredIn(construction, variable.value ?? "", scope);
  if (entry === undefined) return whole ? REQUIRED : UNKNOWN;
  const [, declared] = entry.kind === "tuple" ? entry.items : [];
  return declared ? fromEnvironment(evaluate(declared)) : REQUIRED;
}

function isCast(expression: Expression): boolean {
  return (
    expression.kind === "name" && /^(?:bool|int|str|float|list|tuple|dict)$/.test(expression.id)
  );
}

/** decouple casts its default too, other than django-environ. */
function readDecouple(call: Call, evaluate: Evaluate): AbstractValue {
  const fallback = findArgument(call, "default", 1);
  if (fallback === undefined) return REQUIRED;
  const cast = findArgument(call, "cast", 2);
  const value = evaluate(fallback.value);
  const toBoolean = cast?.value.kind === "name" && cast.value.id === "bool";
  const toNumber = cast?.value.kind === "name" && cast.value.id === "int";
  if (toBoolean) return fromEnvironment(map(value, (it) => parseBoolean(it)));
  return fromEnvironment(toNumber ? map(value, (it) => Number(it)) : value);
}

/** A class of the project, by its name made from those of django-configurations. */
function isOwnValue(path: string, scope: Scope): boolean {
  return /(?:^|\.)[A-Z]\w*Value$/.test(path) && scope.resolve("values") === "configurations.values";
}

function readConfigurationValue(call: Call, path: string, evaluate: Evaluate): AbstractValue {
  const isTrue = (name: string) => {
    const found = findArgument(call, name)?.value;
    return found?.kind === "constant" ? found.value : undefined;
  };
  if (path.endsWith("SecretValue") || isTrue("environ_required") === true) return REQUIRED;
  const fallback = findArgument(call, "default", 0);
  const value = fallback ? evaluate(fallback.value) : literal(null);
  return isTrue("environ") === false ? value : fromEnvironment(value);
}
