/** Whether a module assigns the name more than once, or changes in place what it holds. */
export function isChanged(name: string, text: string): boolean {
  const assigned = new RegExp(String.raw`^[ \t]*${name}[ \t]*(?::[^=\n]*)?=(?!=)`, "gm");
  const inPlace = new RegExp(
    String.raw`\b${name}[ \t]*(?:(?:\[[^\]\n]*\][ \t]*)+\|?=(?!=)|\|=|\.(?:update|setdefault|pop|clear)\()|\bdel[ \t]+${name}\[`,
  );
  return inPlace.test(text) || [...text.matchAll(assigned)].length > 1;
}

/** Whether a module has the name in quotes, or gives it to a call as a keyword. */
export function isSpelled(name: string, text: string): boolean {
  return new RegExp(String.raw`["']${name}["']|[(,]\s*${name}[ \t]*=(?!=)`).test(text);
}
