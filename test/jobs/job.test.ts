import { describe, expect, it } from "vitest";
import { mergeJobs, type PullRequestJob } from "../../src/jobs/job.js";

function push(...left: readonly string[]): PullRequestJob {
  return {
    kind: "pull-request",
    installationId: 1,
    owner: "octo",
    repo: "shop",
    repositoryId: "R_1",
    number: 7,
    commands: [],
    left,
  };
}

describe("two jobs of one pull request", () => {
  it("keep every head that it left, each once, and the newest ones of many", () => {
    expect(mergeJobs(push("a", "b"), push("b", "c"))).toMatchObject({ left: ["a", "b", "c"] });
    const many = mergeJobs(push("a", "b", "c", "d"), push("e", "f"));
    expect(many).toMatchObject({ left: ["b", "c", "d", "e", "f"] });
  });

  it("name none where none was left", () => {
    expect(mergeJobs(push(), push())).not.toHaveProperty("left.0");
  });
});
