import type { PythonModule } from "../../python/syntax/module.js";
import type { Dictionary, Expression } from "../../python/syntax/syntax.js";
import { walkStatements } from "../../python/syntax/walk.js";
import { textOf, valuesIn } from "../facts/module-value.js";

const ALIAS = "SESSION_CACHE_ALIAS";

/** Dotted path of the cache that sessions go to, where CACHES is a dictionary of this module. */
export function cacheBackend(module: PythonModule): string | undefined {
  if (!module.text.includes("CACHES")) return undefined;
  const alias = valuesIn(module, ALIAS)
    .map(({ value }) => textOf(value))
    .findLast((text) => text !== undefined);
  const assigned = [...walkStatements(module.syntaxMentioning(["CACHES"]))].flatMap((statement) =>
    statement.kind === "assignment" &&
    statement.targets.some((target) => target.kind === "name" && target.id === "CACHES")
      ? [statement.value]
      : [],
  );
  const [caches] = assigned;
  if (assigned.length !== 1 || caches?.kind !== "dictionary") return undefined;
  const one = entryOf(caches, alias ?? "default");
  const backend = one?.kind === "dictionary" ? entryOf(one, "BACKEND") : undefined;
  return backend?.kind === "string" ? backend.value : undefined;
}

function entryOf({ entries }: Dictionary, name: string): Expression | undefined {
  return entries.find(({ key }) => key?.kind === "string" && key.value === name)?.value;
}
