import { withoutComments } from "./comments.js";

/** The token in a header or in a script's variable, as Django's documentation shows it. */
const BY_SCRIPT = /X-CSRF|hx-headers|csrftoken|csrfmiddlewaretoken|\{\{-?\s{0,20}csrf_token/i;

/** Whether a page hands the token to a script, which then sends it. */
export function sendsTokenByScript(text: string): boolean {
  return BY_SCRIPT.test(withoutComments(text));
}

/** Tags that every Django template has some of, and calls that only Flask's templates have. */
const TEMPLATE_TAG =
  /\{%-?\s{0,20}(?:load|extends|block|url|include|if|for|trans|translate|static|with|csrf_token)\b/;
const FLASK = /\burl_for\(|get_flashed_messages\(/;

/** Whether a text is a template of Django, or of Jinja in Django, as far as it tells. */
export function isDjangoTemplate(text: string): boolean {
  return TEMPLATE_TAG.test(text) && !FLASK.test(text);
}
