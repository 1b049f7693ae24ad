import { type Reaction, react } from "../github/apply/reactions.js";
import type { InstallationClient } from "../github/client/client.js";
import type { Repository } from "../github/client/target.js";
import { isAtLeast, type Role, readRole } from "../github/pull-request/permission.js";
import type { Command } from "./job.js";

/**
 * The commands of people who may give them: the author of the pull request, and who may write to
 * the repository. They are answered with eyes, the others with a confused face; never with text.
 */
export async function admitCommands(
  client: InstallationClient,
  repository: Repository,
  commands: readonly Command[],
): Promise<readonly Command[]> {
  const admitted: Command[] = [];
  const roles = new Map<string, Role>();
  for (const command of commands) {
    const allowed = !command.misplaced && (await mayGive(command));
    if (allowed) admitted.push(command);
    await answerCommands(client, repository, [command], allowed ? "eyes" : "confused");
  }
  return admitted;

  async function mayGive({ author, byPullRequestAuthor }: Command): Promise<boolean> {
    if (byPullRequestAuthor) return true;
    const role = roles.get(author) ?? (await readRole(client, repository, author));
    roles.set(author, role);
    return isAtLeast(role, "write");
  }
}

export async function answerCommands(
  client: InstallationClient,
  repository: Repository,
  commands: readonly Command[],
  content: Reaction,
): Promise<void> {
  for (const { commentId } of commands) {
    await react(client, repository, { kind: "conversation", id: commentId }, content);
  }
}
