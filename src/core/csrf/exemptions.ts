import type { Span } from "../model/source.js";
import type { PythonModule } from "../python/syntax/module.js";
import type {
  Call,
  ClassDefinition,
  Expression,
  FunctionDefinition,
  Statement,
} from "../python/syntax/syntax.js";
import {
  expressionsOf,
  isNotScope,
  walkAllExpressions,
  walkExpressions,
  walkSymbols,
} from "../python/syntax/walk.js";
import { lastName } from "../session/access/session-expression.js";
import { moduleConstant } from "../session/bindings/constants.js";

/** A view whose requests Django does not check, and where that is said. */
export interface Exemption {
  /** Function or class of the view; undefined when it is defined elsewhere. */
  readonly view: FunctionDefinition | ClassDefinition | undefined;
  readonly name: string;
  /** Dotted; empty where the view is wrapped at the top level. */
  readonly symbol: string;
  /** Texts of the URL pattern that leads to it. */
  readonly address: readonly string[];
  /** The name `csrf_exempt` itself, or the assignment of the attribute. */
  readonly span: Span;
  /** The whole decorator, or the call around the view. */
  readonly whole: Expression | undefined;
}

const EXEMPT = "csrf_exempt";

/** The exemptions in what a hunk touches, whichever way they are written. */
export function exemptions(module: PythonModule): readonly Exemption[] {
  if (!/csrf_?exempt/i.test(module.text)) return [];
  const found: Exemption[] = [];
  for (const { statement, symbol } of walkSymbols(module.touchedSyntax)) {
    if (statement.kind === "function" || statement.kind === "class") {
      found.push(...decorated(statement, symbol, module));
      found.push(
        ...(statement.kind === "class"
          ? inherited(statement, symbol, module)
          : made(statement, symbol, module)),
      );
    } else if (symbol === "") {
      found.push(...wrapped(statement, module), ...assigned(statement, module));
    }
  }
  return found;
}

/** `@csrf_exempt`, `@method_decorator(csrf_exempt, name="dispatch")`, on the view or one of its methods. */
function decorated(
  definition: FunctionDefinition | ClassDefinition,
  symbol: string,
  module: PythonModule,
): readonly Exemption[] {
  return definition.decorators.flatMap((decorator) => {
    const name = decoratorNamed(decorator, EXEMPT) ?? decoratorListed(decorator, module);
    if (name === undefined) return [];
    const owner = ownerOf(symbol, module);
    const view = owner ?? definition;
    const place = owner === undefined ? join(symbol, definition.name) : symbol;
    return [
      { view, name: view.name, symbol: place, address: [], span: name.span, whole: decorator },
    ];
  });
}

/** `@method_decorator(decorators, name="dispatch")` with a list that the module keeps. */
function decoratorListed(decorator: Expression, module: PythonModule): Expression | undefined {
  if (decorator.kind !== "call") return undefined;
  const lists = decorator.args.map(({ value }) =>
    value.kind === "name" ? moduleConstant(value.id, module) : undefined,
  );
  const exempts = lists.some(
    (list) =>
      (list?.kind === "list" || list?.kind === "tuple") &&
      list.items.some((item) => lastName(item) === EXEMPT),
  );
  return exempts ? decorator : undefined;
}

/** A class that takes the exemption from one of its bases: `class LoginView(CsrfExemptMixin, View)`. */
function inherited(
  view: ClassDefinition,
  symbol: string,
  module: PythonModule,
): readonly Exemption[] {
  const base = view.bases.find(({ value }) => isExemptBase(lastName(value) ?? "", view, module));
  if (base === undefined) return [];
  const { value } = base;
  const place = join(symbol, view.name);
  return [{ view, name: view.name, symbol: place, address: [], span: value.span, whole: value }];
}

function isExemptBase(name: string, view: ClassDefinition, module: PythonModule): boolean {
  const base = module.definition(name);
  if (base === undefined) return /^csrf_?exempt\w*(?:mixin|view)$/i.test(name);
  if (base === view || base.kind !== "class") return false;
  return [base, ...base.body].some(
    (one) =>
      (one.kind === "class" || one.kind === "function") &&
      one.decorators.some((decorator) => decoratorNamed(decorator, EXEMPT) !== undefined),
  );
}

/** `return csrf_exempt(super().as_view())` in a class that makes its own view. */
function made(
  { name, body }: FunctionDefinition,
  symbol: string,
  module: PythonModule,
): readonly Exemption[] {
  const view = name === "as_view" ? ownerOf(symbol, module) : undefined;
  if (view === undefined) return [];
  const call = [...walkAllExpressions(body, isNotScope)].find(
    (one) => one.kind === "call" && lastName(one.callee) === EXEMPT,
  );
  if (call?.kind !== "call") return [];
  return [{ view, name: view.name, symbol, address: [], span: call.callee.span, whole: call }];
}

/** The class whose method this is: the exemption is the class's, since one URL leads to it. */
function ownerOf(symbol: string, module: PythonModule): ClassDefinition | undefined {
  const owner = symbol === "" || symbol.includes(".") ? undefined : module.definition(symbol);
  return owner?.kind === "class" ? owner : undefined;
}

function join(symbol: string, name: string): string {
  return symbol === "" ? name : `${symbol}.${name}`;
}

/** The name in a decorator, also as an argument of another: `method_decorator([csrf_exempt, never_cache])`. */
export function decoratorNamed(decorator: Expression, name: string): Expression | undefined {
  if (lastName(decorator) === name) return decorator;
  if (decorator.kind !== "call") return undefined;
  if (lastName(decorator.callee) === name) return decorator.callee;
  for (const { value } of decorator.args) {
    const items = value.kind === "list" || value.kind === "tuple" ? value.items : [value];
    const found = items.find((item) => lastName(item) === name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** `path("login/", csrf_exempt(views.login))`, `login = csrf_exempt(LoginView.as_view())` */
function wrapped(statement: Statement, module: PythonModule): readonly Exemption[] {
  return expressionsOf(statement).flatMap((expression) => {
    const calls = [...walkExpressions(expression)].filter((one) => one.kind === "call");
    return calls
      .filter((call) => lastName(call.callee) === EXEMPT && call.args.length === 1)
      .flatMap((call) => readWrapped(call, calls, module));
  });
}

function readWrapped(
  call: Call,
  around: readonly Call[],
  module: PythonModule,
): readonly Exemption[] {
  const view = call.args[0]?.value;
  const name = view && viewName(view);
  if (name === undefined) return [];
  const pattern = around.findLast(
    (one) =>
      /^(?:path|re_path|url|django_url|register)$/.test(lastName(one.callee) ?? "") &&
      one.span.start <= call.span.start &&
      call.span.end <= one.span.end,
  );
  const isLocal = view?.kind === "name" || view?.kind === "call";
  return [
    {
      view: isLocal ? module.definition(name) : undefined,
      name,
      symbol: "",
      address: pattern ? textsOf(pattern) : [],
      span: call.callee.span,
      whole: call,
    },
  ];
}

function textsOf(pattern: Call): readonly string[] {
  return pattern.args.flatMap(({ value }) =>
    value.kind === "string" && value.value !== undefined ? [value.value] : [],
  );
}

/** `LoginView` of `views.LoginView.as_view()`, `login` of `views.login`. */
function viewName(view: Expression): string | undefined {
  if (view.kind !== "call") return lastName(view);
  const { callee } = view;
  if (callee.kind === "attribute" && callee.name === "as_view") return lastName(callee.object);
  const inner = view.args.length === 1 ? view.args[0]?.value : undefined;
  return inner && viewName(inner);
}

/** `view.csrf_exempt = True` */
function assigned(statement: Statement, module: PythonModule): readonly Exemption[] {
  if (statement.kind !== "assignment" || statement.value?.kind !== "constant") return [];
  if (statement.value.value !== true) return [];
  return statement.targets.flatMap((target) => {
    if (target.kind !== "attribute" || target.name !== EXEMPT) return [];
    const name = lastName(target.object);
    if (name === undefined) return [];
    const view = target.object.kind === "name" ? module.definition(name) : undefined;
    return [{ view, name, symbol: "", address: [], span: statement.span, whole: undefined }];
  });
}
