import { PASSWORD_FORMS, PLAIN_FORM_BASES } from "../../django/password-forms.js";
import type { PythonModule } from "../../python/syntax/module.js";
import type { ClassDefinition, Expression, Statement } from "../../python/syntax/syntax.js";
import { dottedName, walkExpressions } from "../../python/syntax/walk.js";
import { lastName } from "../access/session-expression.js";
import { importedInto } from "../bindings/imported-members.js";
import { bindingsOf, isDefinedHere, type Scope } from "../bindings/scopes.js";
import { classifyTokens } from "../words/name-class.js";
import { tokensOf } from "../words/tokens.js";

/** What is known of the fields of a form. */
export interface FormFields {
  /** Names of those that hold a secret, in their order. */
  readonly secret: readonly string[];
  /** All fields are known. */
  readonly known: boolean;
}

const UNKNOWN: FormFields = { secret: [], known: false };
const PASSWORD: FormFields = { secret: ["password"], known: true };

/** Base classes that are followed. */
const MAX_BASES = 4;

/** The fields of a form class by the dotted name it has in a module. */
export function fieldsOfClass(name: string, module: PythonModule, depth = 0): FormFields {
  if (depth > MAX_BASES) return UNKNOWN;
  if (isDefinedHere(module, name)) {
    const definition = module.definition(name);
    return definition?.kind === "class" ? fieldsOf(definition, module, depth) : UNKNOWN;
  }
  if (PASSWORD_FORMS.has(name.slice(name.lastIndexOf(".") + 1))) return PASSWORD;
  const member = importedInto(module, name);
  return member === undefined ? UNKNOWN : fieldsOfClass(member.name, member.module, depth + 1);
}

function fieldsOf(form: ClassDefinition, module: PythonModule, depth: number): FormFields {
  const bases = form.bases.flatMap((base) => {
    const name = base.name === undefined ? dottedName(base.value) : undefined;
    if (name === undefined || PLAIN_FORM_BASES.has(lastName(base.value) ?? "")) return [];
    return [fieldsOfClass(name, module, depth + 1)];
  });
  const own = [...form.body.flatMap(declaredField), ...metaFields(form)];
  const model = form.bases.some((base) => /Model/.test(lastName(base.value) ?? ""));
  return {
    secret: [...new Set([...bases.flatMap((base) => base.secret), ...own.filter(isSecretField)])],
    known: bases.every((base) => base.known) && (!model || metaFields(form).length > 0),
  };
}

/** `password = forms.CharField(...)`; a field with a PasswordInput is secret whatever it is called. */
function declaredField(statement: Statement): readonly string[] {
  if (statement.kind !== "assignment" || statement.value?.kind !== "call") return [];
  const { value } = statement;
  const masked = [...walkExpressions(value)].some(
    (part) => lastName(part) === "PasswordInput" && part.kind !== "call",
  );
  return statement.targets.flatMap((target) => {
    if (target.kind !== "name") return [];
    return [masked && !isSecretField(target.id) ? `${target.id} (password)` : target.id];
  });
}

function metaFields(form: ClassDefinition): readonly string[] {
  const meta = form.body.find((one) => one.kind === "class" && one.name === "Meta");
  if (meta?.kind !== "class") return [];
  const fields = meta.body.find(
    (one) =>
      one.kind === "assignment" &&
      one.targets.some((target) => target.kind === "name" && target.id === "fields"),
  );
  if (fields?.kind !== "assignment") return [];
  const { value } = fields;
  if (value?.kind !== "list" && value?.kind !== "tuple") return [];
  return value.items.flatMap((item) =>
    item.kind === "string" && item.value !== undefined ? [item.value] : [],
  );
}

export function isSecretField(name: string): boolean {
  const found = classifyTokens(tokensOf(name));
  return found?.strong === true && found.category !== "personal";
}

/** The fields of the form that an expression stands for: of its class, of `form_class`, of the class around. */
export function fieldsOfForm(form: Expression, scope: Scope): FormFields {
  const name = className(form, scope);
  if (name === undefined) return UNKNOWN;
  const fields = fieldsOfClass(name, scope.module);
  // A class that derives from the one around may have more fields.
  return form.kind === "name" && form.id === "self" ? { ...fields, known: false } : fields;
}

/** The class of a form: `SignupForm` of `SignupForm(...)`, of a variable made so, or of `form_class`. */
export function className(form: Expression, scope: Scope): string | undefined {
  if (form.kind === "call") return dottedName(form.callee);
  if (form.kind !== "name") return undefined;
  if (form.id === "self") return scope.classes.at(-1)?.name;
  const made = bindingsOf(scope, form.id)?.findLast((one) => one.value?.kind === "call")?.value;
  if (made?.kind === "call") {
    if (/^[A-Z]/.test(lastName(made.callee) ?? "")) return dottedName(made.callee);
  }
  const declared = scope.classes.at(-1)?.body.find(isFormClass);
  return declared?.kind === "assignment" && declared.value !== undefined
    ? dottedName(declared.value)
    : undefined;
}

function isFormClass(statement: Statement): boolean {
  return (
    statement.kind === "assignment" &&
    statement.targets.some(
      (target) => target.kind === "name" && /^(?:form|serializer)_class$/.test(target.id),
    )
  );
}
