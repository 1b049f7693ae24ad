import { GraphQLError } from "graphql";
import { permits } from "../apps/permissions.js";
import type { AppRecord, TokenRecord } from "../platform/app-records.js";
import type { Forge } from "../platform/forge.js";
import type { Platform } from "../platform/platform.js";

/** Who asks. */
export interface Caller {
  readonly platform: Platform;
  readonly token: TokenRecord;
  readonly app: AppRecord;
}

/** Who asks, inside of one repository. */
export interface Viewer extends Caller {
  readonly forge: Forge;
}

/** The repositories that the caller may see, each as its resolvers want it. */
export function viewersOf(caller: Caller): readonly Viewer[] {
  return caller.platform.forges
    .filter(({ store }) => caller.token.sees(store.id))
    .map((forge) => ({ ...caller, forge }));
}

/** GitHub's GraphQL errors carry a `type` beside the message. */
export function graphqlError(type: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { type } });
}

export function requireAccess(viewer: Caller, need: string): void {
  if (!permits(viewer.token.permissions, need)) {
    throw graphqlError("FORBIDDEN", "Resource not accessible by integration");
  }
}

export function notResolved(id: string): GraphQLError {
  return graphqlError("NOT_FOUND", `Could not resolve to a node with the global id of '${id}'`);
}
