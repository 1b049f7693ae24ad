import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Postponed } from "../../src/github/errors.js";
import { createLane } from "../../src/github/lane.js";
import { createJumpingTimers } from "./wire.js";

const noSignal = undefined;

describe("the write lane", () => {
  it("does not slow a quiet installation", async () => {
    const timers = createJumpingTimers();
    const lane = createLane(timers);
    for (let i = 0; i < 60; i++) await lane.write(async () => i, noSignal);
    expect(timers.slept).toEqual([]);
  });

  it("stays within its budget on any schedule", async () => {
    const gaps = fc.array(fc.integer({ min: 0, max: 20_000 }), { minLength: 1, maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(gaps, async (pauses) => {
        const timers = createJumpingTimers();
        const lane = createLane(timers, { perMinute: 5, perHour: 30 });
        const sent: number[] = [];
        for (const pause of pauses) {
          await timers.sleep(pause);
          const write = async () => sent.push(timers.now());
          await lane.write(write, noSignal).catch(async (error: unknown) => {
            if (!(error instanceof Postponed)) throw error;
          });
        }
        for (const time of sent) {
          expect(sent.filter((t) => t > time - 60_000 && t <= time).length).toBeLessThanOrEqual(5);
          expect(sent.filter((t) => t > time - 3_600_000 && t <= time).length).toBeLessThanOrEqual(
            30,
          );
        }
        expect(sent.length).toBeGreaterThan(0);
      }),
      { numRuns: 200 },
    );
  });

  it("sends a job back rather than hold it for long, and says for how long", async () => {
    const timers = createJumpingTimers();
    const lane = createLane(timers, { perMinute: 2, perHour: 30 });
    await lane.write(async () => 1, noSignal);
    await lane.write(async () => 2, noSignal);
    await expect(lane.write(async () => 3, noSignal)).rejects.toMatchObject({
      name: "Postponed",
      retryAfter: 61,
    });
  });

  it("goes on after a write that failed", async () => {
    const lane = createLane(createJumpingTimers());
    const failing = lane.write(async () => {
      throw new Error("lost");
    }, noSignal);
    await expect(failing).rejects.toThrow("lost");
    await expect(lane.write(async () => "sent", noSignal)).resolves.toBe("sent");
  });
});
