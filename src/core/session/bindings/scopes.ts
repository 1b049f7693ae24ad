import { documentedPath } from "../../django/reexports.js";
import type { Span } from "../../model/source.js";
import type { PythonModule } from "../../python/syntax/module.js";
import type {
  ClassDefinition,
  Expression,
  FunctionDefinition,
  Parameter,
  Statement,
} from "../../python/syntax/syntax.js";
import { blocksOf, isNotScope, walkStatements } from "../../python/syntax/walk.js";
import { type Binding, bindingsIn, importedIn } from "./bindings.js";

/** A function, or the code that runs when a module or a class body is executed. */
export interface Scope {
  readonly module: PythonModule;
  readonly definition: FunctionDefinition | undefined;
  /** Dotted name; empty at the top level. */
  readonly symbol: string;
  /** Enclosing classes, innermost last. */
  readonly classes: readonly ClassDefinition[];
  readonly parent: Scope | undefined;
  readonly body: readonly Statement[];
  readonly bindings: ReadonlyMap<string, readonly Binding[]>;
  /** Names imported inside the function: `login` -> `django.contrib.auth.login`. */
  readonly imported: ReadonlyMap<string, string>;
}

const SCOPES = new WeakMap<readonly Statement[], readonly Scope[]>();

/**
 * Every scope of the statements, outer before inner; the statements themselves are the first. The
 * same list of statements has the same scopes, so that what is known of a scope serves every rule.
 */
export function scopesOf(module: PythonModule, statements: readonly Statement[]): readonly Scope[] {
  const known = SCOPES.get(statements);
  if (known !== undefined) return known;
  const scopes = findScopes(module, statements);
  SCOPES.set(statements, scopes);
  return scopes;
}

function findScopes(module: PythonModule, statements: readonly Statement[]): readonly Scope[] {
  const scopes = [makeScope(module, undefined, "", [], undefined, statements)];
  for (let i = 0; i < scopes.length; i++) {
    const scope = scopes[i];
    if (scope !== undefined) scopes.push(...innerScopes(scope));
  }
  return scopes;
}

/** The scope of one function that stands at the top level, or in the classes given. */
export function scopeOf(
  module: PythonModule,
  definition: FunctionDefinition,
  classes: readonly ClassDefinition[] = [],
): Scope {
  const symbol = [...classes, definition].map((one) => one.name).join(".");
  return makeScope(module, definition, symbol, classes, undefined, definition.body);
}

function innerScopes(scope: Scope): readonly Scope[] {
  const found: Scope[] = [];
  for (const statement of walkStatements(scope.body, isNotScope)) {
    if (isNotScope(statement)) continue;
    const inner = statement as FunctionDefinition | ClassDefinition;
    const symbol = scope.symbol === "" ? inner.name : `${scope.symbol}.${inner.name}`;
    found.push(
      inner.kind === "function"
        ? makeScope(scope.module, inner, symbol, scope.classes, scope, inner.body)
        : makeScope(scope.module, undefined, symbol, [...scope.classes, inner], scope, inner.body),
    );
  }
  return found;
}

function makeScope(
  module: PythonModule,
  definition: FunctionDefinition | undefined,
  symbol: string,
  classes: readonly ClassDefinition[],
  parent: Scope | undefined,
  body: readonly Statement[],
): Scope {
  return {
    module,
    definition,
    symbol,
    classes,
    parent,
    body,
    get bindings() {
      return bindingsIn(body);
    },
    get imported() {
      return definition === undefined ? NOTHING_IMPORTED : importedIn(body);
    },
  };
}

const NOTHING_IMPORTED: ReadonlyMap<string, string> = new Map();

const DEFINED = new WeakMap<PythonModule, ReadonlySet<string>>();

/** Whether the module defines a function or a class of that name at its top level. */
export function isDefinedHere(module: PythonModule, name: string): boolean {
  let names = DEFINED.get(module);
  if (names === undefined) {
    names = new Set(module.statements.flatMap((one) => (one.name === undefined ? [] : [one.name])));
    DEFINED.set(module, names);
  }
  return names.has(name);
}

/** Dotted path of a name as the function sees it: its own imports, then those of the module. */
export function resolveImport(scope: Scope, dotted: string): string | undefined {
  const [root = "", ...rest] = dotted.split(".");
  for (let at: Scope | undefined = scope; at !== undefined; at = at.parent) {
    const local = at.imported.get(root);
    if (local !== undefined) return documentedPath([local, ...rest].join("."));
  }
  const path = scope.module.imports.resolve(dotted);
  return path === undefined ? undefined : documentedPath(path);
}

/** What a name is given in the function or in one around it; undefined when neither binds it. */
export function bindingsOf(scope: Scope, name: string): readonly Binding[] | undefined {
  for (let at: Scope | undefined = scope; at !== undefined; at = at.parent) {
    const found = at.bindings.get(name);
    if (found !== undefined) return found;
    if (at.definition?.parameters.some((parameter) => parameter.name === name) === true)
      return undefined;
  }
  return undefined;
}

/**
 * What a name was given last before an offset of the same function; a `None` in between, as in an
 * `except`, is passed over.
 */
export function lastBinding(scope: Scope, name: string, before: number): Binding | undefined {
  const earlier = scope.bindings.get(name)?.filter((binding) => binding.span.start < before) ?? [];
  const telling = earlier.findLast(
    ({ value }) => value?.kind !== "constant" || value.value !== null,
  );
  return telling ?? earlier.at(-1);
}

/** The value of `lastBinding`. */
export function lastValue(scope: Scope, name: string, before: number): Expression | undefined {
  return lastBinding(scope, name, before)?.value;
}

/** The parameter of that name, of the function or of one around it. */
export function parameterOf(scope: Scope, name: string): Parameter | undefined {
  for (let at: Scope | undefined = scope; at !== undefined; at = at.parent) {
    const found = at.definition?.parameters.find((parameter) => parameter.name === name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The name of the function, or of the innermost class for code in a class body. */
export function ownName(scope: Scope): string {
  return scope.symbol.slice(scope.symbol.lastIndexOf(".") + 1);
}

/** The statement lists from the body of the scope down to the one that holds `statement`. */
export interface Step {
  readonly block: readonly Statement[];
  readonly index: number;
}

/** Where a statement stands: outermost list first; empty when it is not in the scope. */
export function pathTo(body: readonly Statement[], statement: Statement): readonly Step[] {
  const steps: Step[] = [];
  let block: readonly Statement[] | undefined = body;
  while (block !== undefined) {
    const index: number = block.findIndex((one) => contains(one.span, statement.span));
    const at: Statement | undefined = block[index];
    if (at === undefined) return [];
    steps.push({ block, index });
    if (at === statement) return steps;
    block = blocksOf(at).find((inner) => inner.some((one) => contains(one.span, statement.span)));
  }
  return [];
}

function contains(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}
