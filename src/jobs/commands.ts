import type { InstallationClient } from "../github/client.js";
import { mayWrite } from "../github/permission.js";
import { type Reaction, react } from "../github/reactions.js";
import type { Target } from "../github/target.js";
import type { Command } from "./job.js";

/**
 * The commands of people who may give them: the author of the pull request, and who may write to
 * the repository. They are answered with eyes, the others with a confused face; never with text.
 */
export async function admitCommands(
  client: InstallationClient,
  target: Target,
  commands: readonly Command[],
): Promise<readonly Command[]> {
  const admitted: Command[] = [];
  const answers = new Map<string, boolean>();
  for (const command of commands) {
    const known = answers.get(command.author);
    const allowed =
      command.byPullRequestAuthor || (known ?? (await mayWrite(client, target, command.author)));
    answers.set(command.author, allowed);
    if (allowed) admitted.push(command);
    await react(client, target, command.commentId, allowed ? "eyes" : "confused");
  }
  return admitted;
}

export async function answerCommands(
  client: InstallationClient,
  target: Target,
  commands: readonly Command[],
  answer: Reaction,
): Promise<void> {
  for (const command of commands) await react(client, target, command.commentId, answer);
}
