import type { Span } from "../../model/source.js";
import { type AbstractValue, oneOf, replaceUnset, UNKNOWN } from "../evaluate/value.js";

/** One value that a setting can end up with. */
export interface Alternative {
  readonly value: AbstractValue;
  /** The statement that gives it; undefined when nothing in this module does. */
  readonly span: Span | undefined;
  /** Class that assigns it; undefined at the top level. */
  readonly owner?: string;
  /** Set when another module of the project gives it. */
  readonly inherited?: Inherited;
}

/** How a value comes from another module. */
export interface Inherited {
  /** The import, the call or the header of the class, in this module. */
  readonly via: Span;
  /** Whether the change set changes a module on the way: then the cause stands there. */
  readonly changed: boolean;
}

/** What a setting is at the end of a module: never empty; several when the text does not decide. */
export type Effective = readonly Alternative[];

/** The value of a name that may have several; not known where nothing sets it. */
export function oneValue(effective: Effective): AbstractValue {
  const values = effective.map(({ value }) => (value.kind === "unset" ? UNKNOWN : value));
  return values.length === 0 ? UNKNOWN : oneOf(values);
}

/** Where a path through the module sets nothing, what it inherits holds. */
export function orInherited(own: Effective, inherited: Effective): Effective {
  if (own.length === 0) return inherited;
  return own.flatMap((one) =>
    inherited.map((fallback) => {
      const value = replaceUnset(one.value, fallback.value);
      if (value === one.value) return one;
      return { ...fallback, ...one, value, span: one.span ?? fallback.span };
    }),
  );
}
