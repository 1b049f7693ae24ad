import { afterAll, beforeAll, expect, it } from "vitest";
import { loadPython } from "../../src/grammar/node.js";
import type { GitHubWorld } from "../../src/simulator/world.js";
import { expectEnd } from "./expect-end.js";
import { filesOf, type Shop, STRONG } from "./shop.js";
import { createWorld, type Stage, setStage } from "./stage.js";

const parse = await loadPython();
let github: GitHubWorld;
beforeAll(async () => {
  github = await createWorld();
});
afterAll(() => github.close());

/** All orders of so many things. */
function orders(length: number): readonly (readonly number[])[] {
  if (length === 0) return [[]];
  return orders(length - 1).flatMap((order) =>
    Array.from({ length }, (_, at) => [...order.slice(0, at), length - 1, ...order.slice(at)]),
  );
}

const WEAK: Shop = { ...STRONG, secure: false };
const WEAK_AND_LONGER: Shop = { ...WEAK, httpOnly: false, shift: 1 };
const EVENTS = ["opened", "synchronize", "synchronize", "edited", "closed"];

/** Everything happens, and nobody is told yet: it is open again, and weaker than `main`. */
async function happen(stage: Stage): Promise<void> {
  const title = "Change the shop";
  await stage.happen("late", () =>
    github.openPullRequest({ title, author: "maria", head: filesOf(WEAK) }),
  );
  for (const shop of [STRONG, WEAK_AND_LONGER]) {
    await stage.happen("late", () => github.push(1, { files: filesOf(shop) }));
  }
  await stage.happen("late", () => github.retarget(1, "legacy"));
  await stage.happen("late", () => github.closePullRequest(1));
  github.pullRequest(1).state = "open";
  stage.told.set(1, { shop: WEAK_AND_LONGER, onto: "main" });
}

/** `deliverLate` takes one after the other out of what is left. */
function places(order: readonly number[]): readonly number[] {
  const left = [...order].sort();
  return order.map((which) => {
    const place = left.indexOf(which);
    left.splice(place, 1);
    return place;
  });
}

it("opened, two pushes, another base and a close end in the state of the last head and base, in all 120 orders", async () => {
  const all = orders(EVENTS.length);
  expect(new Set(all.map(String)).size).toBe(120);
  for (const order of all) {
    const stage = await setStage(github, parse);
    try {
      await happen(stage);
      expect(github.deliveries.map(({ action }) => action)).toEqual(EVENTS);
      await stage.deliverLate(places(order));
      await stage.idle();
      const { baseSha, headSha } = github.pullRequest(1);
      const [run] = github.checkRuns(headSha);
      expect(run, `order ${order}`).toMatchObject({
        status: "completed",
        conclusion: "failure",
        externalId: `cyclekey:1:${baseSha}:${headSha}`,
      });
      await expectEnd(stage, parse);
    } finally {
      await stage.end();
    }
  }
}, 300_000);
