const TEXT = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g;
const COMMENT = /#.*/g;
/** A name that is neither an attribute nor written to or passed by keyword. */
const NAME = /(?<![\w.])[A-Za-z_]\w*(?!\w|[ \t]*(?::[^=\n]*)?=(?!=))/g;
/** Of the language, and built in. */
const KNOWN: ReadonlySet<string> = new Set(
  "True False None and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield bool int float str list tuple dict set bytes object type len min max sum any all abs round sorted reversed enumerate zip map filter range open print repr hash id iter next super getattr setattr hasattr delattr isinstance issubclass callable globals locals vars property staticmethod classmethod Exception KeyError ValueError TypeError AttributeError PermissionError LookupError RuntimeError NotImplementedError ImportError OSError StopIteration __name__ __file__".split(
    " ",
  ),
);

/** The names that a text reads, without those that are always there. */
export function namesIn(text: string): readonly string[] {
  return (codeOf(text).match(NAME) ?? []).filter((name) => !KNOWN.has(name));
}

/** A text without its strings of one line and its comments. */
function codeOf(text: string): string {
  return text.replace(TEXT, "").replace(COMMENT, "");
}

/** Whether code has the name, as a name of its own and not as an attribute or in a string. */
export function mentions(name: string, text: string): boolean {
  return new RegExp(String.raw`(?<![\w.])${name}(?!\w)`).test(codeOf(text));
}

/** Whether a line at the top level of a module may bind the name; a star may bind any. */
export function bindsAtTop(name: string, module: string): boolean {
  const binding = new RegExp(
    String.raw`^(?:(?:import|from)\b.*\b${name}\b|[ \t]+${name},?[ \t]*(?:#.*)?$|${name}\b.*=|(?:async[ \t]+)?def[ \t]+${name}\b|class[ \t]+${name}\b|from\b.*import[ \t(]*\*)`,
    "m",
  );
  return binding.test(module);
}
