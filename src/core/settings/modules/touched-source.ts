import type { Span } from "../../model/source.js";
import type { PythonModule } from "../../python/syntax/module.js";
import { namesIn } from "../../python/text/read-names.js";
import { assigning } from "./effective-settings.js";

/** Names that one statement is followed by; those of a settings file read a handful. */
const MAX_NAMES = 50;

/**
 * The statement that a hunk touches, and by which the value of an untouched one changes: with
 * `SECURE = False` above `SESSION_COOKIE_SECURE = SECURE` the former. Undefined when there is none.
 */
export function touchedSource(module: PythonModule, span: Span): Span | undefined {
  return module.looksAt(span.startLine) ? undefined : follow(module, span, new Set([span.start]));
}

function follow(module: PythonModule, span: Span, seen: Set<number>): Span | undefined {
  for (const name of namesIn(module.text.slice(span.start, span.end)).slice(0, MAX_NAMES)) {
    for (const { span: source } of assigning(module, name)) {
      if (seen.has(source.start) || seen.size > MAX_NAMES) continue;
      seen.add(source.start);
      const found = module.looksAt(source.startLine) ? source : follow(module, source, seen);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}
