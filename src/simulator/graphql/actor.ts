import { nodeId } from "../platform/node-id.js";
import type { Author } from "../platform/store.js";

export function actorNode(author: Author): object {
  return {
    __typename: author.type === "Bot" ? "Bot" : "User",
    id: nodeId("U", author.login),
    // GraphQL leaves out the `[bot]` that REST shows.
    login: author.login.replace(/\[bot\]$/, ""),
  };
}
