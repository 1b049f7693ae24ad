import type { InstallationClient } from "../client/client.js";
import { Gone, Refused } from "../client/errors.js";
import { type Repository, restName } from "../client/target.js";

export type Reaction = "eyes" | "rocket" | "confused";

const ROUTES = {
  conversation: "POST /repos/{owner}/{repo}/issues/comments/{comment_id}/reactions",
  review: "POST /repos/{owner}/{repo}/pulls/comments/{comment_id}/reactions",
};

/** Reacts to a comment; twice is once to GitHub. A comment that is gone needs none. */
export async function react(
  client: InstallationClient,
  repository: Repository,
  comment: { readonly kind: keyof typeof ROUTES; readonly id: number },
  content: Reaction,
): Promise<void> {
  try {
    await client.write(ROUTES[comment.kind], {
      ...restName(repository),
      comment_id: comment.id,
      content,
    });
  } catch (error) {
    if (!(error instanceof Gone || error instanceof Refused)) throw error;
  }
}
