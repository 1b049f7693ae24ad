import type { Span } from "../../model/source.js";
import type { Expression } from "../../python/syntax/syntax.js";
import type { Scope } from "../evaluate/scope.js";
import { type ListAlternatives, unknownList } from "./list-value.js";

/** What a list expression may refer to. */
export interface ListReader {
  readonly scope: Scope;
  readonly text: string;
  /** The list a name holds at this point. */
  list(name: string): ListAlternatives | undefined;
  /** `Base.MIDDLEWARE`, `base.MIDDLEWARE`: a list of a class of the module, or of another module. */
  attribute(owner: string, name: string, via: Span): ListAlternatives | undefined;
  /** `from .base import MIDDLEWARE`: a list of another module. */
  imported(from: string, name: string, via: Span): ListAlternatives | undefined;
}

export function notKnown(expression: Expression, reader: ListReader): ListAlternatives {
  return unknownList(sourceOf(expression, reader));
}

export function sourceOf({ span }: Expression, { text }: ListReader): string {
  return text.slice(span.start, span.end);
}
