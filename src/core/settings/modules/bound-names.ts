const TEXT = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g;
const COMMENT = /#.*/g;
/** A name that is neither an attribute nor written to or passed by keyword. */
const NAME = /(?<![\w.])[A-Za-z_]\w*(?!\w|[ \t]*(?::[^=\n]*)?=(?!=))/g;
const KNOWN: ReadonlySet<string> = new Set(
  "True False None and or not if else in is lambda for import from as bool int float str list tuple dict set len open min max globals vars locals setattr __name__ __file__".split(
    " ",
  ),
);

/**
 * Whether `text` still finds the names it reads in a module: an old line is of no use when the import
 * it needs is gone. Generous: any line that could bind the name counts.
 */
export function namesAreBound(text: string, module: string): boolean {
  if (/^[ \t]*from[ \t].*import[ \t(]*\*/m.test(module)) return true;
  if (/^[ \t]*(?:import|from)\b/.test(codeOf(text))) return true;
  return namesIn(text).every((name) => isBound(name, module));
}

/** The names that a text reads, without those of Python. */
export function namesIn(text: string): readonly string[] {
  return (codeOf(text).match(NAME) ?? []).filter((name) => !KNOWN.has(name));
}

function codeOf(text: string): string {
  return text.replace(TEXT, "").replace(COMMENT, "");
}

function isBound(name: string, module: string): boolean {
  const binding = new RegExp(
    `^[ \\t]*(?:(?:import|from)\\b.*\\b${name}\\b|${name}[ \\t]*(?:,.*)?(?::[^=]*)?(?:=|$)|(?:async )?def ${name}\\b|class ${name}\\b|for\\b.*\\b${name}\\b|with\\b.*\\b${name}\\b)`,
    "m",
  );
  return binding.test(module);
}
