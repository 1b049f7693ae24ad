import type { PythonModule } from "../../python/syntax/module.js";
import { listFacts } from "./list-facts.js";
import type { ListElement } from "./list-value.js";

/** An element of a list setting, with the class it belongs to. */
export interface ListedElement {
  readonly symbol: string;
  readonly setting: string;
  readonly element: ListElement;
}

/**
 * What a module writes into a list setting where the site serves: each place in the text once, and once
 * what several branches write.
 */
export function listedElements(
  module: PythonModule,
  settings: readonly string[],
): readonly ListedElement[] {
  if (!settings.some((setting) => module.text.includes(setting))) return [];
  const found: ListedElement[] = [];
  const seen = new Set<string>();
  for (const { symbol, setting, lists } of listFacts(module, settings)) {
    for (const element of lists.flatMap(({ elements }) => elements)) {
      if (element.from !== undefined) continue;
      const keys = [element.span.start, `${symbol} ${setting}`].map(
        (at) => `${at} ${element.text}`,
      );
      if (!keys.some((key) => seen.has(key))) found.push({ symbol, setting, element });
      for (const key of keys) seen.add(key);
    }
  }
  return found;
}
