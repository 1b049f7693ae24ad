import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Files } from "../../src/simulator/git/repository.js";
import { type Conversation, FLAG, settings, startConversation } from "./conversation.js";

let talk: Conversation;
beforeAll(async () => {
  talk = await startConversation();
});
afterAll(() => talk.end());

describe("a pull request", () => {
  it("with more files than GitHub lists does not pass, and says so", async () => {
    const { github } = talk;
    const names = Array.from({ length: 3_001 }, (_, index) => `catalogue/item${index}.txt`);
    const head: Files = Object.fromEntries(names.map((name) => [name, "1\n"]));
    const { number } = await github.openPullRequest({ title: "Import", author: "maria", head });
    const check = await github.waitForCheck(number);
    expect(check.conclusion).toBe("failure");
    expect(check.summary).toContain("3,000");
  });

  it("that deletes the settings of production is reviewed by what takes effect then", async () => {
    const world = await talk.github.addRepository("acme/deleted");
    const base = {
      "shop/settings/__init__.py": "",
      "shop/settings/base.py": settings(FLAG),
      "shop/settings/production.py": `from .base import *\n\n${FLAG}\n`,
      "shop/wsgi.py":
        'import os\n\nos.environ["DJANGO_SETTINGS_MODULE"] = "shop.settings.production"\n',
    };
    const head = {
      "shop/settings/production.py": null,
      "shop/wsgi.py": 'import os\n\nos.environ["DJANGO_SETTINGS_MODULE"] = "shop.settings.base"\n',
    };
    await world.openPullRequest({ title: "One settings module", author: "maria", base, head });
    const check = await world.waitForCheck(1);
    expect(check.conclusion).toBe("neutral");
    expect(check.summary).toContain("The module that said so is deleted");
  });

  it("whose comment GitHub refuses keeps its other comments, and the check names that one", async () => {
    const world = await talk.github.addRepository("acme/refused");
    const names = Array.from({ length: 10 }, (_, index) => `shop${index}/settings.py`);
    const all = (text: string): Files => Object.fromEntries(names.map((name) => [name, text]));
    talk.github.faults.refuseComment = ({ path }) => path === "shop4/settings.py";
    const pull = {
      title: "Tidy up",
      author: "maria",
      base: all(settings()),
      head: all(settings(FLAG)),
    };
    await world.openPullRequest(pull);
    const check = await world.waitForCheck(1);
    expect(check).toMatchObject({ conclusion: "failure", title: "10 errors" });
    const commented = world.reviewComments(1).map(({ path }) => path);
    expect(commented.toSorted()).toEqual(names.filter((name) => name !== "shop4/settings.py"));
    expect(check.summary).toContain("### Without a comment");
    expect(check.summary!.split("### Without a comment")[1]).toContain("shop4/settings.py");
  });
});
