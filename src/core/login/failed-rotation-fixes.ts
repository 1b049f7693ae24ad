import type { Fix } from "../model/rule.js";
import type { Statement } from "../python/syntax/syntax.js";
import type { FailedAttempt } from "./failed-rotations.js";
import { sinkEvidence } from "./login-evidence.js";
import { indentationOf, renewBefore } from "./login-fixes.js";
import { newSessionTest } from "./paths/rotation-attempts.js";

/** Making the statement do what it looks like; else renewing the key before the login. */
export function fixAttempt(failed: FailedAttempt): readonly Fix[] {
  const instead = replaced(failed);
  const { sink } = failed;
  return [...instead, ...(sink === undefined ? [] : renewBefore(sinkEvidence(sink)))];
}

function replaced(failed: FailedAttempt): readonly Fix[] {
  const { statement, scope, flaw } = failed;
  const text = scope.module.text.slice(statement.span.start, statement.span.end);
  if (flaw === "only-new-sessions") return [...withoutCondition(failed, text)];
  const line = working(text, failed);
  return line === undefined ? [] : onItsLine(statement, statement, line, failed);
}

/** The statement as it has to be written; undefined when that takes a closer look. */
function working(text: string, { flaw, method, scope, sink, statement }: FailedAttempt) {
  const async = scope.definition?.async === true;
  if (flaw === "no-call") {
    if (!async) return text.endsWith(`.${method}`) ? `${plain(text, method)}()` : undefined;
    const coroutine = text.includes("(") || method.startsWith("a");
    if (!coroutine) return `${text}()`;
    return text.startsWith("await ") ? `${text}()` : `await ${text}()`;
  }
  if (flaw === "not-awaited") {
    if (async) return `await ${text}`;
    return text.endsWith(`.${method}()`) ? `${plain(text.slice(0, -2), method)}()` : undefined;
  }
  const before = sink !== undefined && statement.span.start < sink.write.statement.span.start;
  return flaw === "only-empties" && before ? text.replace(/\.clear\(\)$/, ".flush()") : undefined;
}

/** Outside of a coroutine: `cycle_key` for `acycle_key`. */
function plain(text: string, method: string): string {
  const base = text.slice(0, -method.length);
  return base + (/^a(?:cycle_key|flush|create)$/.test(method) ? method.slice(1) : method);
}

function withoutCondition(failed: FailedAttempt, text: string): readonly Fix[] {
  const { statement, scope } = failed;
  const test = newSessionTest(statement, scope);
  if (test?.kind !== "if" || test.branches.length !== 1 || test.orelse !== undefined) return [];
  if (test.branches[0]?.body.length !== 1) return [];
  const call = text.replace(/\.(a?)(?:create|save)\(\)$/, ".$1cycle_key()");
  return onItsLine(test, test, call, failed);
}

function onItsLine(
  first: Statement,
  last: Statement,
  line: string,
  { scope }: FailedAttempt,
): readonly Fix[] {
  const indentation = indentationOf(first, scope);
  if (indentation === undefined || line.includes("\n")) return [];
  const end = scope.module.lines[last.span.endLine - 1] ?? "";
  if (/[;#]/.test(end)) return [];
  const { startLine } = first.span;
  return [{ kind: "replace", startLine, endLine: last.span.endLine, lines: [indentation + line] }];
}
