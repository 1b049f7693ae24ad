import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  type Conversation,
  FLAG,
  removesTheFlag,
  settings,
  startConversation,
} from "./conversation.js";

let talk: Conversation;
beforeEach(async () => {
  talk = await startConversation();
});
afterEach(() => talk.end());

describe("a pull request that removes a flag", () => {
  it("gets a comment with a suggestion and a failing check", async () => {
    const { github } = talk;
    await github.openPullRequest(removesTheFlag());
    const check = await github.waitForCheck(1);
    expect(check).toMatchObject({ name: "cyclekey", conclusion: "failure", title: "1 error" });
    const [comment, ...others] = github.reviewComments(1);
    expect(others).toEqual([]);
    expect(comment).toMatchObject({ path: "shop/settings.py", author: { login: "cyclekey[bot]" } });
    const [, suggestion] = /```suggestion\n([\s\S]*?)\n```/.exec(comment!.body) ?? [];
    expect(suggestion?.split("\n")).toContain(FLAG);
    expect(github.reviews(1).map((review) => review.state)).toEqual(["COMMENTED"]);
  });

  it("turns green when the suggestion is committed, and the comment is resolved", async () => {
    const { github } = talk;
    const { headSha } = await github.openPullRequest(removesTheFlag());
    await github.waitForCheck(1);
    const comment = github.reviewComments(1)[0]!;
    const after = await github.commitSuggestion(comment);
    const check = await github.waitForCheck(1);
    expect(check).toMatchObject({ headSha: after, conclusion: "success" });
    expect(comment).toMatchObject({ minimized: "resolved" });
    expect(comment.body).toContain(`Resolved in ${after.slice(0, 7)}`);
    const text = await github.forge.repository.blob(`${after}:shop/settings.py`);
    expect(text.toString()).toBe(settings());
    expect(github.checkRuns(headSha)).toHaveLength(1);
    expect(github.checkRuns(after)).toHaveLength(1);
    expect(github.reviewComments(1)).toHaveLength(1);
  });

  it("is not commented again when a push only moves its lines", async () => {
    const { github } = talk;
    await github.openPullRequest(removesTheFlag());
    await github.waitForCheck(1);
    const moved = settings(FLAG).replace("DEBUG = False\n", "DEBUG = False\n# moved\n# down\n");
    await github.push(1, { files: { "shop/settings.py": moved } });
    const check = await github.waitForCheck(1);
    expect(check.conclusion).toBe("failure");
    expect(github.reviewComments(1)).toHaveLength(1);
    expect(github.reviewComments(1)[0]!.minimized).toBeUndefined();
  });

  it("keeps a thread open in which a human wrote", async () => {
    const { github } = talk;
    await github.openPullRequest(removesTheFlag());
    await github.waitForCheck(1);
    const comment = github.reviewComments(1)[0]!;
    github.reply(comment, "jonas", "Do we still need this?");
    await github.push(1, { files: { "shop/settings.py": settings() } });
    await github.waitForCheck(1);
    expect(comment.body).toContain("Resolved in");
    expect(comment.minimized).toBeUndefined();
  });

  it("is reviewed although a person pasted a comment of the bot", async () => {
    const { github } = talk;
    await github.openPullRequest(removesTheFlag());
    await github.waitForCheck(1);
    const { body } = github.reviewComments(1)[0]!;
    await github.openPullRequest({ ...removesTheFlag(), branch: "copy", draft: true });
    await github.waitForCheck(2);
    await github.remark(2, "maria", {
      path: "shop/settings.py",
      side: "RIGHT",
      line: 7,
      startLine: undefined,
      startSide: undefined,
      body,
    });
    github.markReady(2);
    await github.waitUntil("a comment by the bot", () =>
      github.reviewComments(2).some((one) => one.author.type === "Bot"),
    );
    await talk.finish();
    const [pasted] = github.reviewComments(2);
    expect(pasted).toMatchObject({ body, minimized: undefined });
  });

  it("gets its comments when the draft is ready for review", async () => {
    const { github } = talk;
    await github.openPullRequest({ ...removesTheFlag(), draft: true });
    const check = await github.waitForCheck(1);
    expect(check.conclusion).toBe("failure");
    expect(github.reviewComments(1)).toEqual([]);
    github.markReady(1);
    await github.waitUntil("the comment", () => github.reviewComments(1).length === 1);
    await talk.finish();
    expect(github.checkRuns(github.pullRequest(1).headSha)).toHaveLength(1);
  });

  it("is judged on its own base after a force push", async () => {
    const { github } = talk;
    await github.openPullRequest(removesTheFlag());
    await github.waitForCheck(1);
    await github.push(1, { files: { "shop/text.py": "GREETING = 'hi'\n" }, force: true });
    const check = await github.waitForCheck(1);
    expect(check.conclusion).toBe("success");
    await talk.finish();
    expect(github.reviewComments(1).map((one) => one.minimized)).toEqual(["resolved"]);
  });
});

describe("a pull request that is put on top of another", () => {
  it("is judged on what it makes worse there, and still against the default branch", async () => {
    const { github } = talk;
    const { headSha } = await github.openPullRequest(removesTheFlag());
    await github.waitForCheck(1);
    await github.push(1, { files: { "shop/text.py": "GREETING = 'hi'\n" } });
    const before = await github.waitForCheck(1);
    expect(before.conclusion).toBe("failure");
    await github.forge.repository.setRef("refs/heads/tidy", headSha);
    await github.retarget(1, "tidy");
    const externalId = `cyclekey:1:${headSha}:${before.headSha}`;
    const after = await github.waitForCheck(1, (check) => check.externalId === externalId);
    await talk.finish();
    expect(after.conclusion).toBe("failure");
    expect(github.reviewComments(1).map((one) => one.minimized)).toEqual(["resolved"]);
  });
});

describe("a pull request of another framework", () => {
  it("gets no comment, by what its repository requires, at no request more", async () => {
    const { github } = talk;
    const requirements = { "requirements.txt": "Flask==3.1.0\n" };
    const { base, ...opened } = removesTheFlag();
    await github.openPullRequest({ ...opened, base: { ...base, ...requirements } });
    const check = await github.waitForCheck(1);
    await talk.finish();
    expect(check).toMatchObject({ conclusion: "success" });
    expect(github.reviewComments(1)).toEqual([]);
    expect(talk.asked().length).toBeLessThanOrEqual(3);
  });
});

describe("the number of requests", () => {
  it("is two for a pull request that cannot matter", async () => {
    const { github } = talk;
    const { base } = removesTheFlag();
    const head = { "shop/text.py": "GREETING = 'good morning'\n", "logo.svg": "<svg/>\n" };
    await github.openPullRequest({ title: "Greet", author: "maria", base, head });
    const check = await github.waitForCheck(1);
    await talk.finish();
    expect(check.conclusion).toBe("success");
    expect(talk.asked()).toEqual(["GET /pulls/1/files", "POST /graphql"]);
  });

  it("is two as well when its templates, requirements and tests cannot matter", async () => {
    const { github } = talk;
    const { base } = removesTheFlag();
    const head = {
      "shop/templates/cart.html": "<form>\n<p>Cart</p>\n</form>\n",
      "requirements.txt": "Django==5.2.18\ncelery==5.3.0\n",
      "uv.lock": '[[package]]\nname = "django"\nversion = "5.2.17"\n',
      "shop/tests/test_cart.py": "def test_cart(client):\n    client.session['cart'] = [1]\n",
    };
    const before = { ...base, ...head };
    await github.openPullRequest({
      title: "Tidy up",
      author: "maria",
      base: before,
      head: {
        "shop/templates/cart.html": head["shop/templates/cart.html"].replace("Cart", "Your cart"),
        "requirements.txt": head["requirements.txt"].replace("5.3.0", "5.4.0"),
        "uv.lock": head["uv.lock"].replace("5.2.17", "5.2.18"),
        "shop/tests/test_cart.py": head["shop/tests/test_cart.py"].replace("[1]", "[2]"),
      },
    });
    const check = await github.waitForCheck(1);
    await talk.finish();
    expect(check.conclusion).toBe("success");
    expect(talk.asked()).toEqual(["GET /pulls/1/files", "POST /graphql"]);
  });

  it("is at most three for one that could matter and is clean", async () => {
    const { github } = talk;
    const { base } = removesTheFlag();
    const head = { "shop/settings.py": settings("USE_TZ = True", 'TIME_ZONE = "UTC"') };
    await github.openPullRequest({
      title: "Drop the time zone",
      author: "maria",
      base,
      head: { ...head, "shop/views.py": "def cart(request):\n    return request.session\n" },
    });
    const check = await github.waitForCheck(1);
    await talk.finish();
    expect(check.conclusion).toBe("success");
    expect(talk.asked().length).toBeLessThanOrEqual(3);
  });

  it("is at most five for one with a finding", async () => {
    const { github } = talk;
    await github.openPullRequest(removesTheFlag());
    await github.waitForCheck(1);
    await talk.finish();
    expect(talk.asked().length).toBeLessThanOrEqual(5);
  });
});
