import { isKnownEngine, SIGNED_COOKIES } from "../../django/session-engines.js";
import type { PythonModule } from "../../python/syntax/module.js";
import { basesOfClass } from "./store-classes.js";

/** Django's signed-cookie store, or a module of the project whose store derives from it. */
export function keepsInCookie(engine: string, module: PythonModule | undefined): boolean {
  if (/(?:^|\.)signed_cookies$/.test(engine)) return true;
  if (module === undefined || isKnownEngine(`${engine}.`)) return false;
  const store = module.imported(engine);
  return store !== undefined && basesOfClass(store, "SessionStore").some(isCookieStore);
}

/** Whether a resolved dotted path is Django's class of sessions in a cookie. */
export function isCookieStore(dotted: string): boolean {
  return dotted === `${SIGNED_COOKIES}.SessionStore`;
}
