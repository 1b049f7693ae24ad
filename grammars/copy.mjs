import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const HERE = dirname(fileURLToPath(import.meta.url));

/**
 * Copies the grammar from the installed package into `target` after comparing its sha256 with the
 * one pinned in python.json, and returns the path of the copy. No executable is kept in git, so what
 * runs is what the pin says or nothing.
 */
export function copyGrammar(target = HERE, pin = readPin()) {
  const source = locatePackage(pin);
  let bytes;
  try {
    bytes = readFileSync(join(source, pin.file));
  } catch {
    throw new Error(`${pin.package} ${pin.version} has no ${pin.file}: run \`npm ci\`.`);
  }
  const found = createHash("sha256").update(bytes).digest("hex");
  if (found !== pin.sha256) {
    throw new Error(
      `${pin.file} of ${pin.package} is not the pinned ${pin.version}: sha256 ${found}, expected ${pin.sha256}. Run \`npm ci\`.`,
    );
  }
  mkdirSync(target, { recursive: true });
  const copy = join(target, pin.file);
  writeFileSync(copy, bytes);
  return copy;
}

export function readPin() {
  return JSON.parse(readFileSync(join(HERE, "python.json"), "utf8"));
}

function locatePackage(pin) {
  try {
    return dirname(createRequire(import.meta.url).resolve(`${pin.package}/package.json`));
  } catch {
    throw new Error(`${pin.package} ${pin.version} is not installed: run \`npm ci\`.`);
  }
}

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  try {
    copyGrammar();
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
