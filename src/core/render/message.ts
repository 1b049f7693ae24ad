import { fillMessage, type Message } from "../model/message.js";
import { codeSpan, cutText, joinPieces, plainText, showInvisible } from "./markdown.js";

/** A message as Markdown: a hole within backticks makes the whole span code, a bare one is plain text. */
export function renderMessage(message: Message): string {
  const pieces = message.template.split(/(`[^`]*`|\{\w+\})/);
  return pieces.map((piece) => renderPiece(piece, message.values)).reduce(joinPieces, "");
}

/** A message for where Markdown is not read. */
export function renderPlainMessage(message: Message): string {
  return fillMessage(message, (value) => showInvisible(cutText(value, 160)));
}

function renderPiece(template: string, values: Message["values"]): string {
  if (/^`[^`]*`$/.test(template)) {
    return codeSpan(fillMessage({ template: template.slice(1, -1), values }, (value) => value));
  }
  if (/^\{\w+\}$/.test(template)) return fillMessage({ template, values }, plainText);
  return template.replaceAll("`", "\\`");
}
