import type { ChangedFile } from "../model/change.js";
import { guardedIn } from "./lost-guards.js";

/** Whether the change of a test touches an assertion on the session. Without a patch it is not read. */
export function testMayMatter(file: ChangedFile): boolean {
  return guardedIn(file, "deleted").length > 0 || guardedIn(file, "added").length > 0;
}
