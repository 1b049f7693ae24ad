import { describe, expect, it } from "vitest";
import type { ChangeSet, FileChange } from "../../../src/core/model/change.js";
import { both, changeSetOf, review, type Texts } from "./review-configured.js";

const SECURE = "SESSION_COOKIE_SECURE = True\nDEBUG = False\n";
const INSECURE = "SESSION_COOKIE_SECURE = False\nDEBUG = False\n";
const WEAKENED: Texts = { "site/settings.py": [SECURE, INSECURE] };
const FOUND = "site/settings.py: insecure-session-cookie error";

describe("rules", () => {
  it("that are off say nothing", () => {
    const rules = new Map([["insecure-session-cookie", "off"]] as const);
    expect(both(WEAKENED, { rules })).toEqual([[FOUND], []]);
  });

  it("speak with the severity they are given, and keep their suggestion", () => {
    const rules = new Map([["insecure-session-cookie", "notice"]] as const);
    expect(both(WEAKENED, { rules })).toEqual([
      [FOUND],
      ["site/settings.py: insecure-session-cookie notice"],
    ]);
    const [finding] = review(changeSetOf(WEAKENED), { rules }).findings;
    expect(finding?.suggestion?.replacement).toBe("SESSION_COOKIE_SECURE = True");
  });
});

describe("paths.ignore", () => {
  const ignoredPaths = ["site/**"];

  it("leaves files out, and names those that could matter", () => {
    const texts: Texts = { ...WEAKENED, "site/notes.txt": ["a\n", "b\n"] };
    expect(both(texts, { ignoredPaths })).toEqual([[FOUND], []]);
    const { ignored, stats } = review(changeSetOf(texts), { ignoredPaths });
    expect(ignored).toEqual(["site/settings.py"]);
    expect(stats.scannedFiles).toBe(0);
    expect(review(changeSetOf(texts)).ignored).toEqual([]);
  });

  it("does not ask of a file that is left out why it could not be read", () => {
    const changes: ChangeSet = {
      ...changeSetOf({}),
      listed: changeSetOf(WEAKENED).files,
      unscanned: [{ path: "site/settings.py", reason: "too-large", detail: "It is too large." }],
    };
    expect(review(changes).unscanned).toHaveLength(1);
    const { unscanned, ignored } = review(changes, { ignoredPaths });
    expect([unscanned, ignored]).toEqual([[], ["site/settings.py"]]);
  });

  it("does not take out what is moved into an ignored folder", () => {
    const [file] = changeSetOf(WEAKENED).files;
    const moved: FileChange = { ...file!, basePath: "settings.py", status: "renamed" };
    const { findings, ignored } = review({ ...changeSetOf({}), files: [moved] }, { ignoredPaths });
    expect(findings.map(({ rule }) => rule)).toEqual(["insecure-session-cookie"]);
    expect(ignored).toEqual([]);
  });
});
