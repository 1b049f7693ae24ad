import type { Expression } from "../../python/syntax/syntax.js";
import { type KeyPart, readKey } from "../../session/access/keys.js";
import { readSession } from "../../session/access/session-expression.js";
import { lastValue, type Scope } from "../../session/bindings/scopes.js";
import { hasPhrase } from "../../session/words/tokens.js";
import type { SessionWrite } from "../../session/writes/writes.js";
import { identityOfKey } from "./identity-keys.js";
import { ANONYMOUS_WORDS, PENDING_WORDS } from "./identity-words.js";

/** An identity that an earlier step left in the session becomes the visitor's under another key. */
export function isPromoted(write: SessionWrite): boolean {
  const source = sourceOf(write);
  const held = source && heldKey(source, write.scope);
  if (held === undefined || held.text === write.key) return false;
  const tokens = write.path[0]?.tokens ?? [];
  if (hasPhrase(tokens, PENDING_WORDS) || hasPhrase(tokens, ANONYMOUS_WORDS)) return false;
  const settled = held.tokens.filter((token) => !hasPhrase([token], PENDING_WORDS));
  return identityOfKey(settled) !== undefined;
}

/** What the name stands for that is stored, or the value itself. */
export function sourceOf({ value, scope, statement }: SessionWrite): Expression | undefined {
  return value?.kind === "name" ? lastValue(scope, value.id, statement.span.start) : value;
}

/** The key of `session["k"]`, `session.get("k")` and `session.pop("k")`. */
function heldKey(source: Expression, scope: Scope): KeyPart | undefined {
  const read = readSession(source, scope)?.path;
  if (read !== undefined) return read.length === 1 ? read[0] : undefined;
  const call = source.kind === "await" ? source.value : source;
  if (call.kind !== "call" || call.callee.kind !== "attribute") return undefined;
  const key = call.args[0]?.value;
  if (!/^a?pop$/.test(call.callee.name) || key === undefined) return undefined;
  return readSession(call.callee.object, scope)?.path.length === 0
    ? readKey(key, scope)
    : undefined;
}
