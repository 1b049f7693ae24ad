import type { Scope } from "../evaluate/scope.js";
import type { Effective } from "./alternative.js";
import type { ReadInherited } from "./take-over.js";

/** What the names of interest hold so far; a name that is absent was not written. */
export type State = Map<string, Effective>;

export interface Run {
  /** Names of interest. */
  readonly names: ReadonlySet<string>;
  readonly scope: Scope;
  /** What is taken from other modules; without it nothing is. */
  readonly readInherited?: ReadInherited;
  /** Class whose body this is. */
  readonly owner?: string;
  readonly depth?: number;
}
