import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Postponed, Retryable } from "../../src/github/client/errors.js";
import { createLane, type Lane } from "../../src/github/client/lane.js";
import { createVirtualTimers, type VirtualTimers } from "./virtual-timers.js";
import { createJumpingTimers } from "./wire.js";

const noSignal = undefined;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** What GitHub answers at a limit. */
function limited(headers: Record<string, string> = {}): Error {
  return Object.assign(new Error("You have exceeded a secondary rate limit"), {
    response: { status: 403, headers },
  });
}

const refuse = (headers?: Record<string, string>) => async () => {
  throw limited(headers);
};

function most(times: readonly number[], window: number, weight = 1): number {
  let oldest = 0;
  let found = 0;
  times.forEach((time, index) => {
    while (times[oldest]! <= time - window) oldest++;
    found = Math.max(found, (index - oldest + 1) * weight);
  });
  return found;
}

describe("the lane of an installation", () => {
  it("does not slow a quiet one", async () => {
    const timers = createJumpingTimers();
    const lane = createLane(timers);
    for (let i = 0; i < 60; i++) await lane.write(async () => i, noSignal);
    for (let i = 0; i < 60; i++) await lane.read(async () => i, noSignal);
    expect(timers.slept).toEqual([]);
  });

  it("sends a job back rather than hold it for long, and says for how long", async () => {
    const lane = createLane(createJumpingTimers(), {
      writesPerMinute: 2,
      writesPerHour: 30,
      pointsPerMinute: 900,
    });
    await lane.write(async () => 1, noSignal);
    await lane.write(async () => 2, noSignal);
    const later = { name: "Postponed", retryAfter: 61 };
    await expect(lane.write(async () => 3, noSignal)).rejects.toMatchObject(later);
    // A read now would be for a write that cannot be sent.
    await expect(lane.read(async () => 4, noSignal)).rejects.toMatchObject(later);
  });

  it("goes on after a write that failed", async () => {
    const lane = createLane(createJumpingTimers());
    const failing = lane.write(async () => {
      throw new Error("lost");
    }, noSignal);
    await expect(failing).rejects.toThrow("lost");
    await expect(lane.write(async () => "sent", noSignal)).resolves.toBe("sent");
  });

  it("sends nothing before the time that an answer named", async () => {
    const timers = createJumpingTimers();
    const lane = createLane(timers);
    lane.rest(timers.now() + 30_000);
    await expect(lane.read(async () => 1, noSignal)).rejects.toMatchObject({
      name: "Postponed",
      retryAfter: 30,
    });
    await timers.sleep(30_000);
    await expect(lane.read(async () => 1, noSignal)).resolves.toBe(1);
  });
});

describe("a refusal", () => {
  it("without a time costs a minute, then two, four, eight, and never more than fifteen", async () => {
    const timers = createJumpingTimers();
    const lane = createLane(timers);
    const waits: (number | undefined)[] = [];
    for (let i = 0; i < 7; i++) {
      const error = await lane.write(refuse(), noSignal).catch((thrown: Retryable) => thrown);
      waits.push((error as Retryable).retryAfter);
      await timers.sleep(((error as Retryable).retryAfter ?? 0) * 1_000);
    }
    expect(waits).toEqual([60, 120, 240, 480, 900, 900, 900]);
  });

  it("with a time is believed once; the next ones cost a minute and more", async () => {
    const timers = createJumpingTimers();
    const lane = createLane(timers);
    for (const wait of [2, 60, 120]) {
      const sending = lane.write(refuse({ "retry-after": "2" }), noSignal);
      await expect(sending).rejects.toMatchObject({ retryAfter: wait });
      await timers.sleep(wait * 1_000);
    }
  });

  it("is forgotten after a write that got through", async () => {
    const timers = createJumpingTimers();
    const lane = createLane(timers);
    await expect(lane.write(refuse(), noSignal)).rejects.toMatchObject({ retryAfter: 60 });
    await timers.sleep(MINUTE);
    await lane.read(async () => 1, noSignal);
    await expect(lane.write(refuse(), noSignal)).rejects.toMatchObject({ retryAfter: 120 });
    await timers.sleep(2 * MINUTE);
    await lane.write(async () => 1, noSignal);
    await expect(lane.write(refuse(), noSignal)).rejects.toMatchObject({ retryAfter: 60 });
  });

  it("of eight requests side by side counts once", async () => {
    const lane = createLane(createJumpingTimers());
    const answers = await Promise.allSettled(
      Array.from({ length: 8 }, () => lane.read(refuse(), noSignal)),
    );
    const waits = answers.map((one) => one.status === "rejected" && one.reason.retryAfter);
    expect(new Set(waits)).toEqual(new Set([60]));
  });

  it("is followed by one request that tries, while the others wait for how it ends", async () => {
    const timers = createVirtualTimers();
    const lane = createLane(timers);
    await expect(lane.read(refuse({ "retry-after": "5" }), noSignal)).rejects.toThrow();
    let sent = 0;
    const send = async () => {
      sent++;
      await timers.sleep(1_000);
      throw limited({ "retry-after": "5" });
    };
    const reads = Promise.allSettled(Array.from({ length: 6 }, () => lane.read(send, noSignal)));
    await timers.run(30_000);
    const outcomes = (await reads).map((one) => one.status === "rejected" && one.reason.name);
    expect(sent).toBe(1);
    expect(outcomes.sort()).toEqual([
      "Postponed",
      "Postponed",
      "Postponed",
      "Postponed",
      "Postponed",
      "Retryable",
    ]);
  });

  it("lets the others go at once when the one that tries gets through", async () => {
    const timers = createVirtualTimers();
    const lane = createLane(timers);
    await expect(lane.read(refuse({ "retry-after": "5" }), noSignal)).rejects.toThrow();
    let open = 0;
    let together = 0;
    const send = async () => {
      together = Math.max(together, ++open);
      await timers.sleep(1_000);
      open--;
      return true;
    };
    const reads = Promise.all(Array.from({ length: 6 }, () => lane.read(send, noSignal)));
    await timers.run(8_000);
    expect(await reads).toHaveLength(6);
    expect(together).toBe(5);
  });
});

interface Step {
  readonly pause: number;
  readonly kind: "read" | "write";
  readonly takes: number;
  readonly refused: boolean;
}

const step: fc.Arbitrary<Step> = fc.record({
  pause: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 3_000 })),
  kind: fc.constantFrom("read" as const, "write" as const, "write" as const),
  takes: fc.integer({ min: 0, max: 400 }),
  refused: fc.integer({ min: 0, max: 49 }).map((die) => die === 0),
});

/** Sends it as a job does: later when it is postponed, again when GitHub refused. */
async function persist(lane: Lane, timers: VirtualTimers, one: Step, note: (step: Step) => void) {
  let refused = one.refused;
  for (;;) {
    try {
      return await lane[one.kind](async () => {
        note(one);
        await timers.sleep(one.takes);
        if (!refused) return;
        refused = false;
        throw limited();
      }, noSignal);
    } catch (error) {
      if (!(error instanceof Retryable)) throw error;
      expect(error instanceof Postponed || one.refused).toBe(true);
      await timers.sleep((error.retryAfter ?? 0) * 1_000);
    }
  }
}

describe("on any schedule", () => {
  it("no minute holds more than 80 writes or 900 points, no hour more than 500 writes", async () => {
    const schedule = fc.array(step, { minLength: 60, maxLength: 700, size: "max" });
    await fc.assert(
      fc.asyncProperty(schedule, async (steps) => {
        const timers = createVirtualTimers();
        const lane = createLane(timers);
        const writes: number[] = [];
        const points: number[] = [];
        const note = ({ kind }: Step) => {
          if (kind === "write") writes.push(timers.now());
          for (let i = 0; i < (kind === "write" ? 5 : 1); i++) points.push(timers.now());
        };
        let finished = 0;
        const all = (async () => {
          const under: Promise<void>[] = [];
          for (const one of steps) {
            if (one.pause > 0) await timers.sleep(one.pause);
            under.push(
              persist(lane, timers, one, note).then(() => {
                finished++;
              }),
            );
          }
          await Promise.all(under);
        })();
        await timers.run(6 * HOUR, () => finished === steps.length);
        await all;
        expect(most(writes, MINUTE)).toBeLessThanOrEqual(80);
        expect(most(writes, HOUR)).toBeLessThanOrEqual(500);
        expect(most(points, MINUTE)).toBeLessThanOrEqual(900);
      }),
      { numRuns: 60 },
    );
  });
});
