import { codeOf, namesIn } from "../../python/text/read-names.js";

/**
 * Whether `text` still finds the names it reads in a module: an old line is of no use when the import
 * it needs is gone. Generous: any line that could bind the name counts.
 */
export function namesAreBound(text: string, module: string): boolean {
  if (/^[ \t]*from[ \t].*import[ \t(]*\*/m.test(module)) return true;
  if (/^[ \t]*(?:import|from)\b/.test(codeOf(text))) return true;
  return namesIn(text).every((name) => isBound(name, module));
}

function isBound(name: string, module: string): boolean {
  const binding = new RegExp(
    `^[ \\t]*(?:(?:import|from)\\b.*\\b${name}\\b|${name}[ \\t]*(?:,.*)?(?::[^=]*)?(?:=|$)|(?:async )?def ${name}\\b|class ${name}\\b|for\\b.*\\b${name}\\b|with\\b.*\\b${name}\\b)`,
    "m",
  );
  return binding.test(module);
}
