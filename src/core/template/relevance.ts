import type { ChangedFile } from "../model/change.js";

/** Pages that no visitor of the site is served, or that no template engine reads. */
const NEVER_RENDERED =
  /(?:^|\/)(?:node_modules|bower_components|(?:site|dist)-packages|htmlcov|coverage|docs?|_?build|dist|static(?:files)?|public|vendor|assets|tests?|testing|fixtures|examples?)\//i;

const FORM = /<form\b|csrf|\bmethod\s{0,20}=/i;
const SESSION_KEY = /session_key|\.sessionid\b/;
const COMMENT = /\{#|#\}|<!--|-->|\{%-?\s{0,20}(?:end)?comment\b/;

/**
 * Whether the change of a template can take the token from a form, or show the session key: a changed
 * line is of a form, of a token or of the key, or begins or ends a comment near one.
 */
export function templateMayMatter({ path, basePath, hunks }: ChangedFile): boolean {
  if (NEVER_RENDERED.test(path) && NEVER_RENDERED.test(basePath)) return false;
  if (hunks === undefined) return true;
  return hunks.some(({ lines }) => {
    const changed = lines.filter((line) => line.kind !== "context");
    const tells = (line: { readonly text: string }) =>
      FORM.test(line.text) || SESSION_KEY.test(line.text);
    if (changed.some(tells)) return true;
    return changed.some((line) => COMMENT.test(line.text)) && lines.some(tells);
  });
}
