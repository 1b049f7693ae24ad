import { timestamp } from "../json/shapes.js";
import { pullRequestDiff } from "../platform/forge.js";
import { nodeId } from "../platform/node-id.js";
import type { PullRequestRecord, TimelineRecord } from "../platform/store.js";
import type { Viewer } from "./access.js";
import { actorNode } from "./actor.js";
import { commitNode } from "./commits.js";
import { connect, type Paging } from "./connection.js";
import { repositoryNode } from "./repository.js";
import { threadNode, visibleThreads } from "./threads.js";

export function pullRequestState(pull: PullRequestRecord): "OPEN" | "CLOSED" | "MERGED" {
  if (pull.state === "open") return "OPEN";
  return pull.mergedAt === undefined ? "CLOSED" : "MERGED";
}

/** The two kinds that are spoken here; undefined for the others. */
function timelineNode(viewer: Viewer, record: TimelineRecord): object | undefined {
  const common = { actor: actorNode(record.actor), createdAt: timestamp(record.at) };
  if (record.kind === "retarget") {
    return {
      ...common,
      __typename: "BaseRefChangedEvent",
      id: nodeId("BRC", record.id),
      previousRefName: record.from,
      currentRefName: record.to,
    };
  }
  if (record.kind !== "force-push") return undefined;
  return {
    ...common,
    __typename: "HeadRefForcePushedEvent",
    id: nodeId("HRFP", record.id),
    beforeCommit: commitNode(viewer, record.before),
    afterCommit: commitNode(viewer, record.after),
  };
}

interface TimelineArguments extends Paging {
  readonly itemTypes?: readonly string[] | null;
}

const ITEM_TYPE: Readonly<Partial<Record<TimelineRecord["kind"], string>>> = {
  "force-push": "HEAD_REF_FORCE_PUSHED_EVENT",
  retarget: "BASE_REF_CHANGED_EVENT",
};

function listTimeline(viewer: Viewer, pull: PullRequestRecord, args: TimelineArguments): object {
  const records = viewer.forge.store.timeline.filter(
    (one) =>
      one.pullRequest === pull.number &&
      (!args.itemTypes || args.itemTypes.includes(ITEM_TYPE[one.kind] ?? "")),
  );
  return connect(
    "timelineItems",
    records.flatMap((record) => timelineNode(viewer, record) ?? []),
    args,
  );
}

async function listCommits(viewer: Viewer, pull: PullRequestRecord, args: Paging): Promise<object> {
  const { repository } = viewer.forge;
  const newestFirst = await repository.commitsBetween(pull.baseSha, pull.headSha);
  const commits = [...newestFirst].reverse().map((oid) => ({
    id: nodeId("C", `${pull.number}:${oid}`),
    commit: commitNode(viewer, oid),
  }));
  return connect("commits", commits, args);
}

export function pullRequestNode(viewer: Viewer, pull: PullRequestRecord): object {
  const { forge } = viewer;
  return {
    __typename: "PullRequest",
    id: nodeId("PR", pull.id),
    databaseId: pull.id,
    fullDatabaseId: String(pull.id),
    number: pull.number,
    title: pull.title,
    state: pullRequestState(pull),
    isDraft: pull.draft,
    isCrossRepository: pull.fork !== undefined,
    merged: pull.mergedAt !== undefined,
    headRefName: pull.headRef,
    headRefOid: pull.headSha,
    // An App that is not installed on the fork does not see it.
    headRepository: () => (pull.fork === undefined ? repositoryNode(viewer) : null),
    baseRefName: pull.baseRef,
    baseRefOid: pull.baseSha,
    baseRepository: () => repositoryNode(viewer),
    changedFiles: async () => (await pullRequestDiff(forge, pull)).files.length,
    createdAt: timestamp(pull.createdAt),
    updatedAt: timestamp(pull.updatedAt),
    author: actorNode(pull.author),
    url: `${forge.url}/pull/${pull.number}`,
    timelineItems: (args: TimelineArguments) => listTimeline(viewer, pull, args),
    reviewThreads: (args: Paging) =>
      connect(
        "reviewThreads",
        visibleThreads(viewer, pull).map((thread) => threadNode(viewer, pull, thread)),
        args,
      ),
    reviews: (args: ReviewsArguments) => listReviews(viewer, pull, args),
    commits: (args: Paging) => listCommits(viewer, pull, args),
  };
}

type ReviewsArguments = Paging & { readonly states?: readonly string[] | null };

/** Pending reviews are seen by their author only. */
function listReviews(viewer: Viewer, pull: PullRequestRecord, args: ReviewsArguments): object {
  const reviews = viewer.forge.store.reviews.filter(
    (one) =>
      one.pullRequest === pull.number &&
      (args.states?.includes(one.state) ?? true) &&
      (one.state !== "PENDING" || one.author.appId === viewer.app.id),
  );
  const nodes = reviews.map((one) => ({
    id: nodeId("PRR", one.id),
    databaseId: one.id,
    fullDatabaseId: String(one.id),
    state: one.state,
    body: one.body,
    author: actorNode(one.author),
    viewerDidAuthor: one.author.appId === viewer.app.id,
    createdAt: timestamp(one.createdAt),
  }));
  return connect("reviews", nodes, args);
}
