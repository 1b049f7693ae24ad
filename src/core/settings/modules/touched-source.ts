import type { Span } from "../../model/source.js";
import type { PythonModule } from "../../python/syntax/module.js";
import { namesIn } from "../../python/text/read-names.js";
import { assigning } from "./effective-settings.js";

/** How often a value is followed from name to name. */
const MAX_STEPS = 3;

/**
 * The statement that a hunk touches, and by which the value of an untouched one changes: with
 * `SECURE = False` above `SESSION_COOKIE_SECURE = SECURE` the former. Undefined when there is none.
 */
export function touchedSource(module: PythonModule, span: Span, step = 0): Span | undefined {
  if (step > MAX_STEPS || (step === 0 && module.looksAt(span.startLine))) return undefined;
  for (const name of namesIn(module.text.slice(span.start, span.end))) {
    for (const { span: source } of assigning(module, name)) {
      if (source.start === span.start) continue;
      const found = module.looksAt(source.startLine)
        ? source
        : touchedSource(module, source, step + 1);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}
