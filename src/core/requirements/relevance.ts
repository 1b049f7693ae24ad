import type { ChangedFile, Hunk, HunkLine } from "../model/change.js";
import { rankNewest } from "./rank.js";
import { readRequirements } from "./read-requirements.js";

const WATCHED =
  /(?<![\w-])(?:django(?:[-_.](?:allauth|otp|two[-_.]factor[-_.]auth))?|djangorestframework|social[-_.]auth[-_.]app[-_.]django|cryptography)(?![\w-]|\.\w)/i;

const INSTALLED = /(?:^|\/)(?:node_modules|(?:site|dist)-packages)\//;

/**
 * Whether the change of a requirement file touches a watched package: a changed line names it, or,
 * where the name may stand on another line than its version, any line of the hunk. Lock files change
 * often and are long: of them only a patch in which Django's version goes down.
 */
export function requirementsMayMatter({ path, hunks }: ChangedFile): boolean {
  if (INSTALLED.test(path)) return false;
  if (/\.lock$/i.test(path)) return hunks?.some((hunk) => lowersDjango(path, hunk)) ?? false;
  if (hunks === undefined) return true;
  const oneLine = /\.(?:txt|in|pip)$/i.test(path);
  return hunks.some(({ lines }) =>
    lines.some(({ kind, text }) => (kind !== "context" || !oneLine) && WATCHED.test(text)),
  );
}

/** Both versions of a hunk, read as if they were the file: a name stands close to its version. */
function lowersDjango(path: string, { lines }: Hunk): boolean {
  const before = djangoIn(path, lines, "added");
  const after = djangoIn(path, lines, "deleted");
  return before !== undefined && after !== undefined && after < before;
}

function djangoIn(
  path: string,
  lines: readonly HunkLine[],
  without: HunkLine["kind"],
): number | undefined {
  const text = lines.flatMap((line) => (line.kind === without ? [] : [line.text])).join("\n");
  // What stands in a hunk of Pipfile.lock has lost the section it belongs to.
  const section = /Pipfile\.lock$/i.test(path) ? '"default": {\n' : "";
  const range = readRequirements(path, section + text).find(({ name }) => name === "django")?.range;
  return range && rankNewest(range);
}
