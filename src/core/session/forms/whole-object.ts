import type { Call, Expression, OtherExpression } from "../../python/syntax/syntax.js";
import { childExpressions, walkExpressions } from "../../python/syntax/walk.js";
import { isRequest, lastName } from "../access/session-expression.js";
import { lastValue, type Scope } from "../bindings/scopes.js";
import { itemsOf, picks } from "../writes/copied-mapping.js";
import { className, type FormFields, fieldsOfForm } from "./forms.js";
import { isUserRecord, storedRecord } from "./record.js";

/** An object that is stored with everything in it. */
export interface WholeObject {
  readonly kind: "form" | "post" | "headers" | "user" | "record";
  /** As a reader knows it: `form.cleaned_data`. */
  readonly text: string;
  readonly fields: FormFields;
  /** Names of the form and its class, which may say what it is for. */
  readonly names: readonly string[];
}

const UNKNOWN: FormFields = { secret: [], known: false };
const POSTED_BODY: WholeObject = { kind: "post", text: "request.body", fields: UNKNOWN, names: [] };

/** Steps through copies and local variables. */
const MAX_STEPS = 6;

/** The form, request or user whose every field a value holds; undefined for anything else. */
export function wholeObject(value: Expression, scope: Scope, steps = 0): WholeObject | undefined {
  if (steps > MAX_STEPS) return undefined;
  switch (value.kind) {
    case "attribute":
      return wholeAttribute(value.name, value.object, scope);
    case "call":
      return wholeCall(value, scope, steps + 1);
    case "name": {
      const source = lastValue(scope, value.id, value.span.start);
      return source && wholeObject(source, scope, steps + 1);
    }
    case "dictionary": {
      const unpacked = value.entries.filter((entry) => entry.key === undefined);
      return unpacked
        .map((entry) => wholeObject(entry.value, scope, steps + 1))
        .find((one) => one !== undefined);
    }
    case "other": {
      const source = value.type === "dictionary_comprehension" ? copiedBy(value) : undefined;
      return source && wholeObject(source, scope, steps + 1);
    }
    default:
      return undefined;
  }
}

/** `data` of `{key: value for key, value in data.items()}`, unless the comprehension picks among them. */
function copiedBy({ children }: OtherExpression): Expression | undefined {
  const [pair, each, ...more] = children;
  if (pair?.kind !== "other" || each?.kind !== "other") return undefined;
  const [key, value] = pair.children;
  const [target, subject] = each.children;
  if (key?.kind !== "name" || value?.kind !== "name" || subject === undefined) return undefined;
  const names =
    target?.kind === "tuple" ? target.items : ((target && childExpressions(target)) ?? []);
  const paired = [key, value].every((one, index) => {
    const name = names[index];
    return name?.kind === "name" && name.id === one.id;
  });
  return paired && !more.some((test) => picks(test, key.id)) ? itemsOf(subject) : undefined;
}

function wholeAttribute(name: string, object: Expression, scope: Scope): WholeObject | undefined {
  if (name === "cleaned_data" || name === "validated_data") return wholeForm(name, object, scope);
  if (name === "data" && isFormOrSerializer(object, scope)) return wholeForm(name, object, scope);
  if (name === "__dict__" && isUserRecord(object, scope)) return wholeUser("__dict__ of a user");
  if (!isRequest(object, scope)) return undefined;
  if (name === "POST" || name === "data") {
    return { kind: "post", text: `request.${name}`, fields: postedFields(scope), names: [] };
  }
  return name === "META" || name === "headers"
    ? { kind: "headers", text: `request.${name}`, fields: UNKNOWN, names: [] }
    : undefined;
}

function wholeForm(name: string, form: Expression, scope: Scope): WholeObject {
  const own = lastName(form);
  const names = [own, className(form, scope)].filter((one) => one !== undefined);
  return {
    kind: "form",
    text: own === undefined ? name : `${own}.${name}`,
    fields: fieldsOfForm(form, scope),
    names,
  };
}

function wholeUser(text: string): WholeObject {
  return { kind: "user", text, fields: { secret: ["password"], known: true }, names: [] };
}

/** The form that the same function makes from `request.POST`. */
function postedFields(scope: Scope): FormFields {
  for (const bindings of scope.bindings.values()) {
    for (const { value } of bindings) {
      if (value?.kind !== "call" || !/Form$/.test(lastName(value.callee) ?? "")) continue;
      if (value.args.some((arg) => lastName(arg.value) === "POST"))
        return fieldsOfForm(value, scope);
    }
  }
  return UNKNOWN;
}

function isFormOrSerializer(object: Expression, scope: Scope): boolean {
  return (
    /(?:^|_)form$|serializer$/i.test(lastName(object) ?? "") ||
    /(?:Form|Serializer)$/.test(className(object, scope) ?? "")
  );
}

const COPIES: ReadonlySet<string> = new Set([
  "dict",
  "OrderedDict",
  "copy",
  "deepcopy",
  "dumps",
  "str",
]);

function wholeCall(call: Call, scope: Scope, steps: number): WholeObject | undefined {
  const { callee } = call;
  const name = lastName(callee) ?? "";
  const [argument] = call.args;
  if (
    callee.kind === "attribute" &&
    ["copy", "dict", "items", "urlencode"].includes(name) &&
    call.args.length === 0
  ) {
    return wholeObject(callee.object, scope, steps);
  }
  const record = storedRecord(call, scope);
  if (record !== undefined) {
    const { text, fields } = record;
    return { kind: "record", text, fields, names: record.name === undefined ? [] : [record.name] };
  }
  if (isBody(call, scope)) return POSTED_BODY;
  if (name === "clean" && callee.kind === "attribute" && isSuper(callee.object)) {
    const own = scope.classes.at(-1)?.name;
    const names = own === undefined ? [] : [own];
    const fields = { kind: "name", id: "self", span: call.span } as const;
    return {
      kind: "form",
      text: "cleaned data of the form",
      fields: fieldsOfForm(fields, scope),
      names,
    };
  }
  if (argument === undefined) return undefined;
  if (name === "loads" && isBody(argument.value, scope)) {
    return POSTED_BODY;
  }
  if ((name === "model_to_dict" || name === "vars") && isUserRecord(argument.value, scope)) {
    return call.args.length === 1 ? wholeUser(`${name}() of a user`) : undefined;
  }
  return COPIES.has(name) ? wholeObject(argument.value, scope, steps) : undefined;
}

/** `request.body`, also decoded. */
function isBody(expression: Expression, scope: Scope): boolean {
  if (expression.kind === "call" && expression.callee.kind === "attribute") {
    return expression.callee.name === "decode" && isBody(expression.callee.object, scope);
  }
  return (
    expression.kind === "attribute" &&
    expression.name === "body" &&
    isRequest(expression.object, scope)
  );
}

function isSuper(expression: Expression): boolean {
  return [...walkExpressions(expression)].some(
    (part) => part.kind === "call" && lastName(part.callee) === "super",
  );
}
