import type { Span } from "../model/source.js";
import { withoutComments } from "./comments.js";
import { lineCounter } from "./line-counter.js";
import { readStartTag, type StartTag } from "./start-tag.js";

/** A form that is sent by POST. */
export interface PostForm {
  /** What tells it from the other forms of a page: its id or name; empty without one. */
  readonly key: string;
  /** Of the start tag. */
  readonly span: Span;
  /** Where it is sent to, as far as the template says. */
  readonly target: "own-site" | "other-site" | "unknown";
  /** What puts a CSRF token into it. */
  readonly tokens: readonly Span[];
  /** Template tags in it that may render a token, without white space. */
  readonly helpers: readonly string[];
  /** A script sends it, or it is closed in another file: what it carries is not seen here. */
  readonly isUnseen: boolean;
}

/** More forms than any page has; the rest is not read. */
const MAX_FORMS = 300;

const FORM = /<form(?=[\s>])/gi;
const FORM_END = /<\/form\s{0,20}>/gi;
const SCRIPT = /<script\b[^>]{0,1000}>/gi;

/** `{% csrf_token %}`, `{{ csrf_input }}`, a hidden field by hand, or a form library of another framework. */
const TOKEN = /(?:\{[%{][^%}\n]{0,200})?(?:csrf|hidden_tag\()[\w"'=().\s-]{0,100}(?:[%}]\})?/gi;

/** Tags that may render a token: partials, blocks that children fill, form libraries, calls of macros. */
const HELPER =
  /\{%-?\s{0,20}(?:include|crispy|form|render_form|partial|block|component|embed|call|slot)\b[^%]{0,300}%\}|\{\{-?\s{0,20}(?:wizard\b|[\w.]{1,80}\()[^}]{0,300}\}\}|<c-[\w.-]{1,80}/g;

/**
 * A tag of the project's own that is handed a whole form: it may write all that belongs into one. Those
 * of Django, of Jinja and of the libraries for Bootstrap write no token.
 */
const OWN_TAG =
  /\{%-?\s{0,20}(?!(?:end|if|el|for\b|with\b|url\b|trans|blocktrans|load\b|regroup\b|cycle\b|firstof\b|set\b|from\b|import\b|cache\b|filter\b|bootstrap_))\w{1,80}\s(?:[^%"']{0,200}[\s=(])?\w{0,80}form(?:set)?(?![\w.-])[^%]{0,300}%\}/gi;

/** The forms of a template that are sent by POST, in order. */
export function readPostForms(source: string): readonly PostForm[] {
  const text = withoutComments(source);
  const markup = withoutScripts(text);
  const ends = [...markup.matchAll(FORM_END)].map(({ index }) => index);
  const tokens = [...text.matchAll(TOKEN)].map(({ 0: token, index }) => ({ token, index }));
  const helpers = [HELPER, OWN_TAG].flatMap((tags) =>
    [...text.matchAll(tags)].map(({ 0: token, index }) => ({ token, index })),
  );
  const lineAt = lineCounter(source);
  return [...markup.matchAll(FORM)].slice(0, MAX_FORMS).flatMap(({ 0: opening, index }) => {
    const tag = readStartTag(markup, index + opening.length);
    if (tag === undefined || tag.attributes.get("method")?.toLowerCase() !== "post") return [];
    const end = ends.find((one) => one >= tag.end);
    const inside = <T extends { readonly index: number }>(one: T) =>
      one.index >= tag.end && (end === undefined || one.index < end);
    const spanOf = (start: number, length: number): Span => ({
      start,
      end: start + length,
      startLine: lineAt(start),
      endLine: lineAt(start + length),
    });
    return [
      {
        key: keyOf(tag),
        span: spanOf(index, tag.end - index),
        target: targetOf(tag),
        tokens: tokens.filter(inside).map((one) => spanOf(one.index, one.token.length)),
        helpers: helpers.filter(inside).map((one) => one.token.replace(/\s+/g, "")),
        isUnseen: end === undefined || isSentByScript(tag),
      },
    ];
  });
}

/** Forms inside scripts are text that something else fills in. */
function withoutScripts(text: string): string {
  const pieces: string[] = [];
  let offset = 0;
  for (const { 0: tag, index } of text.matchAll(SCRIPT)) {
    if (index < offset) continue;
    const start = index + tag.length;
    const end = text.indexOf("</script", start);
    const stop = end === -1 ? text.length : end;
    pieces.push(text.slice(offset, start), text.slice(start, stop).replace(/[^\n]/g, " "));
    offset = stop;
  }
  return pieces.join("") + text.slice(offset);
}

/** Not the action: a URL that is renamed makes no new form. Forms without a name are told by their order. */
function keyOf({ attributes }: StartTag): string {
  const name = attributes.get("id") || attributes.get("name");
  return name ? `#${name}` : "";
}

function targetOf({ attributes }: StartTag): PostForm["target"] {
  const action = attributes.get("action") ?? "";
  if (/^(?:[a-z]{1,20}:|\/\/)/i.test(action)) return "other-site";
  return action === "" || /^(?:[/#?.\w]|\{%-?\s{0,20}url\b)/.test(action) ? "own-site" : "unknown";
}

/** htmx, Vue, Alpine, Angular, an inline handler: the header may carry the token. */
function isSentByScript({ attributes, isConditional }: StartTag): boolean {
  if (isConditional) return true;
  return [...attributes.keys()].some((name) =>
    /^(?:on\w|@|v-on|x-on|\(|hx-|data-hx-|ng-submit|data-remote|data-action|wire:|up-)/.test(name),
  );
}
