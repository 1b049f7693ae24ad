import type { InstallationClient } from "./client.js";
import { Gone } from "./errors.js";
import { PULL_REQUEST_STATE, type PullRequest, readPullRequest } from "./pull-request-state.js";
import type { Target } from "./target.js";
import { array, at, integer, record, text } from "./untrusted.js";

/** A blob as GitHub shows it. */
export interface Blob {
  readonly byteSize: number;
  readonly binary: boolean;
  readonly truncated: boolean;
  /** Undefined for binary and truncated blobs. */
  readonly text: string | undefined;
}

/** A commit (or any revision that GitHub resolves) and a path in it. */
export interface BlobName {
  readonly revision: string;
  readonly path: string;
}

const BLOB_FIELDS = "... on Blob { oid byteSize isBinary isTruncated text }";
const TREE_FIELDS = "... on Tree { entries { name type } }";
export const BLOBS_PER_QUERY = 60;
/** 100 threads a page: nobody reads more than this on one pull request. */
const MAX_THREAD_PAGES = 10;

/**
 * One query: the pull request, and blobs and folders beside it. `blobs` and `folders` answer in the
 * order asked, undefined for none.
 */
export async function queryPullRequest(
  client: InstallationClient,
  target: Target,
  names: readonly BlobName[] = [],
  folders: readonly BlobName[] = [],
): Promise<{
  readonly pullRequest: PullRequest;
  readonly blobs: readonly (Blob | undefined)[];
  readonly folders: readonly (readonly string[] | undefined)[];
}> {
  const answer = await client.query(pullRequestDocument(names.length, folders.length), {
    owner: target.owner,
    name: target.repo,
    number: target.number,
    ...blobVariables([...names, ...folders]),
  });
  const repository = record(record(answer)?.repository);
  if (repository === undefined) throw new Gone("there is no such repository");
  const first = readPullRequest(repository.pullRequest, client.appId);
  return {
    pullRequest: await readMoreThreads(client, target, first),
    blobs: names.map((_, index) => readBlob(repository[`f${index}`])),
    folders: folders.map((_, index) => readEntries(repository[`f${names.length + index}`])),
  };
}

/** Blobs alone. */
export async function queryBlobs(
  client: InstallationClient,
  target: Target,
  names: readonly BlobName[],
): Promise<readonly (Blob | undefined)[]> {
  const blobs: (Blob | undefined)[] = [];
  for (let from = 0; from < names.length; from += BLOBS_PER_QUERY) {
    const page = names.slice(from, from + BLOBS_PER_QUERY);
    const answer = await client.query(blobsDocument(page.length), {
      owner: target.owner,
      name: target.repo,
      ...blobVariables(page),
    });
    const repository = record(record(answer)?.repository);
    if (repository === undefined) throw new Gone("there is no such repository");
    blobs.push(...page.map((_, index) => readBlob(repository[`f${index}`])));
  }
  return blobs;
}

export function pullRequestDocument(blobs: number, folders = 0): string {
  const objects = declared(blobs + folders);
  return `query($owner: String!, $name: String!, $number: Int!, $threads: String${objects}) {
  repository(owner: $owner, name: $name) {
    id
    pullRequest(number: $number) { ...PullRequestState }
${selected(blobs)}${selected(folders, TREE_FIELDS, blobs)}  }
}${PULL_REQUEST_STATE}`;
}

export function blobsDocument(blobs: number): string {
  return `query($owner: String!, $name: String!${declared(blobs)}) {
  repository(owner: $owner, name: $name) {
    id
${selected(blobs)}  }
}`;
}

/** Files and folders in one query, answered in the order asked. */
export async function queryObjects(
  client: InstallationClient,
  target: Target,
  names: readonly BlobName[],
): Promise<readonly (Blob | readonly string[] | undefined)[]> {
  const answer = await client.query(objectsDocument(names.length), {
    owner: target.owner,
    name: target.repo,
    ...blobVariables(names),
  });
  const repository = record(record(answer)?.repository);
  if (repository === undefined) throw new Gone("there is no such repository");
  return names.map((_, index) => {
    const object = repository[`f${index}`];
    return readEntries(object) ?? readBlob(object);
  });
}

export function objectsDocument(objects: number): string {
  return `query($owner: String!, $name: String!${declared(objects)}) {
  repository(owner: $owner, name: $name) {
    id
${selected(objects, `${BLOB_FIELDS} ${TREE_FIELDS}`)}  }
}`;
}

/** Paths travel as variables: a path is the author's text and never part of a document. */
function declared(blobs: number): string {
  return Array.from({ length: blobs }, (_, index) => `, $f${index}: String!`).join("");
}

function selected(objects: number, fields = BLOB_FIELDS, from = 0): string {
  const lines = Array.from(
    { length: objects },
    (_, index) => `    f${from + index}: object(expression: $f${from + index}) { ${fields} }\n`,
  );
  return lines.join("");
}

function blobVariables(names: readonly BlobName[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    names.map((name, index) => [`f${index}`, `${name.revision}:${name.path}`]),
  );
}

/** `isBinary` is null for a truncated blob; a directory or a submodule has none of the fields. */
function readBlob(value: unknown): Blob | undefined {
  const node = record(value);
  const byteSize = integer(node?.byteSize);
  if (node === undefined || byteSize === undefined) return undefined;
  return {
    byteSize,
    binary: node.isBinary === true,
    truncated: node.isTruncated === true,
    text: text(node.text),
  };
}

/** Names in a folder, those of folders with a slash behind; undefined for what is none. */
function readEntries(value: unknown): readonly string[] | undefined {
  const entries = record(value)?.entries;
  if (!Array.isArray(entries)) return undefined;
  return array(entries).flatMap((entry) => {
    const name = text(record(entry)?.name);
    if (name === undefined) return [];
    return [record(entry)?.type === "tree" ? `${name}/` : name];
  });
}

async function readMoreThreads(
  client: InstallationClient,
  target: Target,
  first: PullRequest,
): Promise<PullRequest> {
  const comments = [...first.posted.comments];
  let threads = first.moreThreads;
  for (let page = 1; threads !== undefined && page < MAX_THREAD_PAGES; page++) {
    const answer = await client.query(pullRequestDocument(0), {
      owner: target.owner,
      name: target.repo,
      number: target.number,
      threads,
    });
    const next = readPullRequest(at(answer, "repository", "pullRequest"), client.appId);
    comments.push(...next.posted.comments);
    threads = next.moreThreads;
  }
  return { ...first, posted: { ...first.posted, comments }, moreThreads: undefined };
}
