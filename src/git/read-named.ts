import { readBlobs } from "./blobs.js";
import { decode } from "./decode.js";
import { runGit } from "./run-git.js";
import { MAX_FILE_BYTES } from "./size-limit.js";

/**
 * Texts of files by their names in git, `<revision>:<path>` on one line each; `null` for one that is
 * too large. What is not there, or is no file, has no entry.
 */
export async function readNamed(
  directory: string,
  names: readonly string[],
): Promise<ReadonlyMap<string, string | null>> {
  const texts = new Map<string, string | null>();
  if (names.length === 0) return texts;
  const answer = await runGit(directory, ["cat-file", "--batch-check"], `${names.join("\n")}\n`);
  const lines = decode(answer).split("\n");
  const ids = new Map<string, string>();
  const sizes = new Map<string, number>();
  names.forEach((name, index) => {
    const [, id, size] = /^([0-9a-f]{40,64}) blob (\d+)$/.exec(lines[index] ?? "") ?? [];
    if (id === undefined) return;
    texts.set(name, null);
    if (Number(size) > MAX_FILE_BYTES) return;
    ids.set(name, id);
    sizes.set(id, Number(size));
  });
  const byId = await readBlobs(directory, sizes);
  for (const [name, id] of ids) texts.set(name, byId.get(id) ?? "");
  return texts;
}
