import type { FunctionDefinition } from "../python/syntax/syntax.js";
import { isNotScope, walkAllExpressions } from "../python/syntax/walk.js";

const REQUEST_PARTS = /^(?:POST|GET|FILES|COOKIES|META|body|data|headers|method|session|user)$/;

/** Whether a function can be a view: one that is given no request is none, whatever decorates it. */
export function takesRequest({ parameters, body }: FunctionDefinition): boolean {
  if (parameters.length === 0) return true;
  if (parameters.some(({ name, unpack }) => unpack !== undefined || /req|^self$/i.test(name))) {
    return true;
  }
  const names = new Set(parameters.map(({ name }) => name));
  return [...walkAllExpressions(body, isNotScope)].some(
    (one) =>
      one.kind === "attribute" &&
      REQUEST_PARTS.test(one.name) &&
      one.object.kind === "name" &&
      names.has(one.object.id),
  );
}
