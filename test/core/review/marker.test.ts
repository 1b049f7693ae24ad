import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  formatMarker,
  type Marker,
  parseMarker,
  withoutMarker,
} from "../../../src/core/review/marker.js";
import { fingerprint } from "./examples.js";

const fingerprints = fc.array(fc.nat().map(fingerprint), { minLength: 1, maxLength: 10 });
const told = fc.oneof(
  fingerprints.map((all) => all.map((one) => ({ fingerprint: one }))),
  fingerprints.map((all) => all.map((one) => ({ fingerprint: one, facts: one.slice(16) }))),
);
const id = fc.integer({ min: 1, max: 999_999_999_999_999 });
const text = fc.string({ unit: "binary", maxLength: 500 });
const marker: fc.Arbitrary<Marker> = fc.oneof(
  fc.record({ state: fc.constant("live" as const), told }),
  fc.record({ state: fc.constant("live" as const), told, refused: id }),
  fc.record({ state: fc.constant("accepted" as const), told, by: text, reply: id, reason: text }),
  fc.record({ state: fc.constant("resolved" as const), told }),
  fc.record({ state: fc.constant("resolved" as const), told, thread: fc.constant(true as const) }),
);
const LIVE = formatMarker({ state: "live", told: [{ fingerprint: fingerprint(1) }] });
const ACCEPTED = formatMarker({
  state: "accepted",
  told: [{ fingerprint: fingerprint(1), facts: fingerprint(1).slice(16) }],
  by: "octo-cat",
  reply: 42,
  reason: "Behind --> @org",
});

describe("the marker", () => {
  it("comes back as it was written, behind any text", () => {
    fc.assert(
      fc.property(marker, fc.string({ unit: "binary" }), (written, before) => {
        const body = `${before}\n\n${formatMarker(written)}`;
        expect(parseMarker(body)).toEqual(written);
        expect(withoutMarker(body)).toBe(before.trimEnd());
      }),
    );
  });

  it("is one HTML comment in which nothing means anything, whatever the reason says", () => {
    fc.assert(
      fc.property(marker, (written) => {
        expect(formatMarker(written)).toMatch(/^<!-- [\w:{}[\]",\\ ]* -->$/);
      }),
    );
    expect(ACCEPTED).toContain(
      '"by":"octo\\u002dcat","reply":42,"reason":"Behind \\u002d\\u002d\\u003e \\u0040org"',
    );
  });

  it("is read as it was written before facts were kept", () => {
    const old = `<!-- cyclekey:v1 {"fingerprints":["${fingerprint(1)}"],"state":"resolved"} -->`;
    expect(parseMarker(old)).toEqual({
      state: "resolved",
      told: [{ fingerprint: fingerprint(1) }],
    });
    expect(formatMarker(parseMarker(old)!)).toBe(old);
  });

  it("survives what a server does to the end of a body", () => {
    expect(parseMarker(`text\r\n\r\n${LIVE}\r\n`)?.state).toBe("live");
  });

  it("is ours, the last, though the text before it looks like one", () => {
    const forged = formatMarker({ state: "resolved", told: [{ fingerprint: fingerprint(2) }] });
    expect(parseMarker(`${forged}\n${LIVE}`)?.told).toEqual([{ fingerprint: fingerprint(1) }]);
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
    ["facts of other findings", ACCEPTED.replace('"facts":[', `"facts":["${"0".repeat(16)}",`)],
    ["nobody who accepted", ACCEPTED.replace(/"by":"[^"]*",/, "")],
    ["a reply that is no number", ACCEPTED.replace("42", '"42"')],
    ["a reason that is not escaped", ACCEPTED.replace("Behind ", "Behind-")],
    ["a reason that ends itself", ACCEPTED.replace("Behind ", 'Behind\\"')],
    ["a thread of a live comment", LIVE.replace("}", ',"thread":true}')],
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
    expect(parseMarker(`${ACCEPTED.slice(0, -6)}${"\\u0040".repeat(20_000)}`)).toBeUndefined();
    expect(performance.now() - start).toBeLessThan(500);
  });
});
