import fc from "fast-check";
import type { FixtureCase, Tree } from "../fixture-cases.js";

/** A change to both versions of a fixture that changes nothing of what it shows. */
export interface Variation {
  /** Names of the fixture's own that are renamed, with what is added to them. */
  readonly suffix: string;
  readonly above: readonly string[];
  readonly below: readonly string[];
  /** The whole module stands in a block of this head. */
  readonly block: string | undefined;
}

const STATEMENTS = [
  "",
  "# checked by the platform team",
  "import logging",
  "logger = logging.getLogger(__name__)",
  "PAGE_SIZE = 25",
  'LABELS = {"a": 1, "b": [2, 3]}',
  "def page_of(items):\n    return items[:25]",
  "class Paginated:\n    size = 25",
  '"""Notes of the team."""',
] as const;

export const variation: fc.Arbitrary<Variation> = fc.record({
  suffix: fc.constantFrom("", "_2", "_of_shop", "_x"),
  above: fc.array(fc.constantFrom(...STATEMENTS), { maxLength: 4 }),
  below: fc.array(fc.constantFrom(...STATEMENTS), { maxLength: 4 }),
  block: fc.option(fc.constantFrom("if True:", "try:"), { nil: undefined, freq: 4 }),
});

/** Names that a view binds for itself and that no rule reads anything into. */
const OWN_NAMES = /\b(?:member|tokens|link|response|language)\b(?!["'])(?=(?:\.| =|\)|,|$|\[))/gm;

export function vary(fixture: FixtureCase, how: Variation): FixtureCase {
  const trees = [...fixture.before.values(), ...fixture.after.values()];
  const block = trees.every(canBeIndented) ? how.block : undefined;
  const change = (tree: Tree): Tree =>
    new Map(
      [...tree].map(([path, text]) => [
        path,
        path.endsWith(".py") ? varied(text, { ...how, block }) : text,
      ]),
    );
  return { ...fixture, before: change(fixture.before), after: change(fixture.after) };
}

function varied(text: string, { suffix, above, below, block }: Variation): string {
  if (text.trim() === "") return text;
  const renamed = text.replace(OWN_NAMES, (name, at: number) =>
    text[at - 1] === "." || text[at - 1] === '"' ? name : `${name}${suffix}`,
  );
  const lines = [...above, renamed.trimEnd(), ...below].join("\n");
  return `${block === undefined ? lines : inBlock(lines, block)}\n`;
}

/** A text of several lines would change, and a star import may stand at the top level only. */
function canBeIndented(text: string): boolean {
  return !/"""|'''|import \*|\\$/m.test(text);
}

function inBlock(text: string, head: string): string {
  const body = text.split("\n").map((line) => (line === "" ? "" : `    ${line}`));
  const end = head === "try:" ? ["finally:", "    pass"] : [];
  return [head, ...body, "    pass", ...end].join("\n");
}
