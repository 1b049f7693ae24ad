import { array, at, record, text } from "../github/client/untrusted.js";
import { readInstallation } from "./payload.js";
import type { Work } from "./work.js";

/** Actions of `installation` after which its repositories are ours to look at. */
const COMES = ["created", "unsuspend", "new_permissions_accepted"];

/**
 * Work from an `installation` or `installation_repositories` delivery. What leaves needs none: its
 * jobs meet a GitHub that knows us no longer, and are dropped.
 */
export function workFromInstallation(payload: unknown): Work | undefined {
  const installationId = readInstallation(payload);
  const action = text(at(payload, "action")) ?? "";
  if (installationId === undefined) return undefined;
  if (action !== "added" && !COMES.includes(action)) return undefined;
  const listed = at(payload, action === "added" ? "repositories_added" : "repositories");
  const repositories = array(listed).flatMap((one) => text(record(one)?.node_id) ?? []);
  return { sweep: { installationId, repositories } };
}
