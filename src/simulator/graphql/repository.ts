import { findPullRequest } from "../platform/forge.js";
import { nodeId, readNodeName } from "../platform/node-id.js";
import type { PullRequestRecord } from "../platform/store.js";
import { graphqlError, requireAccess, type Viewer } from "./access.js";
import { commitNode } from "./commits.js";
import { connect, type Paging } from "./connection.js";
import { objectNode } from "./objects.js";
import { pullRequestNode, pullRequestState } from "./pull-request.js";

interface PullRequestsArguments extends Paging {
  readonly states?: readonly string[] | null;
  readonly baseRefName?: string | null;
  readonly headRefName?: string | null;
  readonly orderBy?: {
    readonly field: "CREATED_AT" | "UPDATED_AT";
    readonly direction: "ASC" | "DESC";
  } | null;
}

const HEADS = "refs/heads/";

/** Null for a repository without a commit. As on GitHub, the name is what follows the prefix. */
async function branchNode(viewer: Viewer, name: string, prefix = HEADS): Promise<object | null> {
  const oid = await viewer.forge.repository.resolve(`${prefix}${name}`);
  if (oid === undefined) return null;
  return {
    __typename: "Ref",
    id: nodeId("REF", `${viewer.forge.store.id}:${prefix}${name}`),
    name,
    prefix,
    target: () => commitNode(viewer, oid),
  };
}

/** The ref with that node id, in whichever repository it is; undefined for another id. */
export function refById(
  viewers: readonly Viewer[],
  id: string,
): Promise<object | null> | undefined {
  const [, repository, ref] = /^(\d+):(.+)$/.exec(readNodeName("REF", id) ?? "") ?? [];
  const viewer = viewers.find(({ forge }) => String(forge.store.id) === repository);
  return ref === undefined || viewer === undefined ? undefined : branchNode(viewer, ref, "");
}

async function listRefs(
  viewer: Viewer,
  { refPrefix, ...paging }: Paging & { readonly refPrefix: string },
): Promise<object> {
  requireAccess(viewer, "contents:read");
  const { repository } = viewer.forge;
  const listed = (
    await repository.git("for-each-ref", "--format=%(refname)", refPrefix)
  ).toString();
  const names = listed.split("\n").filter((name) => name.startsWith(refPrefix));
  const nodes = names.map((name) => branchNode(viewer, name.slice(refPrefix.length), refPrefix));
  return connect("refs", await Promise.all(nodes), paging);
}

function listPullRequests(viewer: Viewer, args: PullRequestsArguments): object {
  requireAccess(viewer, "pull_requests:read");
  const { states, baseRefName, headRefName, orderBy } = args;
  const moment = (pull: PullRequestRecord) =>
    (orderBy?.field === "UPDATED_AT" ? pull.updatedAt : pull.createdAt).getTime();
  const sign = orderBy?.direction === "DESC" ? -1 : 1;
  const pulls = viewer.forge.store.pullRequests
    .filter((pull) => !states || states.includes(pullRequestState(pull)))
    .filter((pull) => !baseRefName || pull.baseRef === baseRefName)
    .filter((pull) => !headRefName || pull.headRef === headRefName)
    .sort((a, b) => sign * (moment(a) - moment(b)));
  return connect(
    "pullRequests",
    pulls.map((pull) => pullRequestNode(viewer, pull)),
    args,
  );
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
    isArchived: false,
    isDisabled: false,
    defaultBranchRef: () => branchNode(viewer, forge.store.defaultBranch),
    ref: ({ qualifiedName }: { readonly qualifiedName: string }) =>
      branchNode(viewer, qualifiedName.replace(/^refs\/heads\//, "")),
    refs: (args: Paging & { readonly refPrefix: string }) => listRefs(viewer, args),
    object: (args: { readonly expression?: string | null; readonly oid?: string | null }) =>
      objectNode(viewer, args.expression ?? args.oid ?? ""),
    pullRequest: ({ number }: { readonly number: number }) => {
      requireAccess(viewer, "pull_requests:read");
      const pull = findPullRequest(forge, number);
      if (pull !== undefined) return pullRequestNode(viewer, pull);
      const message = `Could not resolve to a PullRequest with the number of ${number}.`;
      throw graphqlError("NOT_FOUND", message);
    },
    pullRequests: (args: PullRequestsArguments) => listPullRequests(viewer, args),
  };
}
