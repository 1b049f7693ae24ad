import { describe, expect, it } from "vitest";
import {
  formatExternalId,
  isMadeFor,
  parseExternalId,
} from "../../../src/core/review/external-id.js";
import { PULL_REQUEST } from "./examples.js";

const { number, baseSha, headSha } = PULL_REQUEST;
const ID = formatExternalId({ number, baseSha, headSha });

describe("the external id", () => {
  it("names the pull request, its base and its head", () => {
    expect(ID).toBe(`cyclekey:7:${baseSha}:${headSha}`);
    expect(parseExternalId(ID)).toEqual({ number, baseSha, headSha });
  });

  it("counts the other pull requests that its verdict stands for", () => {
    const id = formatExternalId({ number, baseSha, headSha, sharing: 2 });
    expect(id).toBe(`${ID}:2`);
    expect(parseExternalId(id)).toEqual({ number, baseSha, headSha, sharing: 2 });
    expect(formatExternalId({ number, baseSha, headSha, sharing: 0 })).toBe(ID);
    expect(isMadeFor(id, { number, baseSha, headSha })).toBe(true);
    expect(isMadeFor(id, { number: 8, baseSha, headSha })).toBe(false);
  });

  it("of a merge group says so in the place of a number", () => {
    const id = formatExternalId({ number: "merge-group", baseSha, headSha });
    expect(id).toBe(`cyclekey:merge-group:${baseSha}:${headSha}`);
    expect(parseExternalId(id)).toEqual({ number: "merge-group", baseSha, headSha });
  });

  it.each([
    ["another prefix", ID.replace("cyclekey", "other")],
    ["number zero", ID.replace(":7:", ":0:")],
    ["a leading zero", ID.replace(":7:", ":07:")],
    ["a number beyond exact integers", ID.replace(":7:", `:${"9".repeat(20)}:`)],
    ["a short sha", ID.slice(0, -1)],
    ["a count of none", `${ID}:0`],
    ["a count that is no number", `${ID}:x`],
    ["a line behind it", `${ID}\n`],
    ["nothing", ""],
  ])("is not read with %s", (_, text) => {
    expect(parseExternalId(text)).toBeUndefined();
  });
});
