import type { ClassDefinition, Expression, FunctionDefinition } from "../python/syntax.js";
import { isNotScope, walkStatements } from "../python/walk.js";

/** What a method gives an attribute of its object: `self.cart = ...`. */
export interface GivenAttribute {
  readonly method: FunctionDefinition;
  readonly value: Expression;
}

const MEMO = new WeakMap<ClassDefinition, ReadonlyMap<string, GivenAttribute>>();

/** The first value that a method of the class gives to an attribute of `self`. */
export function attributeValue(owner: ClassDefinition, name: string): GivenAttribute | undefined {
  const known = MEMO.get(owner) ?? attributesOf(owner);
  MEMO.set(owner, known);
  return known.get(name);
}

function attributesOf(owner: ClassDefinition): ReadonlyMap<string, GivenAttribute> {
  const found = new Map<string, GivenAttribute>();
  for (const method of owner.body) {
    if (method.kind !== "function") continue;
    for (const statement of walkStatements(method.body, isNotScope)) {
      if (statement.kind !== "assignment" || statement.value === undefined) continue;
      for (const target of statement.targets) {
        if (target.kind !== "attribute" || target.object.kind !== "name") continue;
        if (target.object.id !== "self" || found.has(target.name)) continue;
        found.set(target.name, { method, value: statement.value });
      }
    }
  }
  return found;
}
