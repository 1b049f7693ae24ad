import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Files } from "../../src/simulator/git/repository.js";
import type { RepositoryWorld } from "../../src/simulator/repository-world.js";
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

let repositories = 0;

/** A repository of its own, configured so, and a pull request in it. */
async function review(
  configuration: string,
  { base, head }: { readonly base: Files; readonly head: Files } = removesTheFlag(),
) {
  repositories += 1;
  const world = await talk.github.addRepository(`acme/shop-${repositories}`);
  const configured = { ...base, ".github/cyclekey.yml": configuration };
  const pull = { title: "Tidy up", author: "maria", base: configured, head };
  const { number } = await world.openPullRequest(pull);
  return { world, number, check: await world.waitForCheck(number) };
}

function severity(wanted: string): string {
  return `rules:\n  insecure-session-cookie: ${wanted}\n`;
}

function commented(world: RepositoryWorld): readonly string[] {
  return world.reviewComments(1).map(({ path }) => path);
}

/** So many shops, each with settings of its own. */
function shops(count: number, text: string): Files {
  const names = Array.from({ length: count }, (_, index) => `shop${index}/settings.py`);
  return Object.fromEntries(names.map((name) => [name, text]));
}

/** A view that signs someone in and keeps the session key. */
function login(name: string): string {
  return [
    `def ${name}(request):`,
    `    member = Member.objects.get(email=request.POST["${name}"])`,
    '    if check_password(request.POST["password"], member.password):',
    '        request.session["member_id"] = member.pk',
    "",
  ].join("\n");
}

describe("the conclusion", () => {
  it("is failure when a finding reaches the configured level, error unless configured", async () => {
    const { world, check } = await review("");
    expect(check).toMatchObject({ conclusion: "failure", title: "1 error" });
    expect(commented(world)).toEqual(["shop/settings.py"]);
  });

  it("is failure for a warning where warnings are the configured level", async () => {
    const { check } = await review(`${severity("warning")}fail-on: warning\n`);
    expect(check.conclusion).toBe("failure");
  });

  it("is neutral when there are warnings below it, which are commented", async () => {
    const { world, check } = await review(severity("warning"));
    expect(check).toMatchObject({ conclusion: "neutral", title: "1 warning" });
    expect(commented(world)).toEqual(["shop/settings.py"]);
  });

  it("is success with notices alone, which stand in the check run only", async () => {
    const { world, check } = await review(severity("notice"));
    expect(check.conclusion).toBe("success");
    expect(check.summary).toContain("insecure-session-cookie");
    expect(world.reviews(1)).toEqual([]);
    expect(commented(world)).toEqual([]);
  });

  it("is success, without a word in the conversation, when nothing is found", async () => {
    const files = removesTheFlag().base;
    const head = { "shop/settings.py": `${settings()}SESSION_COOKIE_NAME = "shop"\n` };
    const { world, check } = await review("", { base: files, head });
    expect(check.conclusion).toBe("success");
    expect(world.reviews(1)).toEqual([]);
    expect(commented(world)).toEqual([]);
    expect(world.forge.store.issueComments).toEqual([]);
  });
});

describe("the check run", () => {
  it("has counts, posture, an annotation, and an id of pull request, base and head", async () => {
    const { world, check } = await review("");
    const { baseSha, headSha } = world.pullRequest(1);
    expect(check.name).toBe("cyclekey");
    expect(check.externalId).toBe(`cyclekey:1:${baseSha}:${headSha}`);
    expect(check.annotations.map(({ path }) => path)).toEqual(["shop/settings.py"]);
    expect(check.summary).toContain("SESSION_COOKIE_SECURE");
    expect(check.summary).toContain("insecure-session-cookie");
  });

  it("lists what a pull request starts to write into the session, findings or not", async () => {
    const base = removesTheFlag().base;
    const view = 'def cart(request):\n    request.session["basket_size"] = 3\n';
    const { check } = await review("", { base, head: { "shop/views.py": view } });
    expect(check.summary).toContain("basket_size");
  });
});

describe("a pull request with more findings than comments may be", () => {
  it("has twenty comments in one review, and the rest in the check run", async () => {
    const imports = "from django.contrib.auth.hashers import check_password\n";
    const logins = Array.from({ length: 24 }, (_, index) => login(`sign_in_${index}`));
    const head = { "accounts/views.py": [imports, ...logins].join("\n\n") };
    const { world, number, check } = await review("", { base: removesTheFlag().base, head });
    expect(check).toMatchObject({ conclusion: "failure", title: "24 errors" });
    expect(world.reviews(number).map(({ state }) => state)).toEqual(["COMMENTED"]);
    expect(world.reviewComments(number)).toHaveLength(20);
    expect(check.annotations).toHaveLength(24);
    await world.push(number, { files: { "shop/text.py": "GREETING = 'hi'\n" } });
    const again = await world.waitForCheck(number, ({ headSha }) => headSha !== check.headSha);
    expect(again.title).toBe("24 errors");
    expect(world.reviewComments(number)).toHaveLength(20);
  });

  it("has as many as are configured", async () => {
    const change = { base: shops(4, settings()), head: shops(4, settings(FLAG)) };
    const { world, number } = await review("comments:\n  max: 2\n", change);
    expect(world.reviewComments(number)).toHaveLength(2);
  });
});
