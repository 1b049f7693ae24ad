import { nodeId } from "../platform/node-id.js";
import { requireAccess, type Viewer } from "./access.js";
import { commitNode } from "./commits.js";

/** GitHub gives no more of a blob's text than this many bytes. */
const MAX_TEXT = 512_000;
/** As git does, a NUL near the start makes a blob binary. */
const SNIFFED = 8000;

/** What a revision names: a blob, a tree or a commit. */
export async function objectNode(viewer: Viewer, expression: string): Promise<object | null> {
  requireAccess(viewer, "contents:read");
  const { repository } = viewer.forge;
  const oid = await repository.resolve(expression);
  if (oid === undefined) return null;
  const type = (await repository.git("cat-file", "-t", oid)).toString().trim();
  if (type === "commit") return commitNode(viewer, oid);
  return type === "blob" ? blobNode(viewer, oid) : treeNode(viewer, oid);
}

async function blobNode(viewer: Viewer, oid: string): Promise<object> {
  const blob = await viewer.forge.repository.blob(oid);
  const binary = blob.subarray(0, SNIFFED).includes(0);
  return {
    __typename: "Blob",
    id: nodeId("B", oid),
    oid,
    byteSize: blob.length,
    isBinary: binary,
    isTruncated: !binary && blob.length > MAX_TEXT,
    text: binary ? null : blob.subarray(0, MAX_TEXT).toString("utf8"),
  };
}

interface Entry {
  readonly name: string;
  readonly type: string | undefined;
  readonly mode: number;
  readonly oid: string | undefined;
  readonly object: () => Promise<object | null>;
}

async function listTree(viewer: Viewer, ...of: readonly string[]): Promise<readonly Entry[]> {
  const listed = await viewer.forge.repository.git("ls-tree", "-z", ...of);
  return listed
    .toString()
    .split("\0")
    .slice(0, -1)
    .map((line) => {
      const tab = line.indexOf("\t");
      const [mode = "", type, oid] = line.slice(0, tab).split(" ");
      const name =
        line
          .slice(tab + 1)
          .split("/")
          .at(-1) ?? "";
      const object = async () => (oid === undefined ? null : objectNode(viewer, oid));
      return { name, type, mode: Number.parseInt(mode, 8), oid, object };
    });
}

function treeNode(viewer: Viewer, oid: string): object {
  const entries = () => listTree(viewer, oid);
  return { __typename: "Tree", id: nodeId("B", oid), oid, entries };
}

/** `Commit.file`: the entry at a path; null for none. */
export async function fileNode(
  viewer: Viewer,
  commit: string,
  path: string,
): Promise<object | null> {
  requireAccess(viewer, "contents:read");
  const [entry] = await listTree(viewer, commit, "--", path);
  return entry === undefined ? null : { ...entry, path };
}
