import type { Span } from "../model/source.js";
import type { PythonModule } from "../python/module.js";
import type { ClassDefinition, Expression, Statement } from "../python/syntax.js";
import { dottedName, walkStatements } from "../python/walk.js";
import { fieldsOfClass } from "./forms.js";
import { lastName } from "./session-expression.js";

/** A step of a form wizard whose form has a secret field. */
export interface WizardStep {
  readonly wizard: string;
  readonly form: string;
  readonly fields: readonly string[];
  /** Kept in a cookie, not in the session. */
  readonly cookie: boolean;
  /** Nothing is kept of the last step before the wizard is done. */
  readonly last: boolean;
  readonly span: Span;
  /** Methods that decide what a step keeps. */
  readonly guards: readonly Span[];
}

/** formtools.wizard.views, and classes of projects that derive from them and say so in their name. */
const WIZARD = /(Session|Cookie)WizardView$/;

const KEEPING: ReadonlySet<string> = new Set(["process_step", "get_form_step_data"]);

/** What a method does that takes something out of what is kept. */
const TAKING_OUT = /\.pop\(|\bdel\b|\.reset\(|\.copy\(|encrypt|passw|without/;

export function wizardSteps(module: PythonModule): readonly WizardStep[] {
  return [...walkStatements(module.touchedSyntax)].flatMap((statement) =>
    statement.kind === "class" ? stepsOf(statement, module) : [],
  );
}

function stepsOf(wizard: ClassDefinition, module: PythonModule): readonly WizardStep[] {
  const kind = wizard.bases
    .map((base) => WIZARD.exec(lastName(base.value) ?? "")?.[1])
    .find((one) => one !== undefined);
  const list = wizard.body.find(isFormList);
  if (kind === undefined || list?.kind !== "assignment" || hasOwnStorage(wizard)) return [];
  const { value, span } = list;
  if (value?.kind !== "list" && value?.kind !== "tuple") return [];
  const guards = wizard.body.flatMap((one) =>
    one.kind === "function" &&
    KEEPING.has(one.name) &&
    TAKING_OUT.test(module.text.slice(one.span.start, one.span.end))
      ? [one.span]
      : [],
  );
  return value.items.flatMap((item, index) => {
    const form = formOf(item);
    const fields = form === undefined ? [] : fieldsOfClass(form, module).secret;
    if (form === undefined || fields.length === 0) return [];
    const last = index === value.items.length - 1;
    return [{ wizard: wizard.name, form, fields, cookie: kind === "Cookie", last, span, guards }];
  });
}

/** `SignupForm` or `("account", SignupForm)`. */
function formOf(item: Expression): string | undefined {
  const form = item.kind === "tuple" ? item.items[1] : item;
  return form && dottedName(form);
}

function isFormList(statement: Statement): boolean {
  return assigns(statement, "form_list");
}

function hasOwnStorage(wizard: ClassDefinition): boolean {
  return wizard.body.some((statement) => assigns(statement, "storage_name"));
}

function assigns(statement: Statement, name: string): boolean {
  return (
    statement.kind === "assignment" &&
    statement.targets.some((target) => target.kind === "name" && target.id === name)
  );
}
