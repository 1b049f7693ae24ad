import type { PythonModule } from "../../python/syntax/module.js";
import type { Expression } from "../../python/syntax/syntax.js";
import { importedMember } from "./imported-members.js";
import { bindingsOf, type Scope } from "./scopes.js";

/** What a constant of the function, its class, its module or another module of the project is given. */
export function constantValue(dotted: string, scope: Scope): Expression | undefined {
  const [root = "", ...rest] = dotted.split(".");
  if (rest.length === 0) {
    const bindings = bindingsOf(scope, root);
    if (bindings !== undefined) return bindings.length === 1 ? bindings[0]?.value : undefined;
    return moduleConstant(root, scope.module) ?? importedConstant(root, scope);
  }
  const [attribute = ""] = rest;
  if (rest.length > 1) return undefined;
  const owner = scope.classes.findLast(
    (one) => root === "self" || root === "cls" || one.name === root,
  );
  if (owner !== undefined) return assignedIn(owner.body, attribute);
  return importedConstant(dotted, scope);
}

/** A constant of another module of the project, or of a class there: `keys.OTP`, `Keys.OTP`. */
function importedConstant(dotted: string, scope: Scope): Expression | undefined {
  const member = importedMember(dotted, scope);
  if (member !== undefined) return moduleConstant(member.name, member.module);
  const at = dotted.lastIndexOf(".");
  const owner = at < 0 ? undefined : importedMember(dotted.slice(0, at), scope);
  const definition = owner?.module.definition(owner.name);
  return definition?.kind === "class"
    ? assignedIn(definition.body, dotted.slice(at + 1))
    : undefined;
}

/** What a name is given at the top level of a module. */
export function moduleConstant(name: string, module: PythonModule): Expression | undefined {
  const simple = module.statements.filter(
    (statement) =>
      statement.keyword === undefined &&
      module.text.startsWith(name, statement.span.start) &&
      /[\s:=]/.test(module.text[statement.span.start + name.length] ?? ""),
  );
  for (const statement of simple.toReversed()) {
    const value = assignedIn(module.syntaxOf(statement), name);
    if (value !== undefined) return value;
  }
  return undefined;
}

function assignedIn(statements: Scope["body"], name: string): Expression | undefined {
  for (const statement of statements.toReversed()) {
    if (statement.kind !== "assignment") continue;
    const named = statement.targets.some((target) => target.kind === "name" && target.id === name);
    if (named) return statement.value;
  }
  return undefined;
}
