import type { ConfigurationTexts } from "../../core/config/read-configuration.js";
import type { InstallationClient } from "../client/client.js";
import { Gone } from "../client/errors.js";
import type { Target } from "../client/target.js";
import { record } from "../client/untrusted.js";
import {
  BLOB_FIELDS,
  type Blob,
  type BlobName,
  declareObjects,
  OBJECT_FIELDS,
  objectVariables,
  readBlob,
  readObject,
  selectObjects,
} from "../files/blobs.js";
import { readCommitChecks } from "./commit-checks.js";
import { readCommitPullRequests } from "./commit-pull-requests.js";
import {
  DEFAULT_BRANCH,
  type DefaultBranch,
  readConfigurationTexts,
  readDefaultBranch,
} from "./default-branch.js";
import { PULL_REQUEST_STATE, type PullRequest, readPullRequest } from "./pull-request-state.js";

/** 100 threads a page: nobody reads more than this on one pull request. */
const MAX_THREAD_PAGES = 10;

/** What else is read with a pull request, in one query. */
export interface Beside {
  readonly blobs?: readonly BlobName[];
  /** Files and folders of the repository. */
  readonly around?: readonly BlobName[];
}

/** `blobs` and `around` answer in the order asked, undefined for none. */
export interface PullRequestAnswer {
  readonly pullRequest: PullRequest;
  readonly defaultBranch: DefaultBranch | undefined;
  readonly configuration: ConfigurationTexts;
  readonly blobs: readonly (Blob | undefined)[];
  readonly around: readonly (Blob | readonly string[] | undefined)[];
}

/** One query: the pull request, what is configured, changed files and what stands around them. */
export async function queryPullRequest(
  client: InstallationClient,
  target: Target,
  { blobs = [], around = [] }: Beside = {},
): Promise<PullRequestAnswer> {
  const { repository, organisation } = await ask(
    client,
    target,
    pullRequestDocument(blobs.length, around.length),
    objectVariables([...blobs, ...around]),
  );
  const first = readPullRequest(repository.pullRequest, client.appId, target.repositoryId);
  return {
    pullRequest: await lookAtHead(client, target, await readMoreThreads(client, target, first)),
    defaultBranch: readDefaultBranch(repository),
    configuration: readConfigurationTexts(repository, organisation),
    blobs: blobs.map((_, index) => readBlob(repository[`f${index}`])),
    around: around.map((_, index) => readObject(repository[`f${blobs.length + index}`])),
  };
}

function pullRequestDocument(blobs: number, around = 0): string {
  const objects = declareObjects(blobs + around);
  return `query($owner: String!, $name: String!, $number: Int!, $app: Int!, $threads: String${objects}) {
  repository(owner: $owner, name: $name) {
    id
    defaultBranchRef { ...DefaultBranch }
    pullRequest(number: $number) { ...PullRequestState }
${selectObjects(blobs, BLOB_FIELDS)}${selectObjects(around, OBJECT_FIELDS, blobs)}  }
  organisation: repository(owner: $owner, name: ".github") {
    defaultBranchRef { ...DefaultBranch }
  }
}${DEFAULT_BRANCH}${PULL_REQUEST_STATE}`;
}

/** Most owners have no `.github` repository, or do not show it to us: that is an answer. */
async function ask(
  client: InstallationClient,
  target: Target,
  document: string,
  more: Readonly<Record<string, string>>,
): Promise<{ readonly repository: Readonly<Record<string, unknown>>; organisation: unknown }> {
  const variables = {
    owner: target.owner,
    name: target.repo,
    number: target.number,
    app: client.appId,
    ...more,
  };
  const answer = record(await client.query(document, variables, ["organisation"]));
  const repository = record(answer?.repository);
  if (repository === undefined) throw new Gone("there is no such repository");
  return { repository, organisation: answer?.organisation };
}

/** Asks for what stands on the head by its name, where the commits of the pull request did not show it. */
async function lookAtHead(
  client: InstallationClient,
  target: Target,
  pullRequest: PullRequest,
): Promise<PullRequest> {
  const { headSha, headSeen, number, posted } = pullRequest;
  if (headSeen) return pullRequest;
  const checks = await readCommitChecks(client, target, headSha);
  const numbers = await readCommitPullRequests(client, target, headSha);
  const siblings = numbers
    .filter((other) => other !== number)
    .map((other) => ({ number: other, baseRef: undefined }));
  return { ...pullRequest, posted: { ...posted, checks }, siblings, headSeen: true };
}

async function readMoreThreads(
  client: InstallationClient,
  target: Target,
  first: PullRequest,
): Promise<PullRequest> {
  const comments = [...first.posted.comments];
  let threads = first.moreThreads;
  for (let page = 1; threads !== undefined && page < MAX_THREAD_PAGES; page++) {
    const { repository } = await ask(client, target, pullRequestDocument(0), { threads });
    const next = readPullRequest(repository.pullRequest, client.appId, target.repositoryId);
    comments.push(...next.posted.comments);
    threads = next.moreThreads;
  }
  const posted = { ...first.posted, comments };
  return { ...first, posted, moreThreads: undefined };
}
