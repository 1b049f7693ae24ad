/** The folder of a path; empty for the root. */
export function directoryOf(path: string): string {
  const slash = path.lastIndexOf("/");
  return slash === -1 ? "" : path.slice(0, slash);
}

export function joinPath(...parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join("/");
}

/** A path without `.` and `..`; undefined when it leads out of the repository. */
export function resolvePath(folder: string, relative: string): string | undefined {
  const resolved: string[] = [];
  for (const part of `${folder}/${relative}`.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") resolved.push(part);
    else if (resolved.pop() === undefined) return undefined;
  }
  return resolved.join("/");
}
