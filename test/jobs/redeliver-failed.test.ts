import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AppClient } from "../../src/github/client/client.js";
import { Refused } from "../../src/github/client/errors.js";
import { createRedeliverFailed } from "../../src/jobs/redeliver-failed.js";

const MINUTE = 60_000;
const START = Date.parse("2026-11-22T12:00:00Z");

/** GitHub's list of deliveries, and an App that is up or down. */
function createHook() {
  let now = START;
  let ids = 0;
  const attempts: { id: number; guid: string; at: number; status: number }[] = [];
  const asked: string[] = [];
  const hook = { up: false, pages: 0, refuse: false };
  const deliver = (guid: string) => {
    attempts.unshift({ id: ++ids, guid, at: now, status: hook.up ? 202 : 503 });
  };
  const app: AppClient = {
    now: () => now,
    read: async () => ({}),
    async readPage(_, { cursor }) {
      hook.pages++;
      const from = Number(cursor ?? 0);
      const items = attempts.slice(from, from + 100).map(({ id, guid, at, status }) => ({
        id,
        guid,
        delivered_at: new Date(at).toISOString(),
        status_code: status,
        event: "issue_comment",
      }));
      const next = from + 100 < attempts.length ? { cursor: String(from + 100) } : undefined;
      return { items, next };
    },
    async write(_, { delivery_id }) {
      if (hook.refuse) throw new Refused("too old", 422);
      const { guid } = attempts.find(({ id }) => id === delivery_id)!;
      asked.push(guid);
      deliver(guid);
      return {};
    },
    during: () => app,
  };
  return {
    hook,
    app,
    asked,
    deliver,
    pass: (minutes: number) => {
      now += minutes * MINUTE;
    },
    status: (guid: string) => attempts.find((one) => one.guid === guid)?.status,
  };
}

describe("failed deliveries", () => {
  it("are asked for once when they arrive then, also by another process", async () => {
    const { hook, app, asked, deliver, pass } = createHook();
    deliver("a");
    deliver("b");
    pass(60);
    hook.up = true;
    const redeliver = createRedeliverFailed();
    expect(await redeliver(app)).toEqual({ asked: 2, left: 0 });
    pass(5);
    expect(await redeliver(app)).toEqual({ asked: 0, left: 0 });
    expect(await createRedeliverFailed()(app)).toEqual({ asked: 0, left: 0 });
    expect(asked).toEqual(["a", "b"]);
  });

  it("are given up after three attempts", async () => {
    const { app, asked, deliver, pass } = createHook();
    deliver("a");
    const redeliver = createRedeliverFailed();
    for (let i = 0; i < 10; i++) {
      await redeliver(app);
      pass(5);
    }
    expect(asked).toEqual(["a", "a"]);
  });

  it("are asked for once when GitHub refuses", async () => {
    const { hook, app, deliver, pass } = createHook();
    deliver("a");
    hook.refuse = true;
    const redeliver = createRedeliverFailed();
    expect((await redeliver(app)).asked).toBe(1);
    pass(5);
    expect((await redeliver(app)).asked).toBe(0);
  });

  it("of a long outage are asked for in portions", async () => {
    const { hook, app, asked, deliver, pass } = createHook();
    for (let i = 0; i < 250; i++) deliver(`d${i}`);
    pass(1);
    hook.up = true;
    const redeliver = createRedeliverFailed();
    expect(await redeliver(app)).toEqual({ asked: 100, left: 150 });
    expect(await redeliver(app)).toEqual({ asked: 100, left: 50 });
    expect(await redeliver(app)).toEqual({ asked: 50, left: 0 });
    expect(new Set(asked).size).toBe(250);
  });

  it("are looked for in three days once, and then in what is new", async () => {
    const { hook, app, deliver, pass } = createHook();
    hook.up = true;
    for (let i = 0; i < 450; i++) {
      deliver(`d${i}`);
      pass(1);
    }
    const redeliver = createRedeliverFailed();
    await redeliver(app);
    expect(hook.pages).toBe(5);
    pass(5);
    await redeliver(app);
    expect(hook.pages).toBe(6);
  });

  it("all arrive when the App is up long enough, none more often than three times", async () => {
    const step = fc.record({
      deliveries: fc.integer({ min: 0, max: 4 }),
      up: fc.boolean(),
      minutes: fc.integer({ min: 1, max: 30 }),
      restart: fc.integer({ min: 0, max: 5 }).map((die) => die === 0),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const { hook, app, asked, deliver, pass, status } = createHook();
        let redeliver = createRedeliverFailed();
        const guids: string[] = [];
        for (const { deliveries, up, minutes, restart } of steps) {
          hook.up = up;
          for (let i = 0; i < deliveries; i++) {
            guids.push(`g${guids.length}`);
            deliver(guids.at(-1)!);
          }
          if (restart) redeliver = createRedeliverFailed();
          await redeliver(app);
          pass(minutes);
        }
        hook.up = true;
        await redeliver(app);
        await redeliver(app);
        const times = (guid: string) => asked.filter((one) => one === guid).length;
        for (const guid of guids) {
          expect(times(guid)).toBeLessThanOrEqual(2);
          if (times(guid) < 2) expect(status(guid)).toBe(202);
        }
      }),
      { numRuns: 200 },
    );
  });
});
