import { expect } from "vitest";
import { parseMarker } from "../../src/core/review/marker.js";
import type { CheckRunRecord, ReviewCommentRecord } from "../../src/simulator/platform/store.js";
import type { GitHubWorld } from "../../src/simulator/world.js";
import { irrelevant, twoFindings } from "./bot-under-test.js";

/** One event, the job that it makes, and how the pull request looks when the job is done. */
export interface Scenario {
  readonly name: string;
  /** Brings a pull request to where the event comes. */
  readonly prepare: (title: string) => Promise<Subject>;
  /** Makes the event happen; answers the number of the pull request. */
  readonly act: (subject: Subject) => Promise<number>;
  readonly isDone: (number: number) => boolean;
  /** What must hold in the end, beside what always must. */
  readonly expectEnd: (number: number) => void;
}

interface Subject {
  readonly title: string;
  /** Undefined when opening it is the event. */
  readonly number?: number;
}

const VIEW = "accounts/views.py";
const SETTINGS = "shop/settings.py";

export function commentsOf(world: GitHubWorld, number: number): readonly ReviewCommentRecord[] {
  return world.reviewComments(number).filter(({ author }) => author.type === "Bot");
}

/** Every run of ours on any commit that the pull request had at its head. */
export function runsOf(world: GitHubWorld, number: number): readonly CheckRunRecord[] {
  const ours = (run: CheckRunRecord) => run.externalId.startsWith(`cyclekey:${number}:`);
  return world.forge.store.checkRuns.filter(ours);
}

export function createScenarios(
  world: GitHubWorld,
  quiet: () => Promise<void>,
): readonly Scenario[] {
  function told(number: number, state: "live" | "accepted" | "resolved"): readonly string[] {
    return commentsOf(world, number)
      .filter(({ body }) => parseMarker(body)?.state === state)
      .map(({ path }) => path)
      .sort();
  }

  function newest(number: number): CheckRunRecord | undefined {
    return world.checkRuns(world.pullRequest(number).headSha).at(-1);
  }

  function isConcluded(number: number): boolean {
    const runs = world.checkRuns(world.pullRequest(number).headSha);
    return runs.length > 0 && runs.every(({ status }) => status === "completed");
  }

  async function prepareReviewed(title: string): Promise<Subject> {
    const { number } = await world.openPullRequest(twoFindings(title));
    await world.waitForCheck(number);
    await quiet();
    return { title, number };
  }

  function reactions(number: number): readonly string[] {
    const replies = world.reviewComments(number).filter(({ author }) => author.type === "User");
    return replies.flatMap((reply) => reply.reactions.map(({ content }) => content));
  }

  return [
    {
      name: "first review",
      prepare: async (title) => ({ title }),
      act: async ({ title }) => (await world.openPullRequest(twoFindings(title))).number,
      isDone: isConcluded,
      expectEnd: (number) => {
        expect(told(number, "live")).toEqual([VIEW, SETTINGS]);
        expect(newest(number)?.conclusion).toBe("failure");
      },
    },
    {
      name: "push of a fix",
      prepare: prepareReviewed,
      act: async ({ number = 0 }) => {
        const { base } = twoFindings("");
        await world.push(number, { files: { [SETTINGS]: base[SETTINGS] } });
        return number;
      },
      isDone: isConcluded,
      expectEnd: (number) => {
        expect(told(number, "live")).toEqual([VIEW]);
        expect(told(number, "resolved")).toEqual([SETTINGS]);
        const hidden = commentsOf(world, number).filter(({ minimized }) => minimized !== undefined);
        expect(hidden.map(({ path }) => path)).toEqual([SETTINGS]);
        expect(newest(number)?.conclusion).toBe("failure");
      },
    },
    {
      name: "/accept",
      prepare: prepareReviewed,
      act: async ({ number = 0 }) => {
        const comment = commentsOf(world, number).find(({ path }) => path === SETTINGS);
        if (comment === undefined) throw new Error("nothing to accept");
        world.reply(comment, "priya", "/accept the proxy sets it");
        return number;
      },
      isDone: (number) => isConcluded(number) && reactions(number).includes("rocket"),
      expectEnd: (number) => {
        expect(told(number, "live")).toEqual([VIEW]);
        expect(told(number, "accepted")).toEqual([SETTINGS]);
        expect(reactions(number)).toEqual(["eyes", "rocket"]);
        expect(newest(number)?.conclusion).toBe("failure");
        expect(newest(number)?.summary).toContain("the proxy sets it");
      },
    },
    {
      name: "nothing to review",
      prepare: async (title) => ({ title }),
      act: async ({ title }) => (await world.openPullRequest(irrelevant(title))).number,
      isDone: isConcluded,
      expectEnd: (number) => expect(newest(number)?.conclusion).toBe("success"),
    },
  ];
}
