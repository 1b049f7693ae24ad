export type NodeKind =
  | "R"
  | "PR"
  | "PRR"
  | "PRRC"
  | "PRRT"
  | "IC"
  | "CR"
  | "CS"
  | "A"
  | "I"
  | "U"
  | "C"
  | "B"
  | "REF"
  | "HRFP"
  | "BRC";

/** GitHub's node ids are opaque; these are `<kind>_<base64url of the id>`. */
export function nodeId(kind: NodeKind, id: number | string): string {
  return `${kind}_${Buffer.from(String(id)).toString("base64url")}`;
}

/** The database id in a node id of that kind; undefined for anything else. */
export function readNodeId(kind: NodeKind, node: string): number | undefined {
  const id = Number(readNodeName(kind, node) ?? Number.NaN);
  return Number.isSafeInteger(id) ? id : undefined;
}

/** What a node id of that kind was made of; undefined for anything else. */
export function readNodeName(kind: NodeKind, node: string): string | undefined {
  if (!node.startsWith(`${kind}_`)) return undefined;
  return Buffer.from(node.slice(kind.length + 1), "base64url").toString();
}
