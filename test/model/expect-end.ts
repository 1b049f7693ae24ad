import { expect } from "vitest";
import { DEFAULT_CONFIGURATION } from "../../src/core/model/configuration.js";
import type { Conclusion, PostedComment, RangeVerdict } from "../../src/core/model/review.js";
import { atLeast } from "../../src/core/model/severity.js";
import type { ParsePython } from "../../src/core/python/parser.js";
import { parseMarker } from "../../src/core/review/marker.js";
import { verdictOf, worstOf } from "../../src/core/review/verdict.js";
import { RULES } from "../../src/core/rules/index.js";
import type { PullRequestRecord, ReviewCommentRecord } from "../../src/simulator/platform/store.js";
import { BRANCHES, type Shop, STRONG, scanShops } from "./shop.js";
import type { Stage } from "./stage.js";

const META = RULES.map(({ meta }) => meta);

/** What GitHub shows is what a review of the final state, from scratch, would say. */
export async function expectEnd(stage: Stage, parse: ParsePython): Promise<void> {
  const { store } = stage.github.forge;
  const open = store.checkRuns.filter(({ status }) => status !== "completed");
  expect(open.map(({ headSha, externalId }) => ({ headSha, externalId }))).toEqual([]);
  for (const pull of store.pullRequests) {
    if (pull.state !== "open") continue;
    await expectVerdict(stage, pull, parse);
    await expectComments(stage, pull, parse);
    expectAnswers(stage, pull);
    expectAcceptances(stage, pull);
  }
}

/** A check belongs to a commit: whoever has this head may have been the last to write it. */
async function expectVerdict(
  stage: Stage,
  pull: PullRequestRecord,
  parse: ParsePython,
): Promise<void> {
  const runs = stage.github.checkRuns(pull.headSha);
  expect(runs, `check runs on the head of #${pull.number}`).toHaveLength(1);
  const sharers = stage.github.forge.store.pullRequests.filter(
    ({ headSha, state }) => headSha === pull.headSha && state === "open",
  );
  const ends = await Promise.all(sharers.map((one) => conclude(stage, one, sharers, parse)));
  expect(ends, `the check of #${pull.number}`).toContain(runs.at(-1)?.conclusion);
}

async function conclude(
  stage: Stage,
  pull: PullRequestRecord,
  sharers: readonly PullRequestRecord[],
  parse: ParsePython,
): Promise<Conclusion> {
  const others: RangeVerdict[] = [];
  for (const one of sharers) {
    if (one === pull) continue;
    others.push(inRange(await judge(stage, one, baseOf(stage, one), parse)));
  }
  if (sharers.every(({ baseRef }) => baseRef !== "main")) {
    others.push(inRange(await judge(stage, pull, STRONG, parse)));
  }
  return worstOf(await judge(stage, pull, baseOf(stage, pull), parse), others);
}

function inRange(conclusion: Conclusion): RangeVerdict {
  const label = { kind: "default-branch", name: "main" } as const;
  return { label, conclusion, failing: [], unscanned: 0 };
}

/** The merge base: both branches start at `main`, and neither moves. */
function baseOf({ told }: Stage, { number, baseRef }: PullRequestRecord): Shop {
  const onto = told.get(number)?.onto ?? "main";
  return (onto === baseRef ? BRANCHES[baseRef] : undefined) ?? STRONG;
}

async function judge(
  stage: Stage,
  pull: PullRequestRecord,
  base: Shop,
  parse: ParsePython,
): Promise<Conclusion> {
  const head = stage.told.get(pull.number)?.shop ?? STRONG;
  const { conclusion } = verdictOf({
    scan: await scanShops(base, head, parse),
    comments: commentsOf(stage, pull).map(posted),
    rules: META,
    configuration: DEFAULT_CONFIGURATION,
    acceptances: [],
    reopened: [],
  });
  return conclusion;
}

function commentsOf({ github }: Stage, { number }: PullRequestRecord) {
  return github.reviewComments(number).filter(({ author }) => author.type === "Bot");
}

/** Only what it says of itself counts here: everything asked for has been answered. */
function posted({ id, path, body, minimized }: ReviewCommentRecord): PostedComment {
  return {
    id,
    nodeId: "",
    path,
    body,
    minimized: minimized !== undefined,
    humanReply: false,
    threadId: "",
    threadResolved: false,
    touched: false,
    replies: [],
  };
}

async function expectComments(
  stage: Stage,
  pull: PullRequestRecord,
  parse: ParsePython,
): Promise<void> {
  const head = stage.told.get(pull.number)?.shop ?? STRONG;
  const { findings } = await scanShops(baseOf(stage, pull), head, parse);
  const grave = findings.filter(({ severity }) => atLeast(severity, "warning"));
  const wanted = grave.map(({ fingerprint }) => fingerprint).sort();
  const comments = commentsOf(stage, pull);
  const tells = (wantedState: boolean) =>
    comments
      .map(({ body }) => parseMarker(body))
      .filter((marker) => (marker?.state !== "resolved") === wantedState)
      .flatMap((marker) => marker?.told.map(({ fingerprint }) => fingerprint) ?? [])
      .sort();
  const live = tells(true);
  // What was said before it became a draft stands; nothing new is said.
  const expected = pull.draft ? wanted.filter((one) => live.includes(one)) : wanted;
  expect(live, `what comments on #${pull.number} tell`).toEqual(expected);
  const all = [...live, ...tells(false)];
  expect(all.length, `findings told twice on #${pull.number}`).toBe(new Set(all).size);
  for (const comment of comments) expectVisibility(stage, comment);
}

/** A thread in which someone answered is never buried. */
function expectVisibility({ github }: Stage, comment: ReviewCommentRecord): void {
  const answers = github
    .reviewComments(comment.pullRequest)
    .filter(({ inReplyTo, author }) => inReplyTo === comment.id && author.type === "User");
  const isResolved = parseMarker(comment.body)?.state === "resolved";
  if (!isResolved) expect(comment.minimized).toBeUndefined();
  else if (answers.length === 0) expect(comment.minimized).toBe("resolved");
}

/** Whoever asked has one answer, and who may not was refused. */
function expectAnswers({ github }: Stage, { number }: PullRequestRecord): void {
  const accepted = commentsOf({ github } as Stage, github.pullRequest(number)).flatMap(
    ({ body }) => {
      const marker = parseMarker(body);
      return marker?.state === "accepted" ? [marker] : [];
    },
  );
  for (const { id, body, author, reactions } of github.reviewComments(number)) {
    if (author.type === "Bot" || !body.startsWith("/")) continue;
    const given = reactions.map(({ content }) => content).filter((one) => one !== "eyes");
    expect(given, `the answer to ${author.login}: ${body}`).toHaveLength(1);
    const mayNot = body.startsWith("/accept") ? author.login !== "priya" : author.login === "eve";
    if (mayNot) expect(given).toEqual(["confused"]);
    if (mayNot) expect(accepted.map(({ reply }) => reply)).not.toContain(id);
  }
}

/** The last word in a thread that was obeyed, and after which nothing moved, holds. */
function expectAcceptances(stage: Stage, pull: PullRequestRecord): void {
  const since = stage.steadySince.get(pull.number) ?? 0;
  for (const comment of commentsOf(stage, pull)) {
    const last = stage.github
      .reviewComments(pull.number)
      .filter(({ inReplyTo, id }) => inReplyTo === comment.id && id > since)
      .filter(({ reactions }) => reactions.some(({ content }) => content === "rocket"))
      .at(-1);
    if (last === undefined) continue;
    const state = last.body.startsWith("/accept") ? "accepted" : "live";
    expect(parseMarker(comment.body)?.state, `after ${last.body}`).toBe(state);
  }
}
