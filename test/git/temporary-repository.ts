import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

export interface TemporaryRepository {
  readonly directory: string;
  git(...args: readonly string[]): string;
  write(path: string, text: string | Buffer): void;
  /** Commits everything and returns the id. */
  commit(): string;
  remove(): void;
}

/** A repository of its own, with a configuration that no machine changes. */
export function createRepository(): TemporaryRepository {
  const directory = realpathSync(mkdtempSync(join(tmpdir(), "cyclekey-git-")));
  const git = (...args: readonly string[]) =>
    execFileSync("git", ["-c", "core.autocrlf=false", "-C", directory, ...args], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
    }).trim();
  git("init", "-q", "-b", "main");
  git("config", "user.name", "Test");
  git("config", "user.email", "test@example.com");
  return {
    directory,
    git,
    write(path, text) {
      mkdirSync(dirname(join(directory, path)), { recursive: true });
      writeFileSync(join(directory, path), text);
    },
    commit() {
      git("add", "-A");
      git("commit", "-q", "--allow-empty", "-m", "change");
      return git("rev-parse", "HEAD");
    },
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
}
