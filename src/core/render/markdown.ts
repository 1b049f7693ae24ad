/**
 * Text from the repository under review, made harmless. On GitHub neither a backslash nor an entity
 * keeps `@name` from notifying someone; only a code span does. So text that is not plain words
 * always becomes code.
 */

/** Control, format, private and unassigned characters, lone surrogates, and all spaces but the common one. */
const INVISIBLE = /[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu;
const NAMED: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** Longer names say nothing more to a reader. */
const SHOWN_LENGTH = 160;

/** Latin words and numbers with commas, brackets, quotes and hyphens; no dot but in a decimal. */
const PLAIN = /^[\p{Script=Latin}\d](?:[\p{Script=Latin}\d ,;()'"%+/-]|(?<=\d)\.(?=\d))*$/u;
/** What GitHub links or lists all the same: `GH-1`, `ABC-12`, the sha of a commit, `1)` before a space. */
const REFERENCE = /-\d|[\da-f]{7}|^\d+\)/i;

/** Shows what cannot be seen, or reorders what can, as an escape. */
export function showInvisible(text: string): string {
  return text.replace(
    INVISIBLE,
    (character) => NAMED[character] ?? `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
}

/** At most `length` UTF-16 units, never half of a surrogate pair; a cut text ends in an ellipsis. */
export function cutText(text: string, length: number): string {
  if (text.length <= length) return text;
  const cut = text.slice(0, Math.max(0, length - 1));
  return `${/[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut}…`;
}

/** Any text as one code span on one line. */
export function codeSpan(text: string): string {
  const shown = showInvisible(cutText(text, SHOWN_LENGTH));
  if (shown.trim() === "") return "(empty)";
  const fence = "`".repeat(longestRun(shown, "`") + 1);
  const pad = /^[` ]|[` ]$/.test(shown) ? " " : "";
  return `${fence}${pad}${shown}${pad}${fence}`;
}

/** A code span for a cell of a table, where Markdown parsers disagree on what a pipe in code does. */
export function codeCell(text: string): string {
  return codeSpan(showInvisible(cutText(text, SHOWN_LENGTH)).replaceAll("|", "\\u{7c}"));
}

/** A name or a value in prose: plain words stay, every other becomes code. */
export function plainText(text: string): string {
  return text.length <= SHOWN_LENGTH && isPlain(text) ? text : plainSentence(text);
}

/** A sentence that may hold names of the repository: plain words stay, every other becomes code. */
export function plainSentence(text: string): string {
  const pieces = cutText(text.trim(), 4 * SHOWN_LENGTH).match(/\s+|`[^`]+`|[^\s`]+|`/g) ?? [];
  return pieces.length === 0 ? "(empty)" : pieces.map(renderWord).reduce(joinPieces, "");
}

function renderWord(word: string, index: number): string {
  if (word.trim() === "") return " ";
  if (/^`[^`]+`$/.test(word)) return codeSpan(word.slice(1, -1));
  const [, open = "", core = "", close = ""] =
    /^([("']?)([\s\S]*?)([.,;:?)"']{0,3})$/.exec(word) ?? [];
  const opensList = index === 0 && /^\d+$/.test(core);
  const shown = core === "" || (isPlain(core) && !opensList) ? core : codeSpan(core);
  return `${open}${shown}${close}`;
}

/** Appends a piece of Markdown. Two code spans that touch would share their fences and let their text out. */
export function joinPieces(left: string, right: string): string {
  const touch = left.endsWith("`") && right.startsWith("`");
  return touch ? `${left} ${right}` : `${left}${right}`;
}

/** A run of fence characters that nothing in `text` can close. */
export function fenceFor(text: string): string {
  return "`".repeat(Math.max(3, longestRun(text, "`") + 1));
}

function isPlain(text: string): boolean {
  return PLAIN.test(text) && !REFERENCE.test(text);
}

function longestRun(text: string, character: string): number {
  let longest = 0;
  let run = 0;
  for (const one of text) {
    run = one === character ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return longest;
}
