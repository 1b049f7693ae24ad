import MarkdownIt from "markdown-it";

type Token = ReturnType<MarkdownIt["parse"]>[number];

const parser = new MarkdownIt({ html: true, linkify: true });

/** What a reader's browser would make of some Markdown. */
export interface Shape {
  /** Everything but words and code: links with their targets, HTML, fences, headings, lists, tables. */
  readonly structure: readonly string[];
  /** The words outside of code. */
  readonly prose: string;
  readonly fences: readonly { readonly info: string; readonly content: string }[];
}

export function readMarkdown(markdown: string): Shape {
  const tokens = parser.parse(markdown, {}).flatMap((token) => [token, ...(token.children ?? [])]);
  const words = new Set(["inline", "text", "code_inline", "softbreak"]);
  return {
    structure: tokens.filter(({ type }) => !words.has(type)).map(describeToken),
    prose: tokens
      .filter(({ type }) => type === "text" || type === "code_inline")
      .map(({ type, content }) => (type === "text" ? content : " "))
      .join(""),
    fences: tokens
      .filter(({ type }) => type === "fence")
      .map(({ info, content }) => ({ info, content })),
  };
}

function describeToken({ type, tag, content, attrs, info }: Token): string {
  const html = type.startsWith("html") ? content : "";
  return [type, tag, info, html, ...(attrs ?? []).map((attr) => attr.join("="))].join(" ").trim();
}
