import type { Span } from "../model/source.js";
import { withoutComments } from "./comments.js";
import { lineCounter } from "./line-counter.js";
import { isDjangoTemplate } from "./page.js";

/** A place at which a page prints the key of its visitor's session. */
export interface PrintedKey {
  readonly span: Span;
  /** Only a few characters of it. */
  readonly truncated: boolean;
}

const OUTPUT = /\{\{[^{}\n]{0,300}\}\}/g;
const KEY = /\bsession\.session_key\b|\bCOOKIES\.sessionid\b/;

/** Only Django's request has a session with a key, whatever else the page says of itself. */
const KEY_OF_REQUEST = /\brequest\.(?:session\.session_key|COOKIES\.sessionid)\b/;

/** The places of a Django template that print the session key, in order. */
export function printedKeys(source: string): readonly PrintedKey[] {
  if (!KEY.test(source)) return [];
  const key = isDjangoTemplate(source) ? KEY : KEY_OF_REQUEST;
  const lineAt = lineCounter(source);
  return [...withoutComments(source).matchAll(OUTPUT)]
    .filter(([output]) => key.test(output))
    .map(({ 0: output, index }) => {
      const end = index + output.length;
      const span = { start: index, end, startLine: lineAt(index), endLine: lineAt(end) };
      return { span, truncated: /\|\s{0,20}(?:slice|truncatechars)\b/.test(output) };
    });
}
