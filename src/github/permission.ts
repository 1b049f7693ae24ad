import type { InstallationClient } from "./client.js";
import { Gone } from "./errors.js";
import type { Target } from "./target.js";
import { record } from "./untrusted.js";

/**
 * Whether someone may write to the repository, asked live: `author_association` in a payload calls
 * members of a private organisation contributors, and public repositories give everyone `read`.
 */
export async function mayWrite(
  client: InstallationClient,
  target: Target,
  login: string,
): Promise<boolean> {
  try {
    const answer = await client.read(
      "GET /repos/{owner}/{repo}/collaborators/{username}/permission",
      { owner: target.owner, repo: target.repo, username: login },
    );
    const permission = record(answer)?.permission;
    return permission === "admin" || permission === "write";
  } catch (error) {
    if (error instanceof Gone) return false;
    throw error;
  }
}
