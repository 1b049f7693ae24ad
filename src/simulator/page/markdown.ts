import { randomBytes } from "node:crypto";
import MarkdownIt from "markdown-it";
import sanitize from "sanitize-html";
import { type Html, trusted } from "./html.js";

/** How a suggestion block is shown; undefined where none can stand (a check summary). */
export type ShowSuggestion = (lines: readonly string[]) => Html;

/** GitHub's subset: no styles, no scripts, no forms, links to the web only. */
const ALLOWED: sanitize.IOptions = {
  allowedTags: [
    ...["a", "b", "blockquote", "br", "code", "dd", "del", "details", "div", "dl", "dt", "em"],
    ...["h1", "h2", "h3", "h4", "h5", "h6", "hr", "i", "ins", "kbd", "li", "ol", "p", "pre", "s"],
    ...["samp", "strong", "sub", "summary", "sup", "table", "tbody", "td", "th", "thead", "tr"],
    ...["tt", "ul"],
  ],
  allowedAttributes: {
    a: ["href", "title", "rel"],
    details: ["open"],
    td: ["align"],
    th: ["align"],
    ol: ["start"],
  },
  allowedSchemes: ["http", "https", "mailto"],
  transformTags: { a: sanitize.simpleTransform("a", { rel: "nofollow noopener" }) },
};

/** Markdown from outside as HTML that cannot do anything. */
export function renderMarkdown(text: string, showSuggestion?: ShowSuggestion): Html {
  const shown: Html[] = [];
  const nonce = randomBytes(12).toString("hex");
  const markdown = new MarkdownIt({ html: true, linkify: true });
  const fence = markdown.renderer.rules.fence;
  markdown.renderer.rules.fence = (tokens, index, options, environment, self) => {
    const token = tokens[index];
    if (showSuggestion && token?.info.trim() === "suggestion") {
      const content = token.content.replace(/\n$/, "");
      shown.push(showSuggestion(token.content === "" ? [] : content.split("\n")));
      return `<p>${nonce}-${shown.length - 1}</p>\n`;
    }
    return fence?.(tokens, index, options, environment, self) ?? "";
  };
  const safe = sanitize(markdown.render(text), ALLOWED);
  const placeholder = new RegExp(`<p>${nonce}-(\\d+)</p>`, "g");
  return trusted(safe.replace(placeholder, (_, index) => shown[Number(index)]?.html ?? ""));
}
