import { classifyModule, classifyWords, wordsOf } from "../../django/module-class.js";
import type { PythonModule } from "../../python/syntax/module.js";
import { once } from "../../python/syntax/once.js";
import { textOf } from "../facts/module-value.js";
import { settingFacts } from "../facts/setting-facts.js";
import { classOfModule } from "../modules/class-of-module.js";
import { keepsInCookie } from "./cookie-engine.js";

const ENGINE = "SESSION_ENGINE";

/** How far up from a module its project's `manage.py` is looked for. */
const MAX_LEVELS = 5;
/** Settings modules of one folder that are asked. */
const MAX_MODULES = 4;

/**
 * Whether the project that a module belongs to keeps its sessions in a signed cookie, which its
 * visitors can read, as far as the settings at hand tell.
 */
export const keepsSessionsInCookies = once((module: PythonModule): boolean =>
  settingsAround(module).some((settings) =>
    settingFacts(settings, ENGINE)
      .flatMap(({ effective }) => effective)
      .some(({ value }) => keepsInCookie(textOf(value) ?? "", settings)),
  ),
);

/**
 * The settings a production site runs with: those of the change set, else those that `manage.py`
 * names, or what stands beside them where these are a developer's.
 */
function settingsAround(module: PythonModule): readonly PythonModule[] {
  const own = module
    .changedModules()
    .filter((one) => /^(?:production|shared)$/.test(classOfModule(one)));
  if (own.length > 0) return own;
  const named = namedByManage(module);
  if (named === undefined) return [];
  if (isServing(named.path)) return [named];
  const files = named.siblings().filter((name) => isServing(name) && name.endsWith(".py"));
  const production = files.filter((name) => wordsClass(name) === "production");
  const shared = files.filter((name) => wordsClass(name) === "shared");
  return [...production, ...shared]
    .slice(0, MAX_MODULES)
    .flatMap((name) => named.beside(name) ?? []);
}

function wordsClass(name: string): ReturnType<typeof classifyWords> {
  return classifyWords(wordsOf(name.replace(/\.py$/, "")));
}

function isServing(path: string): boolean {
  const found = classifyModule(path);
  return found !== "development" && found !== "test";
}

/** As startproject writes it: `os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")`. */
function namedByManage(module: PythonModule): PythonModule | undefined {
  const levels = Math.min(module.path.split("/").length, MAX_LEVELS);
  for (let up = 0; up < levels; up++) {
    const manage = module.beside(`${"../".repeat(up)}manage.py`);
    const dotted =
      manage && /DJANGO_SETTINGS_MODULE["'],\s*["']([\w.]+)["']/.exec(manage.text)?.[1];
    if (manage && dotted) return manage.imported(dotted);
  }
  return undefined;
}
