import { classifyModule } from "../django/module-class.js";
import type { PythonModule } from "../python/module.js";
import { once } from "../python/once.js";

/** Whose settings the module holds, told from its path and its text. */
export const classOfModule = once(({ path, text }: PythonModule) => classifyModule(path, text));
