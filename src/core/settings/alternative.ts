import type { Span } from "../model/source.js";
import { type AbstractValue, oneOf, UNKNOWN } from "./value.js";

/** One value that a setting can end up with. */
export interface Alternative {
  readonly value: AbstractValue;
  /** The statement that gives it; undefined when nothing in this module does. */
  readonly span: Span | undefined;
  /** Class that assigns it; undefined at the top level. */
  readonly owner?: string;
}

/** What a setting is at the end of a module: never empty; several when the text does not decide. */
export type Effective = readonly Alternative[];

/** The value of a name that may have several; not known where nothing sets it. */
export function oneValue(effective: Effective): AbstractValue {
  const values = effective.map(({ value }) => (value.kind === "unset" ? UNKNOWN : value));
  return values.length === 0 ? UNKNOWN : oneOf(values);
}
