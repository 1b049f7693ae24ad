import type { PythonModule } from "../python/syntax/module.js";
import { isTruthy } from "./evaluate/value.js";
import { moduleList } from "./lists/module-lists.js";
import { effectiveSettings, starImports } from "./modules/effective-settings.js";

/**
 * Whether a site with these settings, as startproject leaves them, answers only requests from its
 * own machine: with DEBUG on and ALLOWED_HOSTS empty, Django lets localhost through alone
 * (django/http/request.py, get_host, since 1.10.3). Settings that others may complete do not count.
 */
export function answersOnlyItself(module: PythonModule): boolean {
  if (!/(?:^|\/)settings\.py$/.test(module.path) || starImports(module).length > 0) return false;
  const debug = effectiveSettings(module, ["DEBUG"]).get("DEBUG") ?? [];
  if (!debug.every(({ value }) => value.kind === "literal" && isTruthy(value.value))) return false;
  const hosts = moduleList(module, "ALLOWED_HOSTS") ?? [];
  return hosts.every(({ elements, unknown }) => elements.length === 0 && unknown.length === 0);
}
