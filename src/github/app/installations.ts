import type { AppClient, InstallationClient, Parameters, RestClient } from "../client/client.js";
import { array, at, integer, record, text } from "../client/untrusted.js";

export interface Installation {
  readonly id: number;
  /** Login of the account that it is on. */
  readonly account: string;
  readonly suspended: boolean;
  /** Names of permissions with `read`, `write` or `admin`. */
  readonly permissions: Parameters;
  readonly events: readonly string[];
}

export interface Repository {
  /** Node id. */
  readonly repositoryId: string;
  readonly owner: string;
  readonly repo: string;
  readonly defaultBranch: string | undefined;
}

const PER_PAGE = 100;
const MAX_PAGES = 100;

export async function listInstallations(app: AppClient): Promise<readonly Installation[]> {
  const entries = await readAll(app, "GET /app/installations", (page) => array(page));
  return entries.flatMap((entry) => {
    const id = integer(record(entry)?.id);
    if (id === undefined) return [];
    return [
      {
        id,
        account: text(at(entry, "account", "login")) ?? "",
        suspended: text(record(entry)?.suspended_at) !== undefined,
        permissions: record(record(entry)?.permissions) ?? {},
        events: array(record(entry)?.events).flatMap((event) => text(event) ?? []),
      },
    ];
  });
}

/** What the installation may see and what can change: nothing happens in an archived repository. */
export async function listRepositories(client: InstallationClient): Promise<readonly Repository[]> {
  const entries = await readAll(client, "GET /installation/repositories", (page) =>
    array(record(page)?.repositories),
  );
  return entries
    .filter((entry) => record(entry)?.archived !== true && record(entry)?.disabled !== true)
    .flatMap((entry) => readRepository(entry) ?? []);
}

/** A repository as lists and deliveries name it. */
function readRepository(entry: unknown): Repository | undefined {
  const repositoryId = text(record(entry)?.node_id);
  const [owner, repo, ...rest] = (text(record(entry)?.full_name) ?? "").split("/");
  if (repositoryId === undefined || !isSegment(owner) || !isSegment(repo) || rest.length > 0) {
    return undefined;
  }
  return { repositoryId, owner, repo, defaultBranch: text(record(entry)?.default_branch) };
}

/** One segment of a path that stays one. */
function isSegment(name: string | undefined): name is string {
  return name !== undefined && /^(?!\.{1,2}$)[\w.-]{1,100}$/.test(name);
}

async function readAll(
  client: RestClient,
  route: string,
  items: (page: unknown) => readonly unknown[],
): Promise<readonly unknown[]> {
  const all: unknown[] = [];
  let next: Parameters | undefined = { per_page: PER_PAGE };
  for (let page = 1; next !== undefined && page <= MAX_PAGES; page++) {
    const answer = await client.readPage(route, next);
    all.push(...items(answer.items));
    next = answer.next;
  }
  return all;
}
