import { escapeHtml, type Html, trusted } from "./html.js";

const TOKENS =
  /(#.*$)|("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|\b(False|True|None|and|as|async|await|class|def|del|elif|else|except|finally|for|from|if|import|in|is|lambda|not|or|pass|raise|return|try|while|with|yield)\b|\b(\d[\d_.]*)\b|@(\w+)/g;

const CLASSES = ["comment", "string", "keyword", "number", "decorator"] as const;

function highlightPython(line: string): string {
  let out = "";
  let done = 0;
  for (const match of line.matchAll(TOKENS)) {
    const group = match.slice(1).findIndex((text) => text !== undefined);
    out += escapeHtml(line.slice(done, match.index));
    out += `<span class="py-${CLASSES[group]}">${escapeHtml(match[0])}</span>`;
    done = match.index + match[0].length;
  }
  return out + escapeHtml(line.slice(done));
}

/** One line of code, coloured where the path says that it is Python. */
export function highlight(path: string, line: string): Html {
  const text = line.replace(/\r$/, "");
  return trusted(path.endsWith(".py") ? highlightPython(text) : escapeHtml(text));
}
