import { describe, expect, it } from "vitest";
import { type FixtureCase, readFixtureCases, type Tree } from "../fixture-cases.js";
import { type Answer, askDjango, type Question } from "./ask-django.js";
import { LISTED, NEEDS, reasonNotToRun, reasonToDiffer } from "./exceptions.js";
import { COOKIE_RULES, isWeaker, speaks } from "./judge-cookies.js";
import { annotatedFunctions, failureIn, regressionsOf, VIEW_RULES } from "./judge-views.js";
import { findDjangos, order } from "./versions.js";

const cases = readFixtureCases().filter(({ rule }) => rule in COOKIE_RULES || rule in VIEW_RULES);
const versions = findDjangos();

function questionsOf(fixture: FixtureCase): readonly Question[] {
  const family = VIEW_RULES[fixture.rule] ?? "cookie";
  const trees: readonly (readonly [string, Tree | undefined])[] = [
    ["before", fixture.before],
    ["after", fixture.after],
    ["fixed", fixture.fixed],
  ];
  return trees.flatMap(([side, tree]) =>
    tree ? [{ id: `${nameOf(fixture)}/${side}`, family, files: Object.fromEntries(tree) }] : [],
  );
}

function nameOf({ rule, name }: FixtureCase): string {
  return `${rule}/${name}`;
}

/** What Django says of a fixture: `agrees`, or how its label differs, or why nothing can be said. */
function hear(fixture: FixtureCase, answers: ReadonlyMap<string, Answer>): string {
  const [before, after, fixed] = ["before", "after", "fixed"].map((side) =>
    answers.get(`${nameOf(fixture)}/${side}`),
  );
  const undrivable = [before, after, fixed]
    .map((answer) => answer && (answer.undrivable ?? failureIn(answer)))
    .find((reason) => reason !== undefined);
  if (undrivable !== undefined) return `undrivable: ${undrivable}`;
  return fixture.rule in COOKIE_RULES
    ? hearCookies(fixture, before!, after!, fixed)
    : hearViews(fixture, before!, after!, fixed);
}

function hearCookies(
  fixture: FixtureCase,
  before: Answer,
  after: Answer,
  fixed: Answer | undefined,
): string {
  const weaker = isWeaker(fixture.rule, before, after);
  if (weaker !== speaks(fixture))
    return weaker ? "the cookie is weaker" : "the cookie is as strong";
  if (fixed && isWeaker(fixture.rule, before, fixed)) return "the fixed cookie is weaker";
  return "agrees";
}

function hearViews(
  fixture: FixtureCase,
  before: Answer,
  after: Answer,
  fixed: Answer | undefined,
): string {
  const labelled = annotatedFunctions(fixture, before, after);
  const accepted = labelled.size === 0 && speaks(fixture);
  const isMarked = (symbol: string) => accepted || labelled.has(symbol);
  const found = regressionsOf(before, after, isMarked);
  if (accepted) return found.size > 0 ? "agrees" : "no planted key lives on";
  const more = [...found].filter((symbol) => !labelled.has(symbol));
  const less = [...labelled].filter((symbol) => !found.has(symbol));
  if (more.length > 0) return `the planted key lives on in ${more.join(", ")}`;
  if (less.length > 0) return `the planted key dies in ${less.join(", ")}`;
  const left = fixed ? [...regressionsOf(before, fixed, isMarked)] : [];
  return left.length > 0 ? `the planted key lives on in the fixed ${left.join(", ")}` : "agrees";
}

describe.skipIf(versions.length === 0)("oracle (needs a Django for python3)", () => {
  describe.each(versions)("Django $version", (django) => {
    const answers = askDjango(django, cases.flatMap(questionsOf));

    it.each(cases.map((fixture) => [nameOf(fixture), fixture] as const))("%s", (name, fixture) => {
      const heard = hear(fixture, answers);
      const tooOld = NEEDS[name] !== undefined && order(django.version) < order(NEEDS[name]);
      if (tooOld || reasonNotToRun(fixture)) expect(heard).toMatch(/^undrivable: /);
      else if (reasonToDiffer(fixture)) expect(heard).toMatch(/^the |^no /);
      else expect(heard).toBe("agrees");
    });
  });

  it("has no exception for a fixture that is gone", () => {
    const names = new Set(cases.map(nameOf));
    expect(LISTED.filter((name) => !names.has(name))).toEqual([]);
  });
});

describe.skipIf(versions.length < 2)(
  "oracle (needs a second Django in CYCLEKEY_DJANGO_PATHS)",
  () => {
    it("asks at least two releases of Django", () => {
      const releases = versions.map(({ version }) => version.split(".").slice(0, 2).join("."));
      expect(new Set(releases).size).toBeGreaterThanOrEqual(2);
    });
  },
);
