import type { Expression } from "../../python/syntax/syntax.js";
import type { AbstractValue } from "./value.js";

/** What an expression may refer to. */
export interface Scope {
  /** Dotted path of an imported name, see `ImportTable.resolve`. */
  resolve(dotted: string): string | undefined;
  /** The value a name has; unknown when nothing in reach assigns it. */
  lookup(name: string): AbstractValue;
  /** The expression that a name is first assigned at the top level of the module. */
  assigned(name: string): Expression | undefined;
  /** Whether it is assigned again, or changed in place: `name[key] = v`, `name.update(...)`. */
  changes(name: string): boolean;
  /** Whether the module has the name in quotes, or as a keyword of a call. */
  spells(name: string): boolean;
}
