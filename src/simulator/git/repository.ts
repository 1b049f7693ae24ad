import { execFile, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { importStream } from "./import-stream.js";

export type FileContent = string | Uint8Array | { readonly symlink: string };

/** Files by path; `null` deletes one. */
export type Files = Readonly<Record<string, FileContent | null>>;

export interface NewCommit {
  /** Full name of the ref that moves to it. */
  readonly ref: string;
  /** Undefined for a root commit. */
  readonly parent: string | undefined;
  readonly files: Files;
  readonly message: string;
  readonly author: string;
  readonly at: Date;
}

/** A bare git repository in a temporary directory. Every method is one or two calls of git. */
export interface Repository {
  readonly directory: string;
  /** Runs git and returns what it printed; rejects when git fails. */
  git(...args: readonly string[]): Promise<Buffer>;
  commit(commit: NewCommit): Promise<string>;
  /** A merge commit of two, on no branch; rejects on a conflict. */
  merge(
    into: string,
    head: string,
    of: Pick<NewCommit, "message" | "author" | "at">,
  ): Promise<string>;
  /** Object id of a revision; undefined when there is none. */
  resolve(revision: string): Promise<string | undefined>;
  setRef(ref: string, sha: string): Promise<void>;
  /** This and the next two take object ids, and remember their answers. */
  mergeBase(a: string, b: string): Promise<string | undefined>;
  isAncestor(commit: string, of: string): Promise<boolean>;
  /** Commits of `head` that `base` has not, newest first. */
  commitsBetween(base: string, head: string): Promise<readonly string[]>;
  blob(sha: string): Promise<Buffer>;
  remove(): Promise<void>;
}

const MAX_OUTPUT = 256 * 1024 * 1024;

/** No configuration of the machine may change a diff or a commit. */
const ENVIRONMENT = {
  PATH: process.env.PATH,
  HOME: "/nonexistent",
  LC_ALL: "C",
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_TERMINAL_PROMPT: "0",
};

function run(
  directory: string,
  args: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    execFile(
      "git",
      ["--literal-pathspecs", ...args],
      {
        cwd: directory,
        env: { ...ENVIRONMENT, ...variables },
        encoding: "buffer",
        maxBuffer: MAX_OUTPUT,
      },
      (error, stdout) => (error ? reject(error) : resolve(stdout)),
    );
  });
}

function feed(directory: string, args: readonly string[], input: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn("git", [...args], {
      cwd: directory,
      env: ENVIRONMENT,
      stdio: ["pipe", "ignore", "pipe"],
    });
    let said = "";
    child.stderr.on("data", (chunk: Buffer) => {
      said += chunk.toString();
    });
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) resolve();
      else reject(new Error(`git ${args[0]} ended with ${code}: ${said}`));
    });
    child.stdin.on("error", () => {});
    child.stdin.end(input);
  });
}

export async function createRepository(): Promise<Repository> {
  const directory = await mkdtemp(join(tmpdir(), "embedded-github-"));
  await run(directory, ["init", "--quiet", "--bare", "--initial-branch=main", "."]);
  return openRepository(directory);
}

/** What two commits are to each other never changes: it is asked once. */
function remember<T>(
  ask: (a: string, b: string) => Promise<T>,
): (a: string, b: string) => Promise<T> {
  const known = new Map<string, Promise<T>>();
  return (a, b) => {
    const key = `${a} ${b}`;
    const answer = known.get(key) ?? ask(a, b);
    known.set(key, answer);
    return answer;
  };
}

function openRepository(directory: string): Repository {
  const git = (...args: readonly string[]) => run(directory, args);

  async function resolve(revision: string): Promise<string | undefined> {
    if (revision === "" || revision.startsWith("-")) return undefined;
    try {
      return (await git("rev-parse", "--verify", "--quiet", revision)).toString().trim();
    } catch {
      return undefined;
    }
  }

  return {
    directory,
    git,
    resolve,
    async commit(commit) {
      await feed(directory, ["fast-import", "--quiet", "--force"], importStream(commit));
      const sha = await resolve(commit.ref);
      if (sha === undefined) throw new Error(`no commit on ${commit.ref}`);
      return sha;
    },
    async setRef(ref, sha) {
      await git("update-ref", ref, sha);
    },
    mergeBase: remember(async (a, b) => {
      try {
        return (await git("merge-base", a, b)).toString().trim();
      } catch {
        return undefined;
      }
    }),
    isAncestor: remember((commit, of) =>
      git("merge-base", "--is-ancestor", commit, of).then(
        () => true,
        () => false,
      ),
    ),
    commitsBetween: remember(async (base, head) => {
      const listed = (await git("rev-list", `${base}..${head}`)).toString();
      return listed.split("\n").filter((line) => line !== "");
    }),
    async merge(into, head, { message, author, at }) {
      const tree = (await git("merge-tree", "--write-tree", into, head)).toString().trim();
      const seconds = Math.floor(at.getTime() / 1000);
      const identity = ["-c", `user.name=${author}`, "-c", `user.email=${author}@users.example`];
      const commit = ["commit-tree", tree, "-p", into, "-p", head, "-m", message];
      const dated = { GIT_AUTHOR_DATE: `${seconds} +0000`, GIT_COMMITTER_DATE: `${seconds} +0000` };
      return (await run(directory, [...identity, ...commit], dated)).toString().trim();
    },
    blob: (sha) => git("cat-file", "blob", sha),
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}
