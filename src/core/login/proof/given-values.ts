import { walkExpressions } from "../../python/syntax/walk.js";
import type { SessionWrite } from "../../session/writes/writes.js";

/** Whether the value of a write comes from a parameter of its function, so that it is the caller's. */
export function storesGiven({ value, scope }: SessionWrite): boolean {
  if (value === undefined) return false;
  const parameters = new Set(scope.definition?.parameters.map(({ name }) => name));
  return [...walkExpressions(value)].some(
    (one) => one.kind === "name" && parameters.has(one.id) && !NOT_GIVEN.test(one.id),
  );
}

const NOT_GIVEN = /^(?:self|cls|_?req(?:uest)?)$/;
