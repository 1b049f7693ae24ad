import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Files } from "../git/repository.js";
import type { NewPullRequest } from "../pull-requests/pull-requests.js";

/** What a fixture's pull-request.json says. */
interface Description {
  readonly title: string;
  readonly body: string;
  readonly author: string;
  readonly branch: string;
}

function readTree(directory: string): Record<string, string> {
  const entries = readdirSync(directory, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map((entry) => {
      const file = join(entry.parentPath, entry.name);
      const path = file.slice(directory.length + 1).replaceAll("\\", "/");
      return [path, readFileSync(file, "utf8")] as const;
    }),
  );
}

/** What turns one tree into the other; `null` deletes. */
export function changesBetween(before: Files, after: Files): Files {
  const gone = Object.keys(before).filter((path) => after[path] === undefined);
  const changed = Object.entries(after).filter(([path, text]) => before[path] !== text);
  return Object.fromEntries([...gone.map((path) => [path, null] as const), ...changed]);
}

/**
 * A pull request from `before/`, `after/` and `pull-request.json` of a folder; `fixed/` holds the
 * files that its author could push next.
 */
export function readPullRequestFixture(directory: string): NewPullRequest {
  const text = readFileSync(join(directory, "pull-request.json"), "utf8");
  const { title, body, author, branch } = JSON.parse(text) as Description;
  const before = readTree(join(directory, "before"));
  const head = changesBetween(before, readTree(join(directory, "after")));
  const fixed = join(directory, "fixed");
  const fix = existsSync(fixed) ? { fix: readTree(fixed) } : {};
  return { title, body, author, branch, base: before, head, ...fix };
}
