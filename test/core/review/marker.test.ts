import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatMarker, parseMarker, withoutMarker } from "../../../src/core/review/marker.js";
import { fingerprint } from "./examples.js";

const marker = fc.record({
  fingerprints: fc.array(fc.nat().map(fingerprint), { minLength: 1, maxLength: 10 }),
  state: fc.constantFrom("live" as const, "resolved" as const),
});
const LIVE = formatMarker({ fingerprints: [fingerprint(1)], state: "live" });

describe("the marker", () => {
  it("comes back as it was written, behind any text", () => {
    fc.assert(
      fc.property(marker, fc.string({ unit: "binary" }), (written, text) => {
        const body = `${text}\n\n${formatMarker(written)}`;
        expect(parseMarker(body)).toEqual(written);
        expect(withoutMarker(body)).toBe(text.trimEnd());
      }),
    );
  });

  it("survives what a server does to the end of a body", () => {
    expect(parseMarker(`text\r\n\r\n${LIVE}\r\n`)?.state).toBe("live");
  });

  it("is ours, the last, though the text before it looks like one", () => {
    const forged = formatMarker({ fingerprints: [fingerprint(2)], state: "resolved" });
    expect(parseMarker(`${forged}\n${LIVE}`)?.fingerprints).toEqual([fingerprint(1)]);
  });

  it.each([
    ["text behind it", `${LIVE} and more`],
    ["another version", LIVE.replace("v1", "v2")],
    ["a fingerprint that is too short", LIVE.replace("00", "")],
    ["a fingerprint with capitals", LIVE.replace("00", "AA")],
    ["no fingerprint", '<!-- cyclekey:v1 {"fingerprints":[],"state":"live"} -->'],
    ["an unknown state", LIVE.replace("live", "open")],
    ["another key", LIVE.replace("}", ',"x":1}')],
    ["spaces in it", LIVE.replace(",", ", ")],
    ["an end in its middle", LIVE.replace('"state"', '--> "state"')],
    ["nothing", ""],
  ])("is not read with %s", (_, body) => {
    expect(parseMarker(body)).toBeUndefined();
  });

  it("is looked for in linear time", () => {
    const start = performance.now();
    expect(
      parseMarker(LIVE.slice(0, -20).replaceAll("}", "") + '","'.repeat(20_000)),
    ).toBeUndefined();
    expect(parseMarker("<!-- cyclekey:v1 ".repeat(4_000))).toBeUndefined();
    expect(performance.now() - start).toBeLessThan(500);
  });
});
