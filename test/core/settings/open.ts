import { openModule } from "../../../src/core/python/open-modules.js";
import type { ParsePython } from "../../../src/core/python/parser.js";
import type { PythonModule } from "../../../src/core/python/syntax/module.js";

/** A module of one text, as the head of a change that touches all of it. */
export function openText(
  parse: ParsePython,
  text: string,
  path = "config/settings/production.py",
): PythonModule {
  return openModule({ path, side: "RIGHT", text }, parse, () => true);
}
