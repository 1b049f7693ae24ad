import type { Import, ImportFrom } from "../syntax/syntax.js";

type Names = Import["names"];

/** What an import statement says, without its place. */
export type ImportFact =
  | Pick<Import, "kind" | "names">
  | Pick<ImportFrom, "kind" | "level" | "module" | "names">;

const DOTTED = String.raw`[\p{L}\p{N}_]+(?: ?\. ?[\p{L}\p{N}_]+)*`;
const IMPORT = /^import ([^()]+)$/;
const FROM = new RegExp(
  String.raw`^from ?((?:\. ?)*)(${DOTTED})? import ?(\*|\([^()]+\)|[^()*]+)$`,
  "u",
);
const NAME = new RegExp(String.raw`^(${DOTTED})(?: as ([\p{L}\p{N}_]+))?$`, "u");

/** Longer ones are read by the parser: a regular expression is to see short texts only. */
const LENGTH_LIMIT = 20_000;

/**
 * Reads the text of one import statement without the parser: most files have a dozen of them and
 * nothing else to parse. Undefined when it is anything but a plain one.
 */
export function readImport(source: string): ImportFact | undefined {
  if (source.length > LENGTH_LIMIT || source.includes(";")) return undefined;
  const text = source
    .replace(/#[^\n]*/g, " ")
    .replace(/\\\r?\n/g, " ")
    .replace(/\s+/g, " ")
    .trim();
  const plain = IMPORT.exec(text)?.[1];
  if (plain !== undefined) {
    const names = readNames(plain);
    return names === undefined ? undefined : { kind: "import", names };
  }
  const [whole, dots = "", module = "", list = ""] = FROM.exec(text) ?? [];
  if (whole === undefined || (dots === "" && module === "")) return undefined;
  const names = list === "*" ? list : readNames(list.replace(/^\(|,? ?\)$/g, ""));
  if (names === undefined) return undefined;
  const level = dots.replaceAll(" ", "").length;
  return { kind: "import-from", level, module: fold(module), names };
}

function readNames(list: string): Names | undefined {
  const names: Names[number][] = [];
  for (const part of list.split(",")) {
    const [whole, name = "", alias] = NAME.exec(part.trim()) ?? [];
    if (whole === undefined) return undefined;
    names.push({ name: fold(name), alias: alias === undefined ? undefined : fold(alias) });
  }
  return names;
}

function fold(name: string): string {
  return name.replaceAll(" ", "").normalize("NFKC");
}
