import type { AppClient, Parameters } from "../client/client.js";
import { array, integer, record, text } from "../client/untrusted.js";

/** One attempt at a delivery; another attempt has another id and the same GUID. */
export interface Attempt {
  readonly id: number;
  readonly guid: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** HTTP status of the answer; 0 for none. */
  readonly status: number;
}

/** What GitHub tried to deliver since then, newest first; `complete` unless there was more to read. */
export async function listAttempts(
  app: AppClient,
  since: number,
  maxPages: number,
): Promise<{ readonly attempts: readonly Attempt[]; readonly complete: boolean }> {
  const attempts: Attempt[] = [];
  let next: Parameters | undefined = { per_page: 100 };
  for (let page = 1; next !== undefined; page++) {
    if (page > maxPages) return { attempts, complete: false };
    const answer = await app.readPage("GET /app/hook/deliveries", next);
    const read = array(answer.items).flatMap((entry) => readAttempt(entry) ?? []);
    attempts.push(...read.filter((attempt) => attempt.at >= since));
    next = read.some((attempt) => attempt.at < since) ? undefined : answer.next;
  }
  return { attempts, complete: true };
}

/** GitHub takes it and tries later. */
export async function redeliver(app: AppClient, id: number): Promise<void> {
  await app.write("POST /app/hook/deliveries/{delivery_id}/attempts", { delivery_id: id });
}

/** Undefined for one that has no answer yet, and for one that makes no sense. */
function readAttempt(entry: unknown): Attempt | undefined {
  const fields = record(entry);
  const id = integer(fields?.id);
  const guid = text(fields?.guid);
  const at = Date.parse(text(fields?.delivered_at) ?? "");
  const status = integer(fields?.status_code);
  if (id === undefined || guid === undefined || status === undefined || Number.isNaN(at)) {
    return undefined;
  }
  return { id, guid, at, status };
}

/** As GitHub counts: a redirect is no success, since it is not followed. */
export function isDelivered({ status }: Attempt): boolean {
  return status >= 200 && status < 300;
}
