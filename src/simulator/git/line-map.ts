import type { Repository } from "./repository.js";

const HEADER = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/gm;

/**
 * Where a line of a file stands in a later commit; undefined when it was changed or the file is
 * gone. This is how a review comment follows its line and becomes outdated.
 */
export async function mapLine(
  repository: Repository,
  from: string,
  to: string,
  path: string,
  line: number,
): Promise<number | undefined> {
  if (from === to) return line;
  if ((await repository.resolve(`${to}:${path}`)) === undefined) return undefined;
  const diff = await repository.git("diff", "--unified=0", "--no-color", from, to, "--", path);
  let offset = 0;
  for (const [, start, oldCount = "1", , newCount = "1"] of diff.toString().matchAll(HEADER)) {
    const first = Number(start);
    const count = Number(oldCount);
    // A pure insertion names the line before it.
    if (count === 0 ? line <= first : line < first) break;
    if (count > 0 && line < first + count) return undefined;
    offset += Number(newCount) - count;
  }
  return line + offset;
}
