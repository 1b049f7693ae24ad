import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { JsonReport } from "../../src/core/report/json.js";
import { createRepository, type TemporaryRepository } from "../git/temporary-repository.js";
import { MAIN, type Outcome, runCli } from "./run-cli.js";

const BASE = "DEBUG = False\nSESSION_COOKIE_SECURE = True\nLANGUAGE_CODE = 'en'\n";
const HEAD = "DEBUG = False\nLANGUAGE_CODE = 'en'\n";

describe("a review of a removed flag", () => {
  let repository: TemporaryRepository;
  const review = (...args: readonly string[]): Promise<Outcome> =>
    runCli(["review", "-C", repository.directory, ...args]);

  beforeAll(() => {
    repository = createRepository();
    repository.write("shop/settings.py", BASE);
    repository.commit();
    repository.git("checkout", "-q", "-b", "topic");
    repository.write("shop/settings.py", HEAD);
    repository.commit();
  });
  afterAll(() => repository.remove());

  it("ends in 1 and shows the line and the suggestion", async () => {
    const { code, stdout, stderr } = await review("main...topic");
    expect(stdout).toContain("shop/settings.py\n");
    expect(stdout).toContain("[insecure-session-cookie]");
    expect(stdout).toContain("- 2 | SESSION_COOKIE_SECURE = True\n");
    expect(stdout).toContain("+ SESSION_COOKIE_SECURE = True\n");
    expect(stdout).toMatch(/cyclekey: 1 error .*\(1 file changed, 1 reviewed\)\n$/);
    expect(stderr).toBe("");
    expect(code).toBe(1);
  });

  it("is the same for the working tree, which is what a review without a range is of", async () => {
    const { code, stdout } = await review();
    expect(stdout).toBe((await review("main...topic")).stdout);
    expect(code).toBe(1);
  });

  it.each([
    ["sarif", /"version": "2\.1\.0"[\s\S]*"version": "\d+\.\d+\.\d+"[\s\S]*"cyclekey\/v1"/],
    ["markdown", /^## cyclekey: 1 error\n[\s\S]*```diff\n[\s\S]*\| Setting \|/],
    [
      "github",
      /^::error file=shop\/settings\.py,line=1,endLine=1,title=[^\n]*\ncyclekey: 1 error /,
    ],
  ])("is printed as %s, with the same exit status", async (format, printed) => {
    const { code, stdout, stderr } = await review("main...topic", "--format", format);
    expect(stdout).toMatch(printed);
    expect(stderr).toBe("");
    expect(code).toBe(1);
  });

  it("is JSON for scripts", async () => {
    const { code, stdout } = await review("main..topic", "--format", "json");
    const report = JSON.parse(stdout) as JsonReport;
    expect(Object.keys(report)).toEqual([
      "version",
      "base",
      "head",
      "findings",
      "inventory",
      "posture",
      "suppressed",
      "unscanned",
      "stats",
      "suppressionProblems",
      "ignored",
    ]);
    expect(report).toMatchObject({
      base: repository.git("rev-parse", "main"),
      head: repository.git("rev-parse", "topic"),
      findings: [
        {
          rule: "insecure-session-cookie",
          severity: "error",
          path: "shop/settings.py",
          side: "LEFT",
          startLine: 2,
          endLine: 2,
          fingerprint: expect.stringMatching(/^[0-9a-f]{32}$/),
          suggestion: { path: "shop/settings.py" },
        },
      ],
      unscanned: [],
      stats: { changedFiles: 1, scannedFiles: 1 },
    });
    expect(code).toBe(1);
  });

  it("ends in 0 when nothing is to fail, and the other way round", async () => {
    expect((await review("main..topic", "--fail-on", "never")).code).toBe(0);
    expect((await review("main..topic", "--fail-on", "notice")).code).toBe(1);
    const back = await review("topic..main");
    expect(back).toMatchObject({ code: 0, stderr: "" });
    expect(back.stdout).toContain("cyclekey: no regressions");
  });

  it("prints statistics on stderr only", async () => {
    const plain = await review("main..topic", "--format", "json");
    const { stdout, stderr } = await review("main..topic", "--format", "json", "--stats");
    expect(stdout).toBe(plain.stdout);
    expect(stderr).toMatch(
      /^files {3}1 changed, 1 read\ncontext 0 other files read\nparsed {2}\d+ of \d+ bytes .*\ntime {4}git \d+ ms, grammar \d+ ms, scan \d+ ms\n$/,
    );
  });

  it("has no colour in a pipe", async () => {
    expect((await review("main..topic")).stdout).not.toContain("\u001b");
  });

  it("does not mind a reader that goes away", async () => {
    const pipe = `"${process.execPath}" "${MAIN}" review main..topic -C "${repository.directory}" | true; echo "$\{PIPESTATUS[0]}"`;
    const { stdout, stderr } = await promisify(execFile)("bash", ["-c", pipe]);
    expect({ stdout, stderr }).toEqual({ stdout: "1\n", stderr: "" });
  });
});

describe("a review", () => {
  let repository: TemporaryRepository;
  const review = (...args: readonly string[]): Promise<Outcome> =>
    runCli(["review", "-C", repository.directory, ...args]);

  beforeEach(() => {
    repository = createRepository();
    repository.write("notes.txt", "a\n");
    repository.commit();
  });
  afterEach(() => repository.remove());

  it("of a range without Python says so in one line and does not load the grammar", async () => {
    repository.write("notes.txt", "b\n");
    repository.commit();
    const { code, stdout, stderr } = await review("HEAD~..HEAD", "--stats");
    expect(stdout).toBe("cyclekey: 1 file changed, nothing that can matter to sessions.\n");
    expect(stderr).toContain("grammar 0 ms");
    expect(code).toBe(0);
  });

  it("of an empty range says that nothing changed", async () => {
    expect(await review("HEAD..HEAD")).toEqual({
      code: 0,
      stdout: "cyclekey: nothing changed.\n",
      stderr: "",
    });
  });

  it("ends in 1 when a file that could matter was not reviewed, unless nothing is to fail", async () => {
    repository.write("settings.py", "# filler\n".repeat(60_000));
    repository.commit();
    const { code, stdout, stderr } = await review("HEAD~..HEAD");
    expect(stdout).toContain("Not reviewed\n  settings.py: The file has 540,000 bytes");
    expect(stderr).toBe(
      "cyclekey: 1 file that could matter was not reviewed, so this is not a clean result.\n",
    );
    expect(code).toBe(1);
    expect((await review("HEAD~..HEAD", "--fail-on", "never")).code).toBe(0);
  });

  it("ends in 1 when Python would run a line that nobody sees", async () => {
    repository.write("settings.py", "x = 1 # ok\rSESSION_COOKIE_SECURE = False\n");
    repository.commit();
    const { code, stdout } = await review("HEAD~..HEAD");
    expect(stdout).toContain("Not reviewed\n  settings.py:1: ");
    expect(code).toBe(1);
  });

  it("ends in 0 when a file does not parse for Python either, and names it", async () => {
    repository.write("settings.py", "DEBUG = (\n\nclass\n");
    repository.commit();
    const { code, stdout } = await review("HEAD~..HEAD");
    expect(stdout).toContain("Not reviewed\n  settings.py");
    expect(code).toBe(0);
  });

  it("shows a name that would act on the terminal as an escape", async () => {
    repository.write("\u001b]52;c;ZXZpbA==\u0007/settings.py", "# filler\n".repeat(60_000));
    repository.commit();
    const { stdout } = await review("HEAD~..HEAD");
    expect(stdout).toContain("\\u{1b}]52;c;ZXZpbA==\\u{7}/settings.py");
    expect(stdout).not.toContain("\u001b");
  });
});

describe("input that cannot be used", () => {
  let repository: TemporaryRepository;
  beforeAll(() => {
    repository = createRepository();
    repository.commit();
  });
  afterAll(() => repository.remove());

  it.each([
    ["an unknown revision", ["HEAD..nope"], /^cyclekey: "nope" is not a revision of .*\n$/],
    ["a revision that is no range", ["HEAD"], /^cyclekey: "HEAD" is not a range\. .*\n$/],
    [
      "an unknown format",
      ["--format", "xml"],
      /Allowed choices are pretty, json, sarif, markdown, github\.\nSee cyclekey review --help\.\n$/,
    ],
    ["an unknown severity", ["--fail-on", "fatal"], /Allowed choices are error, warning, notice/],
    [
      "an unknown option",
      ["--fast"],
      /^cyclekey: unknown option '--fast'\nSee cyclekey review --help\.\n$/,
    ],
    ["too many arguments", ["a..b", "c..d"], /too many arguments/],
  ])("is %s: exit status 2", async (_, args, stderr) => {
    const outcome = await runCli(["review", "-C", repository.directory, ...args]);
    expect(outcome).toEqual({ code: 2, stdout: "", stderr: expect.stringMatching(stderr) });
  });

  it("is a directory without a repository", async () => {
    expect(await runCli(["review", "-C", "/"])).toEqual({
      code: 2,
      stdout: "",
      stderr: "cyclekey: / is not in a git repository. Name one with -C <directory>.\n",
    });
  });

  it("is a machine without git", async () => {
    const empty = join(repository.directory, ".git", "refs");
    expect(await runCli(["review", "-C", repository.directory], { PATH: empty })).toEqual({
      code: 2,
      stdout: "",
      stderr: "cyclekey: git is not installed, or not in the PATH.\n",
    });
  });
});

describe("the command line", () => {
  it("explains itself", async () => {
    const { code, stdout, stderr } = await runCli(["--help"]);
    expect(stdout).toContain("Usage: cyclekey");
    expect(stdout).toMatch(/review [\s\S]*\n {2}serve/);
    expect([code, stderr]).toEqual([0, ""]);
    const review = await runCli(["review", "--help"]);
    expect(review.stdout).toContain("<base>...<head>");
    expect(review.stdout).toContain("Exit status: 0 nothing at the level, 1 findings");
    expect(review.code).toBe(0);
  });

  it("knows its version", async () => {
    expect((await runCli(["--version"])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it("ends in 2 without a command, or with one that it does not know", async () => {
    expect((await runCli([])).code).toBe(2);
    const { code, stderr } = await runCli(["revue"]);
    expect(stderr).toContain("unknown command 'revue'");
    expect(code).toBe(2);
  });
});
