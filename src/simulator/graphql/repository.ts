import { findPullRequest } from "../forge.js";
import { nodeId } from "../store.js";
import { graphqlError, requireAccess, type Viewer } from "./access.js";
import { pullRequestNode } from "./pull-request.js";

/** GitHub gives no more of a blob's text than this many bytes. */
const MAX_TEXT = 512_000;
/** As git does, a NUL near the start makes a blob binary. */
const SNIFFED = 8000;

async function objectNode(viewer: Viewer, expression: string): Promise<object | null> {
  requireAccess(viewer, "contents:read");
  const { repository } = viewer.forge;
  const oid = await repository.resolve(expression);
  if (oid === undefined) return null;
  const type = (await repository.git("cat-file", "-t", oid)).toString().trim();
  if (type !== "blob") return treeNode(viewer, oid);
  const blob = await repository.blob(oid);
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

function treeNode(viewer: Viewer, oid: string): object {
  const entries = async () => {
    const listed = (await viewer.forge.repository.git("ls-tree", "-z", oid)).toString().split("\0");
    return listed.slice(0, -1).map((line) => {
      const tab = line.indexOf("\t");
      const [mode = "", type, id] = line.slice(0, tab).split(" ");
      return { name: line.slice(tab + 1), type, mode: Number.parseInt(mode, 8), oid: id };
    });
  };
  return { __typename: "Tree", id: nodeId("B", oid), oid, entries };
}

export function repositoryNode(viewer: Viewer): object {
  const { forge } = viewer;
  const { owner, name, id } = forge.store;
  return {
    __typename: "Repository",
    id: nodeId("R", id),
    databaseId: id,
    name,
    nameWithOwner: `${owner}/${name}`,
    owner: { __typename: "Organization", id: nodeId("U", owner), login: owner },
    object: (args: { readonly expression?: string | null; readonly oid?: string | null }) =>
      objectNode(viewer, args.expression ?? args.oid ?? ""),
    pullRequest: ({ number }: { readonly number: number }) => {
      requireAccess(viewer, "pull_requests:read");
      const pull = findPullRequest(forge, number);
      if (pull !== undefined) return pullRequestNode(viewer, pull);
      const message = `Could not resolve to a PullRequest with the number of ${number}.`;
      throw graphqlError("NOT_FOUND", message);
    },
  };
}
