import type { Span } from "../../model/source.js";

/** One text of a list, and where it is written. */
export interface ListElement {
  readonly text: string;
  readonly span: Span;
  /**
   * Set when another module writes it; the span is then that of the statement it comes with. Whether
   * the change set changes that module: then the cause stands there.
   */
  readonly from?: { readonly changed: boolean };
}

/** What a list setting holds, as far as the text tells. */
export interface ListValue {
  readonly elements: readonly ListElement[];
  /** Source texts of the parts that are not known: anything may come from them. Empty: all is known. */
  readonly unknown: readonly string[];
  /** Whether the known elements come in the order of `elements`. */
  readonly ordered: boolean;
  /** What a statement takes out by name (`remove`, a filter), whether or not it was seen before. */
  readonly removed: readonly ListElement[];
}

/** What a list can be at one point: several when the text does not decide. Never empty. */
export type ListAlternatives = readonly ListValue[];

export const EMPTY_LIST: ListValue = { elements: [], unknown: [], ordered: true, removed: [] };

/** More ways to build a list than any settings file has; beyond it the parts are not told apart. */
const MAX_ALTERNATIVES = 8;

export function unknownList(source: string): ListAlternatives {
  return [{ ...EMPTY_LIST, unknown: [source] }];
}

export function join(left: ListValue, right: ListValue): ListValue {
  return {
    elements: [...left.elements, ...right.elements],
    unknown: unite(left.unknown, right.unknown),
    ordered: left.ordered && right.ordered,
    removed: [...left.removed, ...right.removed],
  };
}

/** Every way to put a list of `right` behind one of `left`. */
export function joinAll(left: ListAlternatives, right: ListAlternatives): ListAlternatives {
  return either(left.flatMap((a) => right.map((b) => join(a, b))));
}

/** One of these, and the text does not say which; too many become one of which nothing is sure. */
export function either(alternatives: readonly ListValue[]): ListAlternatives {
  const distinct = [...new Set(alternatives)];
  if (distinct.length <= MAX_ALTERNATIVES) return distinct;
  return unknownList("(too many branches)");
}

export function withoutText(list: ListValue, text: string, span: Span): ListValue {
  const at = list.elements.findIndex((element) => element.text === text);
  return {
    ...list,
    elements: list.elements.filter((_, index) => index !== at),
    removed: [...list.removed, { text, span }],
  };
}

/** `index` undefined: somewhere; the order is then not known any more. */
export function withElement(
  list: ListValue,
  element: ListElement,
  index: number | undefined,
): ListValue {
  if (index === undefined) {
    return { ...list, elements: [...list.elements, element], ordered: false };
  }
  return { ...list, elements: list.elements.toSpliced(index, 0, element) };
}

export function withUnknown(list: ListValue, source: string): ListValue {
  return { ...list, unknown: unite(list.unknown, [source]) };
}

/** Where an element is to be shown: nowhere here, where a changed module answers for it. */
export function placeOfElement({ span, from }: ListElement): Span | undefined {
  return from?.changed === true ? undefined : span;
}

export function holds(list: ListValue, text: string): boolean {
  return list.elements.some((element) => element.text === text);
}

function unite(a: readonly string[], b: readonly string[]): readonly string[] {
  return a.length === 0 ? b : [...new Set([...a, ...b])];
}
