import { constants, type FileHandle, open, readdir, realpath } from "node:fs/promises";
import { join, sep } from "node:path";
import type { Unscanned } from "../core/model/unscanned.js";
import { decode } from "./decode.js";
import { MAX_FILE_BYTES, tooLarge } from "./size-limit.js";

/**
 * Reads a file of the working tree. No symbolic link is followed, neither the file itself nor a
 * folder above it that leads out of the working tree.
 */
export async function readWorkingFile(
  topLevel: string,
  path: string,
  pathBytes: Buffer,
): Promise<{ readonly text: string } | { readonly problem: Unscanned }> {
  const whole = Buffer.concat([Buffer.from(topLevel + sep), pathBytes]);
  let file: FileHandle | undefined;
  try {
    const folder = await realpath(whole.subarray(0, whole.lastIndexOf(sep)));
    const root = await realpath(topLevel);
    if (folder !== root && !folder.startsWith(root + sep)) {
      return refuse(path, "It stands behind a symbolic link that leads out of the repository.");
    }
    file = await open(whole, constants.O_RDONLY | constants.O_NOFOLLOW);
    const stat = await file.stat();
    if (!stat.isFile()) return refuse(path, "It is not a regular file.");
    if (stat.size > MAX_FILE_BYTES) return { problem: tooLarge(path, stat.size) };
    return { text: decode(await file.readFile()) };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "unknown error";
    return code === "ELOOP"
      ? refuse(path, "It is a symbolic link; what it points to is not read.")
      : refuse(path, `It cannot be read (${code}).`);
  } finally {
    await file?.close();
  }
}

/**
 * Names in a folder of the working tree, those of folders with a slash behind; `null` for what is no
 * folder of it.
 */
export async function listWorkingFolder(
  topLevel: string,
  path: string,
): Promise<readonly string[] | null> {
  try {
    const root = await realpath(topLevel);
    const folder = await realpath(join(topLevel, path));
    if (folder !== root && !folder.startsWith(root + sep)) return null;
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name)).sort();
  } catch {
    return null;
  }
}

function refuse(path: string, detail: string): { readonly problem: Unscanned } {
  return { problem: { path, reason: "unreadable", detail } };
}
