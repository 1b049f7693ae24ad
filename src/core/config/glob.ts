/** A part of a path between slashes; `**` stands for any number of them. */
type Segments = readonly string[];

const ANY_FOLDERS = "**";

/**
 * Whether one of the globs matches the whole path. `*` stands for anything but a slash, `?` for one
 * such character, `**` between slashes for any number of folders; a glob that ends in a slash means
 * all that is in the folder. There is nothing else to a glob, and names with a leading dot are
 * names like others. Matching never goes back further than to the last star, so it takes no more
 * than the product of both lengths, whatever the path, which a pull request chooses.
 */
export function matchesAny(globs: readonly string[], path: string): boolean {
  const segments = path.split("/");
  return globs.some((glob) => matchesSegments(segmentsOf(glob), segments));
}

function segmentsOf(glob: string): Segments {
  const whole = glob.endsWith("/") ? `${glob}${ANY_FOLDERS}` : glob;
  return whole.split("/");
}

function matchesSegments(glob: Segments, path: Segments): boolean {
  return matchesSequence(
    glob,
    path,
    (part) => part === ANY_FOLDERS,
    (part, name) => matchesSequence([...part], [...name], isStar, isCharacter),
  );
}

function isStar(character: string): boolean {
  return character === "*";
}

function isCharacter(wanted: string, character: string): boolean {
  return wanted === "?" || wanted === character;
}

/**
 * A pattern with wild cards against a sequence, from the left. On a mismatch the last wild card
 * takes one item more; those before it never need to, since the last can take whatever they would.
 */
function matchesSequence(
  pattern: readonly string[],
  items: readonly string[],
  isWild: (part: string) => boolean,
  matches: (part: string, item: string) => boolean,
): boolean {
  let at = 0;
  let wild = -1;
  let taken = 0;
  for (let item = 0; item < items.length; ) {
    const part = pattern[at];
    if (part !== undefined && isWild(part)) {
      wild = at++;
      taken = item;
    } else if (part !== undefined && matches(part, items[item] ?? "")) {
      at++;
      item++;
    } else if (wild >= 0) {
      at = wild + 1;
      item = ++taken;
    } else {
      return false;
    }
  }
  return pattern.slice(at).every(isWild);
}
