import type { FileContent, NewCommit } from "./repository.js";

/** C-style quoting, as git fast-import reads paths. */
function quotePath(path: string): string {
  return `"${path.replace(/[\\"]/g, "\\$&").replace(/\n/g, "\\n")}"`;
}

function data(content: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`data ${content.length}\n`), content, Buffer.from("\n")]);
}

function fileCommand(path: string, content: FileContent | null): Buffer {
  if (content === null) return Buffer.from(`D ${quotePath(path)}\n`);
  if (typeof content === "object" && "symlink" in content) {
    const command = Buffer.from(`M 120000 inline ${quotePath(path)}\n`);
    return Buffer.concat([command, data(Buffer.from(content.symlink))]);
  }
  const command = Buffer.from(`M 100644 inline ${quotePath(path)}\n`);
  return Buffer.concat([command, data(Buffer.from(content as string))]);
}

/** One commit in the language of git fast-import: one process, whatever the number of files. */
export function importStream(commit: NewCommit): Buffer {
  const seconds = Math.floor(commit.at.getTime() / 1000);
  const name = commit.author.replace(/[<>\n]/g, "");
  const identity = `${name} <${name}@users.noreply.github.example> ${seconds} +0000`;
  const head = [`commit ${commit.ref}`, `author ${identity}`, `committer ${identity}`, ""].join(
    "\n",
  );
  const from = commit.parent === undefined ? "deleteall\n" : `from ${commit.parent}\n`;
  return Buffer.concat([
    Buffer.from(head),
    data(Buffer.from(`${commit.message}\n`)),
    Buffer.from(from),
    ...Object.entries(commit.files).map(([path, content]) => fileCommand(path, content)),
    Buffer.from("\ndone\n"),
  ]);
}
