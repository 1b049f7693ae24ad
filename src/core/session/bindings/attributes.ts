import type { PythonModule } from "../../python/syntax/module.js";
import { once } from "../../python/syntax/once.js";
import type {
  ClassDefinition,
  Expression,
  FunctionDefinition,
} from "../../python/syntax/syntax.js";
import { isNotScope, walkStatements } from "../../python/syntax/walk.js";

/** What a method gives an attribute of its object: `self.cart = ...`. */
export interface GivenAttribute {
  readonly method: FunctionDefinition;
  readonly value: Expression;
}

/** The first value that a method of the class gives to an attribute of `self`. */
export function attributeValue(
  owner: ClassDefinition,
  name: string,
  { text }: Pick<PythonModule, "text">,
): GivenAttribute | undefined {
  for (const method of owner.body) {
    if (method.kind !== "function") continue;
    if (method.aside && !gives(text.slice(method.span.start, method.span.end), name)) continue;
    const value = givenBy(method).get(name);
    if (value !== undefined) return { method, value };
  }
  return undefined;
}

/** Whether a text can give `self` the attribute; told without reading it. */
function gives(text: string, name: string): boolean {
  const attribute = `.${name}`;
  for (let at = text.indexOf(attribute); at !== -1; at = text.indexOf(attribute, at + 1)) {
    ASSIGNS.lastIndex = at + attribute.length;
    if (ASSIGNS.test(text)) return true;
  }
  return false;
}

const ASSIGNS = /[ \t]*(?:[,:)\]][^\n=]*)?=(?!=)/y;

const givenBy = once((method: FunctionDefinition): ReadonlyMap<string, Expression> => {
  const found = new Map<string, Expression>();
  for (const statement of walkStatements(method.body, isNotScope)) {
    if (statement.kind !== "assignment" || statement.value === undefined) continue;
    for (const target of statement.targets) {
      if (target.kind !== "attribute" || target.object.kind !== "name") continue;
      if (target.object.id !== "self" || found.has(target.name)) continue;
      found.set(target.name, statement.value);
    }
  }
  return found;
});
