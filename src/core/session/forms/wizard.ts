import type { Span } from "../../model/source.js";
import type { PythonModule } from "../../python/syntax/module.js";
import type { Call, ClassDefinition, Expression, Statement } from "../../python/syntax/syntax.js";
import {
  dottedName,
  findArgument,
  walkAllExpressions,
  walkStatements,
} from "../../python/syntax/walk.js";
import { lastName } from "../access/session-expression.js";
import { constantValue } from "../bindings/constants.js";
import { importedInto } from "../bindings/imported-members.js";
import { scopesOf } from "../bindings/scopes.js";
import { fieldsOfClass } from "./forms.js";

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

/** formtools.wizard.views, and classes of projects that say so in their name. */
const WIZARD = /(Session|Cookie)WizardView$/;

/** Base classes that are followed. */
const MAX_BASES = 3;

const KEEPING: ReadonlySet<string> = new Set(["process_step", "get_form_step_data"]);

/** What a method does that takes something out of what is kept. */
const TAKING_OUT = /\.pop\(|\bdel\b|\.reset\(|\.copy\(|encrypt|passw|without/;

/** The steps of the wizards of a file: of its classes, and of those it gives their forms as views. */
export function wizardSteps(module: PythonModule): readonly WizardStep[] {
  if (!/wizard/i.test(module.text)) return [];
  const statements = module.syntaxMentioning(["Wizard", "wizard"]);
  const classes = [...walkStatements(statements)].flatMap((statement) =>
    statement.kind === "class" ? stepsOfClass({ definition: statement, module }) : [],
  );
  const views = walkAllExpressions(statements).flatMap((expression) =>
    expression.kind === "call" ? stepsOfView(expression, module) : [],
  );
  return [...classes, ...views];
}

/** A class and where it stands. */
interface Wizard {
  readonly definition: ClassDefinition;
  readonly module: PythonModule;
}

function stepsOfClass(wizard: Wizard): readonly WizardStep[] {
  const list = wizard.definition.body.find(isFormList);
  if (list?.kind !== "assignment" || list.value === undefined) return [];
  return stepsOf(wizard, list.value, list.span, wizard.module);
}

/** `SignupWizard.as_view([FirstForm, LastForm])`. */
function stepsOfView(call: Call, module: PythonModule): readonly WizardStep[] {
  const { callee } = call;
  if (callee.kind !== "attribute" || callee.name !== "as_view") return [];
  const list = findArgument(call, "form_list", 0)?.value;
  const name = dottedName(callee.object);
  const wizard = name === undefined ? undefined : classNamed(name, module);
  return list === undefined || wizard === undefined ? [] : stepsOf(wizard, list, call.span, module);
}

function stepsOf(
  wizard: Wizard,
  list: Expression,
  at: Span,
  module: PythonModule,
): readonly WizardStep[] {
  const kind = kindOf(wizard);
  if (kind === undefined || wizard.definition.body.some(isStorage)) return [];
  const { items, span } = listedForms(list, at, module);
  const guards = guardsOf(wizard);
  // What stands in another file is no guard that this one could lose.
  if (guards.length > 0 && wizard.module !== module) return [];
  return items.flatMap((item, index) => {
    const form = formOf(item);
    const fields = form === undefined ? [] : fieldsOfClass(form, module).secret;
    if (form === undefined || fields.length === 0) return [];
    const last = index === items.length - 1;
    const { name } = wizard.definition;
    return [{ wizard: name, form, fields, cookie: kind === "Cookie", last, span, guards }];
  });
}

/** Which store a class keeps its steps in, by the wizard of formtools that it derives from. */
function kindOf({ definition, module }: Wizard, depth = 0): string | undefined {
  for (const { value } of definition.bases) {
    const known = WIZARD.exec(lastName(value) ?? "")?.[1];
    if (known !== undefined) return known;
    const name = dottedName(value);
    if (name === undefined || depth >= MAX_BASES || !/wizard/i.test(name)) continue;
    const base = classNamed(name, module);
    const inherited = base && kindOf(base, depth + 1);
    if (inherited !== undefined) return inherited;
  }
  return undefined;
}

function classNamed(name: string, module: PythonModule): Wizard | undefined {
  const own = module.definition(name);
  if (own?.kind === "class") return { definition: own, module };
  const member = importedInto(module, name);
  const definition = member?.module.definition(member.name);
  return member !== undefined && definition?.kind === "class"
    ? { definition, module: member.module }
    : undefined;
}

/** The forms of a list, or of a constant of this file or another that holds one. */
function listedForms(
  list: Expression,
  at: Span,
  module: PythonModule,
): { readonly items: readonly Expression[]; readonly span: Span } {
  if (list.kind === "list" || list.kind === "tuple") return { items: list.items, span: at };
  const name = dottedName(list);
  const [scope] = scopesOf(module, module.touchedSyntax);
  const value = name === undefined || scope === undefined ? undefined : constantValue(name, scope);
  if (value?.kind !== "list" && value?.kind !== "tuple") return { items: [], span: at };
  const here = name !== undefined && module.imports.resolve(name) === undefined;
  return { items: value.items, span: here ? value.span : at };
}

/** `SignupForm` or `("account", SignupForm)`. */
function formOf(item: Expression): string | undefined {
  const form = item.kind === "tuple" ? item.items[1] : item;
  return form && dottedName(form);
}

function guardsOf({ definition, module }: Wizard): readonly Span[] {
  return definition.body.flatMap((one) =>
    one.kind === "function" &&
    KEEPING.has(one.name) &&
    TAKING_OUT.test(module.text.slice(one.span.start, one.span.end))
      ? [one.span]
      : [],
  );
}

function isFormList(statement: Statement): boolean {
  return assigns(statement, "form_list");
}

function isStorage(statement: Statement): boolean {
  return assigns(statement, "storage_name");
}

function assigns(statement: Statement, name: string): boolean {
  return (
    statement.kind === "assignment" &&
    statement.targets.some((target) => target.kind === "name" && target.id === name)
  );
}
