/** GitHub shows neither modes nor what a pointer points to, so both are told by the text alone. */
export function pointerIn(path: string, text: string): string | undefined {
  if (text.startsWith("version https://git-lfs.github.com/spec/v1\n")) {
    return "The file is kept in Git LFS, whose content is not read.";
  }
  return isLink(path, text) ? "The file is a symbolic link, which is not followed." : undefined;
}

/**
 * The text of a link is the path of its target, without an end of line: on a Python module or a
 * list of requirements it means nothing else.
 */
function isLink(path: string, text: string): boolean {
  const [ending] = /\.(?:py|txt|in)$/.exec(path) ?? [];
  if (ending === undefined || !/^[\w.@+-]+(?:\/[\w.@+-]+)*$/.test(text)) return false;
  return text.includes("/") || text.endsWith(ending);
}
