import type { PythonModule } from "../../python/syntax/module.js";
import { listFacts } from "./list-facts.js";
import type { ListElement } from "./list-value.js";

/** An element of a list setting, with the class it belongs to. */
export interface ListedElement {
  readonly symbol: string;
  readonly setting: string;
  readonly element: ListElement;
}

/** What a module writes into a list setting where the site serves, each place in the text once. */
export function listedElements(
  module: PythonModule,
  settings: readonly string[],
): readonly ListedElement[] {
  if (!settings.some((setting) => module.text.includes(setting))) return [];
  const found = new Map<string, ListedElement>();
  for (const { symbol, setting, lists } of listFacts(module, settings)) {
    for (const element of lists.flatMap(({ elements }) => elements)) {
      if (element.from !== undefined) continue;
      const key = `${element.span.start} ${element.text}`;
      if (!found.has(key)) found.set(key, { symbol, setting, element });
    }
  }
  return [...found.values()];
}
