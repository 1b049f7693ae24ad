import { openModule } from "../../../src/core/python/open-modules.js";
import type { PythonModule } from "../../../src/core/python/syntax/module.js";
import { loadPython } from "../../../src/grammar/node.js";

const parse = await loadPython();

/** A whole text as the head version of a view, everything in it touched. */
export function openText(text: string, path = "accounts/views.py"): PythonModule {
  return openModule({ path, side: "RIGHT", text }, parse, () => true);
}
