import type { Evidence } from "../../model/rule.js";
import type { Span } from "../../model/source.js";
import type { PythonModule } from "../../python/syntax/module.js";
import { lastPart } from "./list-component.js";
import { listFacts } from "./list-facts.js";
import { type ListElement, type ListValue, placeOfElement } from "./list-value.js";

/**
 * Whether each of `after` stands behind all of `before` that are in the list: strength 0 where it
 * does not, 1 where it does or the order is not known. The evidence stands where the `late` one
 * does, or the `first` that should come before it.
 */
export function orderEvidence(
  module: PythonModule,
  settings: readonly string[],
  before: readonly string[],
  after: readonly string[],
  anchor: keyof Misplaced = "late",
): readonly Evidence[] {
  return listFacts(module, settings).flatMap((fact) =>
    after.map((path) => {
      const wrong = fact.lists.map((list) => misplaced(list, before, path));
      const [found] = wrong;
      const sure = found !== undefined && !wrong.includes(undefined);
      const shown = sure ? found[anchor] : elementIn(fact.lists, path);
      return {
        identity: `order ${path}`,
        symbol: fact.symbol,
        strength: sure ? 0 : 1,
        span: shown && placeOfElement(shown),
        guards: anchor === "late" ? firstSpans(fact.lists, before) : [],
        confidence: "high",
        values: {
          component: lastPart(path),
          list: fact.setting,
          first: sure ? lastPart(found.first.text) : "",
        },
      };
    }),
  );
}

/** When these were moved behind the others, their old lines are what to show. */
function firstSpans(lists: readonly ListValue[], before: readonly string[]): readonly Span[] {
  return lists.flatMap(({ elements }) => {
    const first = elements.find(({ text }) => before.includes(text));
    return first && first.from === undefined ? [first.span] : [];
  });
}

interface Misplaced {
  readonly late: ListElement;
  readonly first: ListElement;
}

function misplaced(
  list: ListValue,
  before: readonly string[],
  path: string,
): Misplaced | undefined {
  if (!list.ordered) return undefined;
  const at = list.elements.findIndex(({ text }) => text === path);
  const late = list.elements[at];
  const first = list.elements.slice(at + 1).find(({ text }) => before.includes(text));
  const twice = list.elements.slice(0, Math.max(at, 0)).some(({ text }) => before.includes(text));
  return late && first && !twice ? { late, first } : undefined;
}

function elementIn(lists: readonly ListValue[], path: string): ListElement | undefined {
  return lists.flatMap(({ elements }) => elements).find(({ text }) => text === path);
}
