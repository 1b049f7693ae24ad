import type { FileChange } from "../model/change.js";
import type { Side } from "../model/source.js";
import type { PythonModule, TopLevelStatement } from "./module.js";
import type { ParsePython } from "./parser.js";

/** Both versions of a changed file. Touched on one side is touched on the other when a namesake stands there. */
export declare function openModules(
  change: FileChange,
  parse: ParsePython,
): { readonly base: PythonModule; readonly head: PythonModule };

/** One version of a file; `isTouched` says which top-level statements count as touched. */
export declare function openModule(
  source: { readonly path: string; readonly side: Side; readonly text: string },
  parse: ParsePython,
  isTouched: (statement: TopLevelStatement) => boolean,
): PythonModule;
