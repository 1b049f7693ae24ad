import type { InstallationClient } from "../client/client.js";
import { Gone } from "../client/errors.js";
import type { Repository } from "../client/target.js";
import { array, integer, record, text } from "../client/untrusted.js";

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

export const BLOB_FIELDS = "... on Blob { oid byteSize isBinary isTruncated text }";
/** Of a file or a folder, whichever it is. */
export const OBJECT_FIELDS = `${BLOB_FIELDS} ... on Tree { entries { name type } }`;
export const BLOBS_PER_QUERY = 60;

/** Blobs alone; answered in the order asked, undefined for none. */
export async function queryBlobs(
  client: InstallationClient,
  target: Repository,
  names: readonly BlobName[],
): Promise<readonly (Blob | undefined)[]> {
  const blobs: (Blob | undefined)[] = [];
  for (let from = 0; from < names.length; from += BLOBS_PER_QUERY) {
    const page = names.slice(from, from + BLOBS_PER_QUERY);
    const repository = await queryRepository(client, target, page, BLOB_FIELDS);
    blobs.push(...page.map((_, index) => readBlob(repository[`f${index}`])));
  }
  return blobs;
}

/** Files and folders in one query, answered in the order asked. */
export async function queryObjects(
  client: InstallationClient,
  target: Repository,
  names: readonly BlobName[],
): Promise<readonly (Blob | readonly string[] | undefined)[]> {
  const repository = await queryRepository(client, target, names, OBJECT_FIELDS);
  return names.map((_, index) => readObject(repository[`f${index}`]));
}

async function queryRepository(
  client: InstallationClient,
  target: Repository,
  names: readonly BlobName[],
  fields: string,
): Promise<Readonly<Record<string, unknown>>> {
  const answer = await client.query(objectsDocument(names.length, fields), {
    owner: target.owner,
    name: target.repo,
    ...objectVariables(names),
  });
  const repository = record(record(answer)?.repository);
  if (repository === undefined) throw new Gone("there is no such repository");
  return repository;
}

function objectsDocument(objects: number, fields: string): string {
  return `query($owner: String!, $name: String!${declareObjects(objects)}) {
  repository(owner: $owner, name: $name) {
    id
${selectObjects(objects, fields)}  }
}`;
}

/** Paths travel as variables: a path is the author's text and never part of a document. */
export function declareObjects(objects: number): string {
  return Array.from({ length: objects }, (_, index) => `, $f${index}: String!`).join("");
}

export function selectObjects(objects: number, fields: string, from = 0): string {
  const lines = Array.from(
    { length: objects },
    (_, index) => `    f${from + index}: object(expression: $f${from + index}) { ${fields} }\n`,
  );
  return lines.join("");
}

export function objectVariables(names: readonly BlobName[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    names.map((name, index) => [`f${index}`, `${name.revision}:${name.path}`]),
  );
}

/** `isBinary` is null for a truncated blob; a directory or a submodule has none of the fields. */
export function readBlob(value: unknown): Blob | undefined {
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

/** A file, or the names in a folder; undefined for what is neither. */
export function readObject(value: unknown): Blob | readonly string[] | undefined {
  return readEntries(value) ?? readBlob(value);
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
