import type { Span } from "../../model/source.js";
import type { Call } from "../../python/syntax/syntax.js";
import type { Scope } from "../evaluate/scope.js";
import { type Effective, orInherited } from "./alternative.js";
import type { State } from "./run.js";

/**
 * What another module says of a name, for a statement that takes all its names. Undefined: that was
 * not read, or is no module of the project's settings.
 */
export interface ReadInherited {
  /** From `from x import *` and `from x import NAME`, by `x` as written. */
  imported(from: string, name: string, via: Span): Effective | undefined;
  /** From a call like `include("base.py")`; undefined for any other call. */
  included(call: Call, name: string, via: Span, scope: Scope): Effective | undefined;
}

/**
 * What comes from elsewhere overrides what was written before, except where nothing is known of it:
 * most modules do not set most names.
 */
export function takeOver(name: string, found: Effective | undefined, state: State): void {
  if (found === undefined || found.every(({ value }) => value.kind === "unset")) return;
  const before = state.get(name);
  if (found.every(({ value }) => value.kind === "inherited")) {
    state.set(name, before === undefined ? found : orInherited(before, found));
  } else {
    state.set(name, before === undefined ? found : orInherited(found, before));
  }
}
