const SIMPLE: Readonly<Record<string, string>> = {
  "\n": "",
  "\\": "\\",
  "'": "'",
  '"': '"',
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

const ESCAPE = /\\(?:\r?\n|[\\'"abfnrtv]|[0-7]{1,3}|x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8})/g;

export interface LiteralFlags {
  readonly raw: boolean;
  readonly bytes: boolean;
  readonly format: boolean;
}

/** What the letters in front of the quotes say. */
export function literalFlags(prefix: string): LiteralFlags {
  return {
    raw: /r/i.test(prefix),
    bytes: /b/i.test(prefix),
    format: /[ft]/i.test(prefix),
  };
}

/** Prefix and length of the opening quotes of a literal. */
export function openingOf(source: string): { readonly prefix: string; readonly quotes: number } {
  const prefix = /^[a-zA-Z]{0,3}/.exec(source)?.[0] ?? "";
  const quote = source[prefix.length] ?? "";
  const triple = source.startsWith(quote.repeat(3), prefix.length);
  // `""` is an empty literal, not the start of a triple quote.
  return { prefix, quotes: triple && source.length >= prefix.length + 6 ? 3 : 1 };
}

/**
 * The text a literal stands for. As in CPython, a line ends in `\n` however the file ends it, and an
 * unknown escape keeps its backslash; so does `\N{...}`, whose names are not known here.
 */
export function decodeLiteral(body: string, flags: LiteralFlags): string {
  const lines = body.includes("\r") ? body.replaceAll("\r\n", "\n") : body;
  const text = flags.format ? lines.replaceAll("{{", "{").replaceAll("}}", "}") : lines;
  if (flags.raw || !text.includes("\\")) return text;
  return text.replace(ESCAPE, (found) => decodeEscape(found, flags.bytes));
}

function decodeEscape(sequence: string, bytes: boolean): string {
  const simple = SIMPLE[sequence.slice(1)];
  if (simple !== undefined) return simple;
  const kind = sequence[1] ?? "";
  if ((kind === "u" || kind === "U") && bytes) return sequence;
  const code = /[xuU]/.test(kind)
    ? Number.parseInt(sequence.slice(2), 16)
    : Number.parseInt(sequence.slice(1), 8);
  return code <= 0x10ffff ? String.fromCodePoint(code) : sequence;
}

/** Value of an integer or float; undefined for complex numbers and integers beyond 2^53. */
export function parseNumber(source: string): number | undefined {
  const text = source.replaceAll("_", "").toLowerCase();
  if (text.endsWith("j")) return undefined;
  if (/^0[xob]/.test(text)) return safeInteger(Number(text.replace(/l$/, "")));
  if (/^\d+l?$/.test(text)) {
    const digits = text.replace(/l$/, "");
    // Python 2 wrote octal with a leading zero; Python 3 allows one only in zero itself.
    return safeInteger(/^0[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : Number(digits));
  }
  const value = Number(text);
  return Number.isNaN(value) ? undefined : value;
}

function safeInteger(value: number): number | undefined {
  return Number.isSafeInteger(value) ? value : undefined;
}
