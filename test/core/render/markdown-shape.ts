import MarkdownIt from "markdown-it";

type Token = ReturnType<MarkdownIt["parse"]>[number];

/** CommonMark with tables, strikethrough, raw HTML and bare addresses; what GitHub adds stands below. */
const parser = new MarkdownIt({ html: true, linkify: true });

/**
 * What GitHub makes of words: mentions, issues and pull requests here and elsewhere, commits, foreign
 * trackers, footnotes, emoji, mathematics and alerts.
 */
const REFERENCES =
  /@[\w-]|#\d|\bGH-\d+|\b[A-Za-z]+-\d|\b[\da-f]{7,64}\b|\[\^[^\]]*\]|:[\w+-]+:|\$[^$]*\$|\[!\w+\]/gi;

/** What a reader's browser would make of some Markdown. */
export interface Shape {
  /** Everything but words and code: links with their targets, HTML, fences, headings, lists, tables. */
  readonly structure: readonly string[];
  /** The words outside of code. */
  readonly prose: string;
  /** What of the words GitHub would link, replace or notify. */
  readonly references: readonly string[];
  readonly fences: readonly { readonly info: string; readonly content: string }[];
}

export function readMarkdown(markdown: string): Shape {
  const tokens = parser.parse(markdown, {}).flatMap((token) => [token, ...(token.children ?? [])]);
  const words = new Set(["inline", "text", "code_inline", "softbreak"]);
  const prose = tokens
    .filter(({ type }) => type === "text" || type === "code_inline")
    .map(({ type, content }) => (type === "text" ? content : " "))
    .join("");
  return {
    structure: tokens.filter(({ type }) => !words.has(type)).map(describeToken),
    prose,
    references: prose.match(REFERENCES) ?? [],
    fences: tokens
      .filter(({ type }) => type === "fence")
      .map(({ info, content }) => ({ info, content })),
  };
}

function describeToken({ type, tag, content, attrs, info }: Token): string {
  const html = type.startsWith("html") ? content : "";
  return [type, tag, info, html, ...(attrs ?? []).map((attr) => attr.join("="))].join(" ").trim();
}
