import type { Span } from "../model/source.js";
import type { Call, Expression } from "../python/syntax/syntax.js";
import type { KeyPart } from "../session/access/keys.js";
import { lastValue, type Scope } from "../session/bindings/scopes.js";

/** How a flag of a cookie is given. `unsure`: the code computes it. */
export type Flag = "on" | "off" | "missing" | "unsure";

/** A cookie that a view sets by hand. */
export interface SetCookie {
  readonly name: KeyPart;
  readonly value: Expression;
  readonly secure: Flag;
  readonly httpOnly: Flag;
  /** `samesite="None"`: sent with requests of other sites. */
  readonly sentEverywhere: boolean;
  /** Seconds the browser keeps it; undefined where that is not a number, or it ends with the browser. */
  readonly maxAge: number | undefined;
  /** What switches a flag on, or may, on lines of its own. */
  readonly given: readonly Span[];
  readonly scope: Scope;
  readonly span: Span;
  /** The call, when the cookie is set by one: its arguments can be fixed. */
  readonly call: Call | undefined;
}

export function flagValue(value: Expression, scope: Scope): Flag {
  const known =
    value.kind === "name" ? (lastValue(scope, value.id, value.span.start) ?? value) : value;
  if (known.kind === "constant") return known.value === true ? "on" : "off";
  if (known.kind === "number") return known.value === 0 ? "off" : "on";
  return "unsure";
}
