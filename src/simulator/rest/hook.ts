import { type AppRoute, type PlatformCall, readCursor } from "../http/route.js";
import { timestamp } from "../json/shapes.js";
import { notFound } from "../platform/errors.js";
import type { Delivery } from "../platform/webhooks.js";

/** GitHub forgets deliveries after three days. */
const KEPT = 3 * 24 * 3600_000;

const PHRASES: Readonly<Record<number, string>> = { 0: "failed to connect to host", 200: "OK" };

/** The secret is never told. */
function hookConfig({ app }: PlatformCall) {
  if (app.hook === undefined) throw notFound();
  const body = {
    content_type: "json",
    insecure_ssl: "0",
    secret: "********",
    url: app.hook.url,
  };
  return { status: 200, body };
}

function deliveryJson(delivery: Delivery) {
  return {
    id: delivery.id,
    guid: delivery.guid,
    delivered_at: timestamp(delivery.at),
    redelivery: delivery.redelivery,
    duration: Math.round(delivery.milliseconds / 10) / 100,
    status: PHRASES[delivery.status] ?? `Invalid HTTP Response: ${delivery.status}`,
    status_code: delivery.status,
    event: delivery.event,
    action: delivery.action ?? null,
    installation_id: delivery.installationId,
    repository_id: delivery.repositoryId ?? null,
    throttled_at: null,
  };
}

function succeeded(delivery: Delivery): boolean {
  return delivery.status >= 200 && delivery.status < 400;
}

/** Newest first; the link to older ones carries a cursor and no number of pages. */
function listDeliveries(call: PlatformCall) {
  const { platform, app, query } = call;
  const wanted = query.get("status");
  const oldest = Date.now() - KEPT;
  const mine = platform.webhooks.log
    .filter((one) => one.app === app && one.at.getTime() >= oldest)
    .filter((one) => wanted === null || (wanted === "success") === succeeded(one))
    .reverse();
  return readCursor(call, mine, (one) => one.id, deliveryJson);
}

function calledDelivery({ platform, app, at }: PlatformCall): Delivery {
  const id = Number(at.delivery);
  const delivery = platform.webhooks.log.find((one) => one.id === id && one.app === app);
  if (delivery === undefined) throw notFound();
  return delivery;
}

function showDelivery(call: PlatformCall) {
  const delivery = calledDelivery(call);
  const request = { headers: {}, payload: JSON.parse(delivery.body) as unknown };
  const body = { ...deliveryJson(delivery), url: call.app.hook?.url ?? "", request };
  return { status: 200, body };
}

/** Accepted at once; the attempt itself comes later. */
function redeliver(call: PlatformCall) {
  void call.platform.webhooks.redeliver(calledDelivery(call).guid);
  return { status: 202, body: {} };
}

const DELIVERY = "/app/hook/deliveries/{delivery}";

export const HOOK_ROUTES: readonly AppRoute[] = [
  { method: "GET", pattern: "/app/hook/config", handle: hookConfig },
  { method: "GET", pattern: "/app/hook/deliveries", handle: listDeliveries },
  { method: "GET", pattern: DELIVERY, handle: showDelivery },
  { method: "POST", pattern: `${DELIVERY}/attempts`, handle: redeliver },
];
