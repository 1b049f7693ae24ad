import type { FixtureCase } from "../fixture-cases.js";
import type { Answer, Deed, Family } from "./ask-django.js";

export const VIEW_RULES: Readonly<Record<string, Family>> = {
  "unrotated-login": "login",
  "removed-session-rotation": "login",
  "partly-rotated-login": "login",
  "ineffective-session-rotation": "login",
  "logout-without-flush": "logout",
};

type Deeds = Readonly<Record<string, Deed>>;

/**
 * Functions in which a planted key opens more at head than at base. In a function that the fixture
 * marks, each session key counts; in the others it counts whether the planted key lived on at all.
 */
export function regressionsOf(
  before: Answer,
  after: Answer,
  isMarked: (symbol: string) => boolean,
): ReadonlySet<string> {
  const keptAtBase = new Map(
    Object.values((before.facts ?? {}) as Deeds).map(({ symbol, kept = [] }) => [symbol, kept]),
  );
  return new Set(
    Object.values((after.facts ?? {}) as Deeds)
      .filter(({ symbol, called, kept = [] }) => {
        const old = keptAtBase.get(symbol) ?? [];
        if (isMarked(symbol)) return kept.some((key) => !old.includes(key));
        return !called && old.length === 0 && kept.length > 0;
      })
      .map(({ symbol }) => symbol),
  );
}

/** The functions that the annotations of a fixture stand in. */
export function annotatedFunctions(
  { rule, expectations }: FixtureCase,
  before: Answer,
  after: Answer,
): ReadonlySet<string> {
  return new Set(
    expectations
      .filter((one) => one.known === "expect" && VIEW_RULES[one.rule] === VIEW_RULES[rule])
      .map(({ path, side, line }) => {
        const deeds = Object.entries(((side === "LEFT" ? before : after).facts ?? {}) as Deeds);
        const around = deeds.find(
          ([place, { symbol, first, last }]) =>
            place === `${path}:${symbol}` && first <= line && line <= last,
        );
        return around?.[1].symbol ?? `${path}:${line}`;
      }),
  );
}

/** Why a function of the tree could not be driven. */
export function failureIn(answer: Answer): string | undefined {
  const failed = Object.values((answer.facts ?? {}) as Deeds).find(
    ({ error }) => error !== undefined,
  );
  return failed && `${failed.symbol}: ${failed.error}`;
}
