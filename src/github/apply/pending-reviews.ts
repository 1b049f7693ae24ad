import type { InstallationClient } from "../client/client.js";
import { Gone, Refused } from "../client/errors.js";
import { restName, type Target } from "../client/target.js";
import { array, at, integer } from "../client/untrusted.js";

const PENDING_REVIEWS = `query($owner: String!, $name: String!, $number: Int!) {
  repository(owner: $owner, name: $name) {
    id
    pullRequest(number: $number) {
      reviews(first: 10, states: [PENDING]) { nodes { fullDatabaseId viewerDidAuthor } }
    }
  }
}`;

/**
 * Deletes reviews of ours that were begun and never submitted: "User can only have one pending review
 * per pull request", and nobody but us sees them.
 */
export async function deletePendingReviews(
  client: InstallationClient,
  target: Target,
): Promise<void> {
  const answer = await client.query(PENDING_REVIEWS, {
    owner: target.owner,
    name: target.repo,
    number: target.number,
  });
  const reviews = array(at(answer, "repository", "pullRequest", "reviews", "nodes"));
  for (const review of reviews) {
    const id = integer(at(review, "fullDatabaseId"));
    if (id === undefined || at(review, "viewerDidAuthor") !== true) continue;
    try {
      await client.write("DELETE /repos/{owner}/{repo}/pulls/{pull_number}/reviews/{review_id}", {
        ...restName(target),
        pull_number: target.number,
        review_id: id,
      });
    } catch (error) {
      if (!(error instanceof Gone || error instanceof Refused)) throw error;
    }
  }
}
