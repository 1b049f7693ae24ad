import { cutText } from "../render/markdown.js";

/** What a comment asks for. `reason` is one line, as written; empty where none was given. */
export type Command =
  | { readonly kind: "rescan" }
  | { readonly kind: "reopen" }
  | { readonly kind: "accept"; readonly reason: string };

const REASON_LENGTH = 500;

/**
 * The command that the first line of a comment is, in these letters. Four spaces or a tab before it
 * would make it code, and a quote or a fence does not start with the slash. Only a reason may stand
 * behind the word: anything else there is not what was meant.
 */
export function parseCommand(body: string): Command | undefined {
  const [, word, rest = ""] =
    /^ {0,3}\/(accept|reopen|rescan)(?:[ \t]+([^\r\n]*))?(?:\r|\n|$)/.exec(body) ?? [];
  if (word === "accept") return { kind: "accept", reason: readReason(rest) };
  if ((word === "reopen" || word === "rescan") && /^[ \t]*$/.test(rest)) return { kind: word };
  return undefined;
}

/** Without a letter or a number it says nothing, however many invisible characters it has. */
function readReason(text: string): string {
  return /[\p{L}\p{N}]/u.test(text) ? cutText(text.trim(), REASON_LENGTH) : "";
}
