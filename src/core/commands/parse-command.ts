/** What a comment on a pull request asks for. */
export interface Command {
  readonly kind: "rescan";
}

const COMMANDS: Readonly<Record<string, Command>> = { "/rescan": { kind: "rescan" } };

/**
 * The command that the first line of a comment is, all of it, in these letters. Four spaces or a tab
 * before it would make it code, and a quote or a fence does not start with the slash; more than
 * spaces behind it is not what was meant.
 */
export function parseCommand(body: string): Command | undefined {
  const [, word = ""] = /^ {0,3}(\/[a-z]{1,16})[ \t]*(?:\r|\n|$)/.exec(body) ?? [];
  return Object.hasOwn(COMMANDS, word) ? COMMANDS[word] : undefined;
}
