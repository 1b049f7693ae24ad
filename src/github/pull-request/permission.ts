import type { InstallationClient } from "../client/client.js";
import { Gone } from "../client/errors.js";
import { type Repository, restName } from "../client/target.js";
import { record, text } from "../client/untrusted.js";

/** From the weakest to the strongest. */
const ROLES = ["none", "read", "triage", "write", "maintain", "admin"] as const;
export type Role = (typeof ROLES)[number];

/**
 * What someone may do in the repository, asked live: `author_association` in a payload calls members
 * of a private organisation contributors. `permission` knows no maintain; `role_name` may be a name
 * that the organisation chose.
 */
export async function readRole(
  client: InstallationClient,
  repository: Repository,
  login: string,
): Promise<Role> {
  try {
    const answer = record(
      await client.read("GET /repos/{owner}/{repo}/collaborators/{username}/permission", {
        ...restName(repository),
        username: login,
      }),
    );
    return known(text(answer?.role_name)) ?? known(text(answer?.permission)) ?? "none";
  } catch (error) {
    if (error instanceof Gone) return "none";
    throw error;
  }
}

export function isAtLeast(role: Role, wanted: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(wanted);
}

function known(name: string | undefined): Role | undefined {
  return ROLES.find((role) => role === name);
}
