import type { PythonModule } from "../../python/syntax/module.js";
import { once } from "../../python/syntax/once.js";

/** Frameworks whose `request.session` is not Django's, by the root of what they are imported from. */
const OTHER_FRAMEWORKS: ReadonlySet<string> = new Set([
  "fastapi",
  "starlette",
  "flask",
  "flask_login",
  "quart",
  "pyramid",
  "odoo",
  "openerp",
  "bottle",
  "werkzeug",
  "sanic",
  "litestar",
  "cherrypy",
  "tornado",
  "aiohttp_session",
]);

/** Code that no visitor reaches: tests, examples, migrations, documentation. */
const NOT_DEPLOYED =
  /(?:^|\/)(?:tests?|testing|fixtures|migrations|docs?|examples?|e2e|conftest\.py|tests\.py|test_[^/]*\.py|[^/]*_tests?\.py)(?:\/|$)/;

/** Whether the sessions of this file are, as far as it tells, those that visitors of a Django site have. */
export const hasDjangoSessions = once((module: PythonModule): boolean => {
  if (NOT_DEPLOYED.test(module.path)) return false;
  const roots = module.imports.modules.map((name) => name.split(".")[0] ?? "");
  if (roots.some((root) => OTHER_FRAMEWORKS.has(root))) return false;
  if (!roots.includes("aiohttp")) return true;
  // Django views may call other services with aiohttp's client; its server has sessions of its own.
  return roots.includes("django") && !module.imports.modules.includes("aiohttp.web");
});
