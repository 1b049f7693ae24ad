import { constants, type FileHandle, open, readdir, realpath } from "node:fs/promises";
import { dirname, join, sep } from "node:path";
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
    if (!(await isInside(topLevel, whole.subarray(0, whole.lastIndexOf(sep))))) {
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
 * Changes the text of a file of the working tree that is there. False when it is no longer what
 * `change` was made for, or nothing that may be written to; no symbolic link is followed.
 */
export async function rewriteWorkingFile(
  topLevel: string,
  path: string,
  change: (text: string) => string | undefined,
): Promise<boolean> {
  let file: FileHandle | undefined;
  try {
    const whole = join(topLevel, path);
    if (!(await isInside(topLevel, dirname(whole)))) return false;
    file = await open(whole, constants.O_RDWR | constants.O_NOFOLLOW);
    if (!(await file.stat()).isFile()) return false;
    const changed = change(decode(await file.readFile()));
    if (changed === undefined) return false;
    const bytes = Buffer.from(changed);
    await file.write(bytes, 0, bytes.length, 0);
    await file.truncate(bytes.length);
    return true;
  } catch {
    return false;
  } finally {
    await file?.close();
  }
}

async function isInside(topLevel: string, folder: string | Buffer): Promise<boolean> {
  const real = await realpath(folder);
  const root = await realpath(topLevel);
  return real === root || real.startsWith(root + sep);
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
    const folder = join(topLevel, path);
    if (!(await isInside(topLevel, folder))) return null;
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name)).sort();
  } catch {
    return null;
  }
}

function refuse(path: string, detail: string): { readonly problem: Unscanned } {
  return { problem: { path, reason: "unreadable", detail } };
}
