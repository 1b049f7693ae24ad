import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { Language, Parser } from "web-tree-sitter";
import type { ParsePython } from "../core/python/parser.js";
import { createParsePython } from "./parse.js";

/** The same folder from src (under vitest) and from dist. */
const FOLDER = new URL("../../grammars/", import.meta.url);

interface GrammarPin {
  readonly file: string;
  readonly sha256: string;
}

/**
 * Loads the Python grammar that was copied into grammars/ by the build.
 *
 * @throws GrammarError when the copy is missing or is not the pinned one; the message says what to do.
 */
export async function loadPython(folder: URL = FOLDER): Promise<ParsePython> {
  const pin = JSON.parse(await readFile(new URL("python.json", folder), "utf8")) as GrammarPin;
  const bytes = await readCopy(new URL(pin.file, folder));
  const found = createHash("sha256").update(bytes).digest("hex");
  if (found !== pin.sha256) {
    throw new GrammarError(
      `${pin.file} is not the pinned grammar (sha256 ${found}): run \`npm run build\`.`,
    );
  }
  await Parser.init();
  const language = await Language.load(bytes);
  return createParsePython(language);
}

async function readCopy(file: URL): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch {
    throw new GrammarError(
      `The Python grammar ${fileURLToPath(file)} is missing: run \`npm run build\`.`,
    );
  }
}

/** The grammar cannot be loaded; nothing can be reviewed without it. */
export class GrammarError extends Error {
  override name = "GrammarError";
}
