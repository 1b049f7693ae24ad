import type { Span } from "../model/source.js";
import type { Scope } from "../session/functions.js";
import { statementsWith } from "./path-rule.js";

/** Where the function logs somebody in through Django or renews the session key. */
export function loginSpans(scope: Scope): readonly Span[] {
  return statementsWith(scope, "rotates").map((statement) => statement.span);
}
