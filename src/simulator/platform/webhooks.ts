import { createHmac, randomUUID } from "node:crypto";
import type { AppRecord } from "./app-records.js";
import { type Ids, takeId } from "./store.js";

/** An event before it is addressed to an App. */
export interface WebhookMessage {
  readonly event: string;
  readonly payload: Readonly<Record<string, unknown>>;
  /** Only this App hears of it; everyone subscribed when undefined. */
  readonly onlyApp?: number;
}

/** Whom a delivery is for, and what it is about. */
export interface Addressee {
  readonly app: AppRecord;
  readonly installationId: number;
  readonly repositoryId: number | undefined;
}

/** One attempt in the delivery log. A redelivery is another attempt under the same GUID. */
export interface Delivery extends Addressee {
  readonly id: number;
  readonly guid: string;
  readonly event: string;
  readonly action: string | undefined;
  readonly body: string;
  readonly redelivery: boolean;
  readonly at: Date;
  /** HTTP status of the answer; 0 while it is under way or when there was none. */
  status: number;
  milliseconds: number;
}

export interface WebhookSender {
  readonly log: Delivery[];
  send(to: Addressee, event: string, payload: WebhookMessage["payload"]): Promise<Delivery>;
  redeliver(guid: string): Promise<Delivery>;
  /** Resolves when no delivery is under way. */
  settled(): Promise<void>;
}

/** GitHub gives up on an answer after ten seconds and does not try again. */
const TIMEOUT = 10_000;

export function createWebhookSender(ids: Ids): WebhookSender {
  const log: Delivery[] = [];
  const underWay = new Set<Promise<unknown>>();

  async function post(delivery: Delivery): Promise<Delivery> {
    log.push(delivery);
    const { hook } = delivery.app;
    if (hook === undefined || (hook.held && !delivery.redelivery)) return delivery;
    const started = performance.now();
    try {
      const response = await fetch(hook.url, {
        method: "POST",
        headers: webhookHeaders(hook.secret, delivery),
        body: delivery.body,
        signal: AbortSignal.timeout(TIMEOUT),
      });
      await response.arrayBuffer();
      delivery.status = response.status;
    } catch {
      // No answer: the log keeps status 0, as GitHub's shows a failed delivery.
    }
    delivery.milliseconds = performance.now() - started;
    return delivery;
  }

  function track(work: Promise<Delivery>): Promise<Delivery> {
    underWay.add(work);
    return work.finally(() => underWay.delete(work));
  }

  return {
    log,
    send(to, event, payload) {
      const action = payload.action;
      return track(
        post({
          ...to,
          id: takeId({ ids }),
          guid: randomUUID(),
          event,
          action: typeof action === "string" ? action : undefined,
          body: JSON.stringify(payload),
          redelivery: false,
          at: new Date(),
          status: 0,
          milliseconds: 0,
        }),
      );
    },
    redeliver(guid) {
      const first = log.find((delivery) => delivery.guid === guid);
      if (first === undefined) throw new Error(`no delivery ${guid}`);
      const id = takeId({ ids });
      return track(post({ ...first, id, redelivery: true, at: new Date(), status: 0 }));
    },
    async settled() {
      while (underWay.size > 0) await Promise.allSettled([...underWay]);
    },
  };
}

function webhookHeaders(secret: string, delivery: Delivery): Record<string, string> {
  const signature = createHmac("sha256", secret).update(delivery.body).digest("hex");
  return {
    "content-type": "application/json",
    "user-agent": "GitHub-Hookshot/embedded",
    "x-github-delivery": delivery.guid,
    "x-github-event": delivery.event,
    "x-github-hook-id": "1",
    "x-github-hook-installation-target-id": String(delivery.app.id),
    "x-github-hook-installation-target-type": "integration",
    "x-hub-signature-256": `sha256=${signature}`,
  };
}
