import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createRepository, type TemporaryRepository } from "../git/temporary-repository.js";
import { runCli } from "./run-cli.js";

const SECURE = "DEBUG = False\nSESSION_COOKIE_SECURE = True\n";
const INSECURE = "DEBUG = False\nSESSION_COOKIE_SECURE = False\n";
const FILE = ".github/cyclekey.yml";

describe("the configuration of a local repository", () => {
  let repository: TemporaryRepository;
  const review = (...args: readonly string[]) =>
    runCli(["review", "-C", repository.directory, ...args]);

  /** A commit on `main` with this configuration, and one on `topic` beside it that weakens a setting. */
  function configure(onMain: string | undefined, onTopic?: string): void {
    if (onMain !== undefined) repository.write(FILE, onMain);
    repository.write("shop/settings.py", SECURE);
    repository.commit();
    repository.git("checkout", "-q", "-b", "topic");
    repository.write("shop/settings.py", INSECURE);
    if (onTopic !== undefined) repository.write(FILE, onTopic);
    repository.commit();
  }

  beforeEach(() => {
    repository = createRepository();
  });
  afterEach(() => repository.remove());

  it("decides what fails, in a range and for the working tree", async () => {
    configure("fail-on: never\n");
    expect((await review("main...topic")).code).toBe(0);
    expect((await review("main..topic")).code).toBe(0);
    expect((await review()).code).toBe(0);
  });

  it("gives way to --fail-on", async () => {
    configure("fail-on: never\n");
    expect((await review("main...topic", "--fail-on", "error")).code).toBe(1);
  });

  it("is that of the base, not of the change", async () => {
    configure(undefined, "fail-on: never\nrules: {insecure-session-cookie: 'off'}\n");
    const { code, stdout } = await review("main...topic");
    expect(stdout).toContain("[insecure-session-cookie]");
    expect(code).toBe(1);
  });

  it("leaves files out, and says which", async () => {
    configure('paths: {ignore: ["shop/**"]}\n');
    const { code, stdout } = await review("main...topic");
    expect(stdout).toContain("Left out by the configuration\n  shop/settings.py\n");
    expect(code).toBe(0);
  });

  it("counts for nothing when it is wrong, and stderr tells the line", async () => {
    configure("# ours\nfail-on: nothing\n");
    const { code, stderr } = await review("main...topic");
    expect(stderr).toBe(
      "cyclekey: .github/cyclekey.yml:2: fail-on has to be error, warning, notice or never.\n" +
        "cyclekey: The file is not used; the defaults are.\n",
    );
    expect(code).toBe(1);
  });

  it("that is too large is not taken for none", async () => {
    configure(`# ${"x".repeat(2_000_000)}\nfail-on: never\n`);
    const { code, stderr } = await review("main...topic");
    expect(stderr).toContain("cyclekey: .github/cyclekey.yml: The file is not text, or too large.");
    expect(code).toBe(1);
  });
});
