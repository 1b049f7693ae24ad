import { cutText, showInvisible } from "../render/markdown.js";

const SHOWN_LENGTH = 140;
/** A line is not looked at beyond this, however long it is. */
const READ_LENGTH = 600;

/** A quote, what follows it up to its twin, and the twin; or a literal that goes on in the next line. */
const LITERAL = /("""|'''|["'])((?:(?!\1)[^\\]|\\(?:[\s\S]|$))*)(\1|$)/g;
/** Words and dotted names say what a line means and are no secrets: `Lax`, `user_id`, `a.b.Backend`. */
const HARMLESS = /^(?:[A-Za-z_]{0,24}|[A-Za-z_]+(?:\.[A-Za-z_]+)+)$/;
/** What keys look like where their literal began on another line, as in the middle of a PEM block. */
const LONG_WORD = /[\w+/=-]{24,}/g;

/**
 * A line of source as a report shows it: without anything that a terminal acts on, and without the
 * inside of string literals that may be a secret.
 */
export function showSourceLine(line: string): string {
  const text = line
    .slice(0, READ_LENGTH)
    .replace(/\r?\n?$/, "")
    .replaceAll("\t", "    ");
  return cutText(showInvisible(maskSecrets(text)), SHOWN_LENGTH);
}

function maskSecrets(text: string): string {
  const comment = text.trimStart().startsWith("#");
  const masked = text.replace(LITERAL, (literal, quote: string, inside: string, end: string) => {
    if (end === "") return comment ? literal : `${quote}…`;
    return HARMLESS.test(inside) ? literal : `${quote}…${end}`;
  });
  return masked.replace(LONG_WORD, (word) =>
    /\d/.test(word) && /[A-Za-z]/.test(word) ? "…" : word,
  );
}
