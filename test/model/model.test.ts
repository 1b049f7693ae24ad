import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { loadPython } from "../../src/grammar/node.js";
import type { GitHubWorld } from "../../src/simulator/world.js";
import { histories, order } from "./commands.js";
import { expectEnd } from "./expect-end.js";
import { createWorld, setStage } from "./stage.js";

/** `MODEL_RUNS` histories, beginning with `MODEL_SEED`; `MODEL_PATH` is what a failure prints. */
const RUNS = Number(process.env.MODEL_RUNS ?? 300);
const SEED = Number(process.env.MODEL_SEED ?? Date.now() % 1_000_000_000);
const PATH = process.env.MODEL_PATH;
const COMMANDS = 20;

const parse = await loadPython();
let github: GitHubWorld;
beforeAll(async () => {
  github = await createWorld();
});
afterAll(() => github.close());

it("whatever happens, and however it is told, ends as a review of the final state would", async () => {
  process.stdout.write(`model: ${RUNS} histories, MODEL_SEED=${SEED}\n`);
  let commands = 0;
  let comments = 0;
  let requests = 0;
  await fc.assert(
    fc.asyncProperty(histories(COMMANDS), order, async ({ first, others }, places) => {
      const stage = await setStage(github, parse);
      const from = github.requests.length;
      try {
        const history = [first, ...others];
        const model = { pullRequests: 0 };
        await fc.asyncModelRun(() => ({ model, real: stage }), history);
        await stage.quiesce(places);
        await expectEnd(stage, parse);
        commands += history.length;
        comments += github.forge.store.reviewComments.length;
        requests += github.requests.length - from;
      } finally {
        await stage.end();
      }
    }),
    {
      numRuns: RUNS,
      seed: SEED,
      ...(PATH === undefined ? {} : { path: PATH }),
      endOnFailure: true,
    },
  );
  process.stdout.write(
    `model: ${commands} commands, ${requests} requests, ${comments} review comments\n`,
  );
  expect(comments).toBeGreaterThan(0);
}, 600_000);
