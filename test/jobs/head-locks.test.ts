import { describe, expect, it } from "vitest";
import { createHeadLocks } from "../../src/jobs/head-locks.js";

const signal = new AbortController().signal;

/** A piece of work that ends when it is told to. */
function createWork() {
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { end, run: () => ended };
}

describe("the lock on a head", () => {
  it("lets one in at a time, in their order, and others elsewhere", async () => {
    const locks = createHeadLocks();
    const order: string[] = [];
    const first = createWork();
    const one = locks.hold("R", "a", signal, async () => {
      await first.run();
      order.push("one");
    });
    const two = locks.hold("R", "a", signal, async () => void order.push("two"));
    await locks.hold("R", "b", signal, async () => void order.push("elsewhere"));
    expect(locks.isHeld("R", "a")).toBe(true);
    expect(locks.isHeld("R", "b")).toBe(false);
    first.end();
    await Promise.all([one, two]);
    expect(order).toEqual(["elsewhere", "one", "two"]);
    expect(locks.isHeld("R", "a")).toBe(false);
  });

  it("is free again after a failure", async () => {
    const locks = createHeadLocks();
    const failing = locks.hold("R", "a", signal, () => Promise.reject(new Error("no")));
    await expect(failing).rejects.toThrow("no");
    await expect(locks.hold("R", "a", signal, async () => 7)).resolves.toBe(7);
  });

  it("is not taken by who gave up waiting", async () => {
    const locks = createHeadLocks();
    const first = createWork();
    const one = locks.hold("R", "a", signal, first.run);
    const waiting = new AbortController();
    const two = locks.hold("R", "a", waiting.signal, async () => "never");
    waiting.abort(new Error("superseded"));
    first.end();
    await one;
    await expect(two).rejects.toThrow("superseded");
  });

  it("tells who comes whether the head was held before, for as long as it remembers", async () => {
    const locks = createHeadLocks(2);
    const wasHeld = (head: string) => locks.hold("R", head, signal, async (known) => known);
    expect([await wasHeld("a"), await wasHeld("b"), await wasHeld("a")]).toEqual([
      false,
      false,
      true,
    ]);
    expect([await wasHeld("c"), await wasHeld("a"), await wasHeld("b")]).toEqual([
      false,
      true,
      false,
    ]);
    const failing = locks.hold("R", "d", signal, () => Promise.reject(new Error("no")));
    await expect(failing).rejects.toThrow("no");
    expect(await wasHeld("d")).toBe(true);
  });
});
