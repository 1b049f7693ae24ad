import type { Call, Expression } from "../../python/syntax/syntax.js";
import { lastName } from "../access/session-expression.js";
import { lastValue, type Scope } from "../bindings/scopes.js";
import { type FormFields, isSecretField } from "./forms.js";

/** A row of the database with its columns, or what a serializer makes of one. */
export interface StoredRecord {
  /** As a reader knows it: `values() of Customer`. */
  readonly text: string;
  readonly fields: FormFields;
  /** Of the model, or of the variable that holds the record. */
  readonly name: string | undefined;
}

/** A user record has the hash of the password among its columns. */
const OF_USER: FormFields = { secret: ["password"], known: true };
const NOT_KNOWN: FormFields = { secret: [], known: false };

/** What takes one row or a list out of the rows that `values()` gives. */
const PICKS: ReadonlySet<string> = new Set(["first", "last", "get", "earliest", "latest"]);
/** Longer chains of calls than anybody writes. */
const MAX_STEPS = 12;

/**
 * `Customer.objects.filter(...).values().first()`, `serializers.serialize("json", [customer])`. Named
 * columns are those that are stored: a record only where one of them is secret.
 */
export function storedRecord(call: Call, scope: Scope): StoredRecord | undefined {
  return serialized(call, scope) ?? rowsOf(call);
}

function serialized({ callee, args }: Call, scope: Scope): StoredRecord | undefined {
  const [format, objects] = args;
  if (lastName(callee) !== "serialize" || format?.value.kind !== "string" || !objects) {
    return undefined;
  }
  const { value } = objects;
  const one = value.kind === "list" || value.kind === "tuple" ? value.items[0] : value;
  if (one === undefined) return undefined;
  const name = modelOf(one) ?? lastName(one);
  return {
    text: name === undefined ? "record" : `record of ${name}`,
    fields: isUserRecord(one, scope) ? OF_USER : NOT_KNOWN,
    name,
  };
}

function rowsOf(expression: Expression, step = 0): StoredRecord | undefined {
  if (step > MAX_STEPS) return undefined;
  if (expression.kind === "subscript") return rowsOf(expression.object, step + 1);
  if (expression.kind !== "call") return undefined;
  const { callee, args } = expression;
  if (callee.kind === "name") {
    const [only] = args;
    return callee.id === "list" && only ? rowsOf(only.value, step + 1) : undefined;
  }
  if (callee.kind !== "attribute") return undefined;
  if (PICKS.has(callee.name)) return rowsOf(callee.object, step + 1);
  const name = callee.name === "values" ? modelOf(callee.object) : undefined;
  if (name === undefined) return undefined;
  const text = `values() of ${name}`;
  if (args.length === 0) return { text, fields: isUserModel(name) ? OF_USER : NOT_KNOWN, name };
  const columns = args.map(({ value }) => (value.kind === "string" ? (value.value ?? "") : ""));
  const secret = columns.filter(isSecretField);
  return secret.length > 0 ? { text, fields: { secret, known: true }, name } : undefined;
}

/** Whether an expression is called a user, or was looked up among the users. */
export function isUserRecord(expression: Expression, scope: Scope): boolean {
  if (/(?:^|_)user$/i.test(lastName(expression) ?? "")) return true;
  const value =
    expression.kind === "name"
      ? lastValue(scope, expression.id, expression.span.start)
      : expression;
  const model = value && modelOf(value);
  return model !== undefined && isUserModel(model);
}

function isUserModel(name: string): boolean {
  return /^(?:[A-Z]\w*)?User$/.test(name);
}

/** `Customer` of `Customer.objects.filter(...)...`. */
function modelOf(expression: Expression, step = 0): string | undefined {
  if (step > MAX_STEPS) return undefined;
  switch (expression.kind) {
    case "call":
      return modelOf(expression.callee, step + 1);
    case "subscript":
      return modelOf(expression.object, step + 1);
    case "attribute":
      return expression.name === "objects"
        ? managerOf(expression.object)
        : modelOf(expression.object, step + 1);
    default:
      return undefined;
  }
}

function managerOf(model: Expression): string | undefined {
  const isDjangos = model.kind === "call" && lastName(model.callee) === "get_user_model";
  return isDjangos ? "User" : lastName(model);
}
