import { decode } from "./decode.js";
import { GitFailure, runGit } from "./run-git.js";
import { UserError } from "./user-error.js";

/** Bytes that one `git cat-file` process is asked for. */
const BATCH_BYTES = 64 * 1024 * 1024;

/**
 * Sizes in bytes of blobs.
 *
 * @throws UserError when one is missing or unreadable.
 */
export async function blobSizes(
  directory: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const sizes = new Map<string, number>();
  if (ids.length === 0) return sizes;
  const answer = (await catFile(directory, "--batch-check", ids)).toString("utf8");
  for (const line of answer.split("\n")) {
    const [id = "", type, size] = line.split(" ");
    if (type === "blob") sizes.set(id, Number(size));
    else if (id !== "") throw unreadable(id);
  }
  return sizes;
}

/**
 * Texts of blobs whose sizes are known.
 *
 * @throws UserError when one is missing or damaged.
 */
export async function readBlobs(
  directory: string,
  sizes: ReadonlyMap<string, number>,
): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  for (const ids of batches(sizes)) {
    const answer = await catFile(directory, "--batch", ids);
    let at = 0;
    for (const id of ids) {
      const header = answer.indexOf("\n", at);
      const [, type, size] = answer.toString("latin1", at, header).split(" ");
      if (header === -1 || type !== "blob") throw unreadable(id);
      const end = header + 1 + Number(size);
      texts.set(id, decode(answer.subarray(header + 1, end)));
      at = end + 1;
    }
  }
  return texts;
}

function batches(sizes: ReadonlyMap<string, number>): readonly (readonly string[])[] {
  const all: string[][] = [];
  let batch: string[] = [];
  let bytes = 0;
  for (const [id, size] of sizes) {
    if (bytes + size > BATCH_BYTES && batch.length > 0) {
      all.push(batch);
      batch = [];
      bytes = 0;
    }
    batch.push(id);
    bytes += size;
  }
  return batch.length > 0 ? [...all, batch] : all;
}

async function catFile(directory: string, mode: string, ids: readonly string[]): Promise<Buffer> {
  try {
    return await runGit(directory, ["cat-file", mode], `${ids.join("\n")}\n`);
  } catch (error) {
    throw error instanceof GitFailure ? new UserError(`git cannot read: ${error.stderr}`) : error;
  }
}

function unreadable(id: string): UserError {
  return new UserError(
    `Object ${id} cannot be read: the clone is incomplete or damaged. A partial clone needs \`git fetch --refetch --no-filter\`; git fsck tells more.`,
  );
}
