import { execFile } from "node:child_process";
import { gitEnvironment } from "./environment.js";
import { UserError } from "./user-error.js";

/** More output than this is refused by `runGit`; a V8 string holds about twice as much. */
const MAX_OUTPUT = 256 * 1024 * 1024;

const SAFE_CONFIGURATION = [
  // A file system monitor is a program that the configuration of the repository names.
  "core.fsmonitor=false",
  // A partial clone would fetch what is missing, in the middle of reading.
  "protocol.allow=never",
  // File names in patches are quoted, so that none of them can look like a line of the patch.
  "core.quotePath=true",
];

/** git ended with an error, or wrote more than a process may. */
export class GitFailure extends Error {
  override name = "GitFailure";
  readonly stderr: string;

  constructor(stderr: string) {
    super(stderr);
    this.stderr = stderr;
  }
}

/**
 * Runs git in a directory and returns what it wrote.
 *
 * @throws GitFailure when git says no; UserError when git is not installed.
 */
export function runGit(
  directory: string,
  args: readonly string[],
  input?: string,
): Promise<Buffer> {
  const configuration = SAFE_CONFIGURATION.flatMap((setting) => ["-c", setting]);
  return new Promise((resolve, reject) => {
    const child = execFile(
      "git",
      ["--no-pager", ...configuration, "-C", directory, ...args],
      { encoding: "buffer", env: gitEnvironment(), maxBuffer: MAX_OUTPUT, windowsHide: true },
      (error, stdout, stderr) => {
        if (error === null) resolve(stdout);
        else if (error.code === "ENOENT") {
          reject(new UserError("git is not installed, or not in the PATH."));
        } else {
          reject(new GitFailure(stderr.toString("utf8").trim() || error.message));
        }
      },
    );
    // git may end before it has read everything; its exit status says why.
    child.stdin?.on("error", () => undefined);
    child.stdin?.end(input ?? "");
  });
}

/** What git wrote, as one line; undefined when it said no. */
export async function askGit(
  directory: string,
  args: readonly string[],
): Promise<string | undefined> {
  try {
    return (await runGit(directory, args)).toString("utf8").trim();
  } catch (error) {
    if (error instanceof GitFailure) return undefined;
    throw error;
  }
}
