import type { InstallationClient } from "./client.js";
import { Gone, Refused } from "./errors.js";
import type { Target } from "./target.js";

export type Reaction = "eyes" | "rocket" | "confused";

/** Reacts to a comment in the conversation; twice is once to GitHub. A comment that is gone needs none. */
export async function react(
  client: InstallationClient,
  target: Target,
  commentId: number,
  content: Reaction,
): Promise<void> {
  try {
    await client.write("POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions", {
      owner: target.owner,
      repo: target.repo,
      comment_id: commentId,
      content,
    });
  } catch (error) {
    if (!(error instanceof Gone || error instanceof Refused)) throw error;
  }
}
