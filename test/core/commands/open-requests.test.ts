import { describe, expect, it } from "vitest";
import { openRequests, settleRequests } from "../../../src/core/commands/open-requests.js";
import type { PostedComment, Reply } from "../../../src/core/model/review.js";
import { post } from "../review/examples.js";

function reply(id: number, body: string, changes: Partial<Reply> = {}): Reply {
  return {
    id,
    nodeId: `reply-${id}`,
    author: "alice",
    bot: false,
    body,
    answer: "none",
    ...changes,
  };
}

function comment(id: number, ...replies: readonly Reply[]): PostedComment {
  const written = post({ path: "a.py", side: "RIGHT", line: 1, body: "A finding." }, id);
  return { ...written, replies };
}

function requestsIn(...comments: readonly PostedComment[]) {
  return openRequests({ comments, checks: [] });
}

describe("open requests", () => {
  it("are what people asked for and was not answered, oldest first over all threads", () => {
    const requests = requestsIn(
      comment(1, reply(14, "/accept Only behind the VPN."), reply(16, "/reopen")),
      comment(2, reply(15, "/accept", { author: "bob", answer: "seen" })),
    );
    expect(
      requests.map(({ kind, comment, reply, reason }) => [reply.id, kind, comment.id, reason]),
    ).toEqual([
      [14, "accept", 1, "Only behind the VPN."],
      [15, "accept", 2, ""],
      [16, "reopen", 1, ""],
    ]);
  });

  it.each([
    ["it was obeyed", reply(5, "/accept fine", { answer: "obeyed" })],
    ["it was refused", reply(5, "/accept fine", { answer: "refused" })],
    ["a bot wrote it", reply(5, "/accept fine", { bot: true })],
    ["its author is gone", reply(5, "/accept fine", { author: "" })],
    ["it is a quote", reply(5, "> /accept fine")],
    ["it asks for a rescan, which belongs to the conversation", reply(5, "/rescan")],
    ["it is a remark", reply(5, "I would accept that.")],
  ])("are none when %s", (_, one) => {
    expect(requestsIn(comment(1, one))).toEqual([]);
  });

  it("count a reply once though two comments of ours stand in its thread", () => {
    const one = reply(5, "/accept fine");
    expect(requestsIn(comment(1, one), comment(2, one)).map(({ comment }) => comment.id)).toEqual([
      1,
    ]);
  });
});

describe("settled requests", () => {
  it("are the last of each comment, with who asked and why", () => {
    const admitted = requestsIn(
      comment(1, reply(11, "/accept first"), reply(12, "/reopen"), reply(15, "/accept again")),
      comment(2, reply(13, "/accept fine"), reply(14, "/reopen")),
    );
    expect(settleRequests(admitted)).toEqual({
      acceptances: [{ commentId: 1, replyId: 15, by: "alice", reason: "again" }],
      reopened: [2],
    });
  });
});
