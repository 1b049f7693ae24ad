import { GraphQLError } from "graphql";
import type { Forge } from "../forge.js";
import { permits } from "../permissions.js";
import type { TokenRecord } from "../store.js";

/** Who asks, for every resolver. */
export interface Viewer {
  readonly forge: Forge;
  readonly token: TokenRecord;
}

/** GitHub's GraphQL errors carry a `type` beside the message. */
export function graphqlError(type: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { type } });
}

export function requireAccess(viewer: Viewer, need: string): void {
  if (!permits(viewer.token.permissions, need)) {
    throw graphqlError("FORBIDDEN", "Resource not accessible by integration");
  }
}

export function notResolved(id: string): GraphQLError {
  return graphqlError("NOT_FOUND", `Could not resolve to a node with the global id of '${id}'`);
}
