import type { Paint } from "./paint.js";

export interface TerminalOptions {
  readonly width: number;
  readonly paint: Paint;
  /** The lines that a suggestion block replaces. */
  readonly replaced: readonly string[];
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&#39;": "'",
  "&amp;": "&",
};

/** Whatever stands in a file may be printed, but not steer the terminal. */
export function withoutControls(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out.
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, "");
}

/** Breaks at spaces; a word longer than the line stays whole. */
export function wrapText(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/).filter((one) => one !== "")) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = "";
    }
    line = line === "" ? word : `${line} ${word}`;
  }
  return line === "" ? lines : [...lines, line];
}

/** A paragraph as plain text: links lose their address, escapes and tags go. */
function plainInline(text: string): string {
  return text
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/<\/?[a-z][^<>]*>/g, "")
    .replace(/\\([\\`*_{}[\]()#+\-.!<>|~@])/g, "$1")
    .replace(/&(?:lt|gt|quot|#39|amp);/g, (entity) => ENTITIES[entity] ?? entity)
    .replace(/\*([^*\s][^*]*)\*/g, "$1");
}

function paragraph(text: string, { width, paint }: TerminalOptions): readonly string[] {
  const heading = /^\*\*(.*)\*\*$/.exec(text) ?? /^#+ (.*)$/.exec(text);
  if (heading) return wrapText(plainInline(heading[1] ?? ""), width).map(paint.bold);
  const small = text.startsWith("<sub>");
  const lines = wrapText(plainInline(text.replace(/\*\*/g, "")), width);
  return small ? lines.map(paint.dim) : lines;
}

function listItem(text: string, options: TerminalOptions): readonly string[] {
  const lines = paragraph(text.replace(/^[-*] /, ""), { ...options, width: options.width - 2 });
  return lines.map((line, index) => (index === 0 ? `• ${line}` : `  ${line}`));
}

function codeBlock(info: string, code: readonly string[], options: TerminalOptions) {
  const { paint, replaced } = options;
  if (info !== "suggestion") return code.map((line) => `    ${line}`);
  return [
    paint.dim("Suggested change:"),
    ...replaced.map((line) => paint.red(`  - ${line}`)),
    ...code.map((line) => paint.green(`  + ${line}`)),
  ];
}

interface Block {
  readonly kind: "text" | "item" | "code" | "folded";
  readonly info: string;
  readonly lines: readonly string[];
}

/** Blocks of the Markdown that comments are made of. What is folded keeps its title only. */
function readBlocks(text: string): readonly Block[] {
  const lines = text.replace(/<!--[\s\S]*?-->/g, "").split("\n");
  const blocks: Block[] = [];
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? "";
    const fence = /^(`{3,}|~{3,})(.*)$/.exec(line);
    if (fence) {
      const close = lines.indexOf(fence[1] ?? "", at + 1);
      const end = close === -1 ? lines.length : close;
      const info = fence[2]?.trim() ?? "";
      blocks.push({ kind: "code", info, lines: lines.slice(at + 1, end) });
      at = end;
    } else if (line.startsWith("<details>")) {
      const end = lines.findIndex((one, index) => index > at && one.startsWith("</details>"));
      const folded = lines.slice(at, end === -1 ? lines.length : end);
      const title = /<summary>(.*?)<\/summary>/.exec(folded.join(""))?.[1] ?? "More";
      blocks.push({ kind: "folded", info: "", lines: [title] });
      at += folded.length;
    } else if (/^[-*] /.test(line)) {
      blocks.push({ kind: "item", info: "", lines: [line] });
    } else if (line.trim() !== "") {
      blocks.push({ kind: "text", info: "", lines: [line] });
    }
  }
  return blocks;
}

/** Markdown for a terminal. Blocks are set apart by an empty line, list items are not. */
export function markdownForTerminal(text: string, options: TerminalOptions): readonly string[] {
  const out: string[] = [];
  let last: Block["kind"] | undefined;
  for (const block of readBlocks(withoutControls(text))) {
    if (last !== undefined && !(last === "item" && block.kind === "item")) out.push("");
    last = block.kind;
    const all = block.lines.join(" ");
    if (block.kind === "code") out.push(...codeBlock(block.info, block.lines, options));
    else if (block.kind === "folded") out.push(options.paint.dim(`▸ ${plainInline(all)}`));
    else if (block.kind === "item") out.push(...listItem(all, options));
    else out.push(...paragraph(all, options));
  }
  return out;
}
