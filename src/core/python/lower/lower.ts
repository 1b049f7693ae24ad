import type { Node } from "web-tree-sitter";
import type { Statement } from "../syntax/syntax.js";
import { lowerStatements } from "./lower-statement.js";
import type { Lowering } from "./lowering.js";
import { copyTree, findError } from "./raw-tree.js";

/** Where something was not read. */
export interface Unread {
  /** Offset into the text. */
  readonly at: number;
  /** Nested beyond what is looked at, rather than not Python. */
  readonly tooDeep: boolean;
}

export interface LoweredModule {
  readonly statements: readonly Statement[];
  /** The first unread place of each top-level node that has one, in order. */
  readonly unread: readonly Unread[];
}

/** The syntax of a parsed module, or of the pieces of one, as data. */
export function lowerModule(root: Node, lowering: Lowering): LoweredModule {
  const tree = copyTree(root, lowering.text);
  const unread = tree.type === "module" ? tree.children.map(findError) : [findError(tree)];
  return {
    statements: lowerStatements(tree.type === "module" ? tree.children : [tree], lowering),
    unread: unread.filter((error) => error !== undefined),
  };
}
