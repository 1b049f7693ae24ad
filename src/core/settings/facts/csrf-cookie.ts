import type { PythonModule } from "../../python/syntax/module.js";
import { type Constant, literal } from "../evaluate/value.js";
import { isOn } from "./module-value.js";
import type { SettingFact } from "./setting-facts.js";

/**
 * With CSRF_USE_SESSIONS the token is kept in the session and there is no CSRF cookie: whatever is
 * said of the cookie counts as `safe` then.
 */
export function withoutCsrfCookie(
  module: PythonModule,
  fact: SettingFact,
  safe: Constant,
): SettingFact {
  return isOn(module, "CSRF_USE_SESSIONS") ? replaceValue(fact, safe) : fact;
}

/** The fact with another value in all of its alternatives. */
export function replaceValue(fact: SettingFact, value: Constant): SettingFact {
  return { ...fact, effective: fact.effective.map((one) => ({ ...one, value: literal(value) })) };
}
