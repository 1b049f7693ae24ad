/** A string that a TOML file gives a key, with the table it stands in. */
export interface TomlString {
  /** Dotted: `tool.poetry.dependencies`. */
  readonly table: string;
  /** The how manieth `[...]` or `[[...]]` of the file it stands under; 0 before the first. */
  readonly tableNumber: number;
  /** Dotted, with the keys of inline tables: `django.version`. */
  readonly key: string;
  readonly value: string;
  /** Offset of the text between the quotes. */
  readonly start: number;
  /** 1-based. */
  readonly line: number;
}

const TOKEN =
  /[ \t\r]+|#[^\n]*|\n|"""[\s\S]*?"""|'''[\s\S]*?'''|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|[[\]{},=.]|[^\s#"'[\]{},=.]+|./gy;

/** What a token stands in: a `key = value` line, an inline table, an array, or a table's header. */
interface Frame {
  readonly kind: "line" | "inline" | "array" | "header";
  key: string[];
  /** Behind the `=` of a line or of a key of an inline table. */
  inValue: boolean;
}

/** Far beyond what tools write; deeper brackets are taken for the innermost of these. */
const MAX_DEPTH = 32;

/**
 * The one-line strings of a TOML file, in order: all that versions are written in. Not a parser: it
 * accepts what is no TOML, leaves escapes as they are, and says nothing of numbers, dates and
 * booleans.
 */
export function readTomlStrings(text: string): readonly TomlString[] {
  const found: TomlString[] = [];
  let frames: Frame[] = [newFrame("line")];
  let table = "";
  let tableNumber = 0;
  let line = 1;
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    const top = frames.at(-1);
    if (token === "\n") {
      if (top?.kind === "header") {
        table = top.key.join(".");
        tableNumber++;
      }
      if (top?.kind === "line" || top?.kind === "header") frames = [newFrame("line")];
      line++;
    } else if (top !== undefined && isString(token) && expectsValue(top)) {
      const key = frames.flatMap((frame) => frame.key).join(".");
      found.push({ table, tableNumber, key, value: token.slice(1, -1), start: index + 1, line });
    } else if (top !== undefined && !/^[\s#]/.test(token)) {
      step(frames, top, token);
      line += token.split("\n").length - 1;
    }
  }
  return found;
}

function newFrame(kind: Frame["kind"]): Frame {
  return { kind, key: [], inValue: false };
}

function expectsValue({ kind, inValue }: Frame): boolean {
  return kind === "array" || inValue;
}

function isString(token: string): boolean {
  return /^["'][^\n]*["']$/.test(token) && !/^(?:"""|''')/.test(token) && token.length > 1;
}

function step(frames: Frame[], top: Frame, token: string): void {
  switch (token) {
    case "=":
      top.inValue = true;
      break;
    case ",":
      if (top.kind === "inline") Object.assign(top, newFrame("inline"));
      break;
    case "[":
      if (expectsValue(top)) push(frames, "array");
      else if (top.kind === "line") frames.splice(0, 1, newFrame("header"));
      break;
    case "{":
      push(frames, "inline");
      break;
    case "]":
    case "}":
      if (frames.length > 1) frames.pop();
      break;
    case ".":
      break;
    default:
      if (!expectsValue(top)) top.key.push(token.replace(/^(["'])(.*)\1$/, "$2"));
  }
}

function push(frames: Frame[], kind: Frame["kind"]): void {
  if (frames.length < MAX_DEPTH) frames.push(newFrame(kind));
}
