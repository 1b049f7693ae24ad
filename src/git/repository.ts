import { GitFailure, runGit } from "./run-git.js";
import { UserError } from "./user-error.js";

export interface Repository {
  /** Any directory of the repository: its top level, or the git directory of a bare one. */
  readonly directory: string;
  /** Undefined for a bare repository and inside a git directory. */
  readonly topLevel: string | undefined;
}

/**
 * Finds the repository that a directory belongs to.
 *
 * @throws UserError when there is none, or git refuses to open it.
 */
export async function openRepository(directory: string): Promise<Repository> {
  try {
    const answer = await runGit(directory, ["rev-parse", "--is-inside-work-tree"]);
    if (answer.toString("utf8").trim() !== "true") return { directory, topLevel: undefined };
    const topLevel = await runGit(directory, ["rev-parse", "--show-toplevel"]);
    // Only the line end that git adds: the name itself may end with white space.
    const path = topLevel.toString("utf8").replace(/\n$/, "");
    return { directory: path, topLevel: path };
  } catch (error) {
    throw error instanceof GitFailure ? explain(error, directory) : error;
  }
}

function explain({ stderr }: GitFailure, directory: string): UserError {
  if (stderr.includes("cannot change to")) {
    return new UserError(`${directory} is not a directory that can be entered.`);
  }
  if (stderr.includes("dubious ownership")) {
    return new UserError(
      `${directory} belongs to another user, so git does not open it. If you trust it: git config --global --add safe.directory ${directory}`,
    );
  }
  if (stderr.includes("not a git repository")) {
    return new UserError(`${directory} is not in a git repository. Name one with -C <directory>.`);
  }
  return new UserError(`git cannot open ${directory}: ${stderr}`);
}
