import { once } from "../../python/syntax/once.js";
import type { Call, Expression } from "../../python/syntax/syntax.js";
import {
  dottedName,
  isNotScope,
  walkAllExpressions,
  walkExpressions,
} from "../../python/syntax/walk.js";
import { lastName, readSession } from "../access/session-expression.js";
import { lastValue, type Scope } from "../bindings/scopes.js";
import { hasPhrase, tokensOf } from "../words/tokens.js";
import type { SessionWrite } from "../writes/writes.js";

/**
 * Whether the function draws the value into a picture and sends it nowhere: the answer of a captcha,
 * which the visitor is shown. A picture of a QR code hands a secret on.
 */
export function isPictured(write: SessionWrite): boolean {
  return makesPicture(write.scope) && !isSentOut(write);
}

const makesPicture = once((scope: Scope): boolean => {
  const expressions = walkAllExpressions(scope.body, isNotScope);
  return expressions.some(isPicture) && !expressions.some(isQrCode);
});

function isPicture(expression: Expression): boolean {
  if (expression.kind === "string") {
    return /^(?:image\/\w+|png|jpe?g|gif|webp|bmp)$/i.test(expression.value ?? "");
  }
  const name = lastName(expression) ?? "";
  return /^(?:ImageDraw|ImageFont|BytesIO|cStringIO)$/.test(name) || /captcha/i.test(name);
}

function isQrCode(expression: Expression): boolean {
  return /qr/i.test(lastName(expression) ?? "");
}

/** Words of functions and classes that take a message to somebody. */
const SENDING: readonly string[] = [
  "send",
  "mail",
  "email",
  "sms",
  "message",
  "notify",
  "whatsapp",
];

/** Whether the same function mails or messages what it stores, or stores what a function that does answers. */
export function isSentOut(write: SessionWrite): boolean {
  const { scope, value } = write;
  const source = value?.kind === "name" ? lastValue(scope, value.id, value.span.start) : value;
  if (source?.kind === "call" && isSending(source)) return true;
  const carriers = value?.kind === "name" ? carriersOf(value.id, scope) : new Set<string>();
  return walkAllExpressions(scope.body, isNotScope).some(
    (call) =>
      call.kind === "call" &&
      isSending(call) &&
      call.args.some((argument) =>
        [...walkExpressions(argument.value)].some(
          (part) => (part.kind === "name" && carriers.has(part.id)) || readsBack(part, write),
        ),
      ),
  );
}

/** `send_mail(...)`, `EmailMessage(...)`, `client.messages.create(...)`; a flash message goes nowhere. */
function isSending(call: Call): boolean {
  const name = lastName(call.callee) ?? "";
  if (hasPhrase(tokensOf(name), SENDING)) return true;
  return name === "create" && /(?:^|\.)messages\.create$/.test(dottedName(call.callee) ?? "");
}

/** The local names whose value is made from that of a name: `body` of `body = f"Code: {code}"`. */
function carriersOf(name: string, scope: Scope): ReadonlySet<string> {
  const carriers = new Set([name]);
  for (let round = 0; round < 2; round++) {
    for (const [other, bindings] of scope.bindings) {
      const made = bindings.some(({ value }) => value !== undefined && mentions(value, carriers));
      if (made) carriers.add(other);
    }
  }
  return carriers;
}

function mentions(value: Expression, names: ReadonlySet<string>): boolean {
  return [...walkExpressions(value)].some((part) => part.kind === "name" && names.has(part.id));
}

/** `request.session["code"]`, or `.get("code")`, of what was stored under that key. */
function readsBack(part: Expression, { key, scope }: SessionWrite): boolean {
  if (part.kind !== "subscript" && part.kind !== "call") return false;
  return (
    readSession(part, scope)
      ?.path.map(({ text }) => text)
      .join(".") === key
  );
}
