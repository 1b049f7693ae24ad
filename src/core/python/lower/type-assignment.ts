import type { RawNode } from "./raw-tree.js";

/**
 * The grammar reads `type(self).rate = 1` as the alias statement `type X = ...` whose name happens
 * to start with a bracket. This gives the assignment that CPython sees: the same nodes with a call
 * (or a subscript) of `type` at their left end. Undefined for a real alias.
 */
export function asTypeAssignment(alias: RawNode): RawNode | undefined {
  const [left, right] = alias.children;
  const target = left?.children[0];
  if (target === undefined || right === undefined) return undefined;
  const path: RawNode[] = [];
  let at: RawNode | undefined = target;
  while (at !== undefined && CHAIN.has(at.type)) {
    path.push(at);
    at = at.children[0];
  }
  const called = at === undefined ? undefined : callOfType(alias, at);
  if (called === undefined) return undefined;
  const rebuilt = path.reduceRight<RawNode>(
    (inner, node) => ({
      ...node,
      start: alias.start,
      children: [inner, ...node.children.slice(1)],
    }),
    called,
  );
  // As a right side, `type` would be taken for an annotation.
  return { ...alias, type: "assignment", children: [rebuilt, ...right.children] };
}

const CHAIN = new Set(["attribute", "subscript", "call"]);
const KEYWORD_LENGTH = "type".length;

function callOfType(alias: RawNode, group: RawNode): RawNode | undefined {
  const { start } = alias;
  const name: RawNode = {
    type: "identifier",
    start,
    end: start + KEYWORD_LENGTH,
    children: [],
    broken: false,
  };
  const whole = { start, end: group.end, broken: false };
  if (group.type === "list") {
    return { ...whole, type: "subscript", children: [name, ...group.children] };
  }
  if (group.type !== "parenthesized_expression" && group.type !== "tuple") return undefined;
  return { ...whole, type: "call", children: [name, { ...group, type: "argument_list" }] };
}
