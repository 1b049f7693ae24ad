import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type Conversation,
  FLAG,
  removesTheFlag,
  settings,
  startConversation,
} from "./conversation.js";

let talk: Conversation;
beforeAll(async () => {
  talk = await startConversation();
});
afterAll(() => talk.end());

const IGNORE = "  # cyclekey: ignore[insecure-session-cookie] the proxy sets it";
const OFF = "SESSION_COOKIE_SECURE = False";

let repositories = 0;

async function review(before: string, after: string) {
  repositories += 1;
  const world = await talk.github.addRepository(`acme/shop-${repositories}`);
  const base = { ...removesTheFlag().base, "shop/settings.py": settings().replace(FLAG, before) };
  const head = { "shop/settings.py": settings().replace(FLAG, after) };
  await world.openPullRequest({ title: "Tidy up", author: "maria", base, head });
  const check = await world.waitForCheck(1);
  return { check, comments: world.reviewComments(1) };
}

describe("a suppression in the source", () => {
  it("works when it already stood in base, and the check run says so", async () => {
    const { check, comments } = await review(`${FLAG}${IGNORE}`, `${OFF}${IGNORE}`);
    expect(check.conclusion).toBe("success");
    expect(check.summary).toContain("the proxy sets it");
    expect(comments).toEqual([]);
  });

  it("that the pull request itself adds does not silence, and the comment says so", async () => {
    const { check, comments } = await review(FLAG, `${OFF}${IGNORE}`);
    expect(check.conclusion).toBe("failure");
    expect(comments.map(({ body }) => body).join()).toContain("ignore[insecure-session-cookie]");
  });

  it("without a reason, of an unknown rule, or without a use is reported", async () => {
    const wrong = [
      `${FLAG}  # cyclekey: ignore[insecure-session-cookie]`,
      "A = 1  # cyclekey: ignore[insecure-cookie] the proxy sets it",
      `B = 2${IGNORE}`,
    ];
    const { check } = await review(FLAG, wrong.join("\n"));
    const [, reported] = check.summary!.split("### Ignore comments without effect");
    expect(reported!.match(/`shop\/settings\.py`, line \d+/g)).toHaveLength(3);
  });
});
