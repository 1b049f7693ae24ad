import { baseLineOf } from "./diff/line-map.js";
import type { LocatedEvidence } from "./evidence.js";
import type { Evidence } from "./model/rule.js";

/** A fact at head with the same fact at base, if base has it. */
export interface LocatedPair {
  readonly base: LocatedEvidence | undefined;
  readonly head: LocatedEvidence;
}

/** Facts with equal keys resemble each other; a fact without a key takes no part. */
interface Resemblance {
  readonly base: (item: LocatedEvidence) => string | undefined;
  readonly head: (item: LocatedEvidence) => string | undefined;
}

/**
 * From the closest to the loosest: the same unchanged line in the same symbol; the same symbol; the
 * same line (of two classes that take a setting from one line, each stays itself); another symbol of
 * the same file (a function was renamed); anywhere in the change set (code was moved). These two ask
 * for the same text, since an identity alone (`user_id`) is common. Then the loose identity, in the same
 * file, and what is stored, in the same function, else in the same file: by then every fact that
 * stayed has its partner, and only what was rewritten or renamed is left.
 */
const RESEMBLANCES: readonly Resemblance[] = [
  onLine(({ symbol, identity }) => [symbol, identity]),
  same(({ change, evidence }) => [change.path, evidence.symbol, evidence.identity]),
  onLine(({ identity }) => [identity]),
  same(({ change, evidence, text }) => text && [change.path, evidence.identity, text]),
  same(({ evidence, text }) => text && [evidence.identity, text]),
  same(({ change, evidence: { looseIdentity } }) =>
    looseIdentity === undefined ? undefined : [change.path, looseIdentity],
  ),
  same(({ change, evidence: { symbol, stored } }) =>
    stored === undefined ? undefined : [change.path, symbol, stored],
  ),
  same(({ change, evidence: { stored } }) =>
    stored === undefined ? undefined : [change.path, stored],
  ),
];

function onLine(parts: (evidence: Evidence) => readonly string[]): Resemblance {
  const key = (item: LocatedEvidence, line: number | undefined) =>
    line === undefined
      ? undefined
      : keyOf(item, [item.change.path, String(line), ...parts(item.evidence)]);
  return {
    base: (item) => key(item, item.evidence.span?.startLine),
    head: (item) => {
      const line = item.evidence.span?.startLine;
      return key(item, line && baseLineOf(item.change.hunks, line));
    },
  };
}

function same(parts: (item: LocatedEvidence) => readonly string[] | undefined | ""): Resemblance {
  const key = (item: LocatedEvidence) => {
    const found = parts(item);
    return found ? keyOf(item, found) : undefined;
  };
  return { base: key, head: key };
}

function keyOf(item: LocatedEvidence, parts: readonly string[]): string {
  return JSON.stringify([item.rule.meta.id, ...parts]);
}

/** Pairs every fact of head with at most one fact of base, which serves twice only where several functions came to it. */
export function pairEvidence(
  base: readonly LocatedEvidence[],
  head: readonly LocatedEvidence[],
): readonly LocatedPair[] {
  const partners = new Map<LocatedEvidence, LocatedEvidence>();
  const taken = new Set<LocatedEvidence>();
  for (const resemblance of RESEMBLANCES) {
    const free = groupBy(
      base.filter((item) => !taken.has(item)),
      resemblance.base,
    );
    for (const item of head) {
      if (partners.has(item)) continue;
      const key = resemblance.head(item);
      const partner = key === undefined ? undefined : free.get(key)?.shift();
      if (partner === undefined) continue;
      partners.set(item, partner);
      taken.add(partner);
    }
  }
  const pairs = head.map((item) => ({ base: partners.get(item), head: item }));
  return byReach(pairs, base);
}

/** Facts of one identity in one file, and how many functions come to them. */
interface Reach {
  readonly base: LocatedEvidence | undefined;
  readonly before: number;
  /** Of the facts that have a partner, and of all. */
  readonly paired: number;
  readonly now: number;
}

/**
 * Code that moved within its file, into a helper or out of one, is nothing new for as many functions
 * as came to it before. Where more come to it, those that are new do what they did not do.
 */
function byReach(
  pairs: readonly LocatedPair[],
  base: readonly LocatedEvidence[],
): readonly LocatedPair[] {
  const key = (item: LocatedEvidence) =>
    item.evidence.reach && keyOf(item, [item.change.path, item.evidence.identity]);
  const [old, now] = [
    groupBy(base, key),
    groupBy(
      pairs.map(({ head }) => head),
      key,
    ),
  ];
  const paired = groupBy(
    pairs.flatMap((pair) => (pair.base ? [pair.head] : [])),
    key,
  );
  const reaches = new Map<string, Reach>();
  const reachOf = (name: string): Reach => {
    const known = reaches.get(name) ?? {
      base: old.get(name)?.[0],
      before: sumOf(old.get(name)),
      paired: sumOf(paired.get(name)),
      now: sumOf(now.get(name)),
    };
    reaches.set(name, known);
    return known;
  };
  return pairs.map((pair) => {
    const { head } = pair;
    const name = key(head);
    if (name === undefined || pair.base?.evidence.symbol === head.evidence.symbol) return pair;
    const partner = pair.base ?? reachOf(name).base;
    if (partner?.change !== head.change || partner.evidence.strength !== head.evidence.strength) {
      return pair;
    }
    const { before, paired, now } = reachOf(name);
    return { base: (pair.base ? paired : now) > before ? undefined : partner, head };
  });
}

function sumOf(items: readonly LocatedEvidence[] = []): number {
  return items.reduce((sum, { evidence }) => sum + (evidence.reach?.() ?? 1), 0);
}

function groupBy(
  items: readonly LocatedEvidence[],
  keyOfItem: (item: LocatedEvidence) => string | undefined,
): Map<string, LocatedEvidence[]> {
  const groups = new Map<string, LocatedEvidence[]>();
  for (const item of items) {
    const key = keyOfItem(item);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
