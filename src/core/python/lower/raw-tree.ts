import type { Language, Node, TreeCursor } from "web-tree-sitter";

/**
 * A node of the parse tree, copied out of the parser's memory. Comments and line continuations are
 * left out, and so are tokens without a meaning of their own (see `WITH_TOKENS`).
 */
export interface RawNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly children: readonly RawNode[];
  /** An error stands here or below. */
  readonly broken: boolean;
}

/**
 * Levels below the root that are copied. CPython stops at 200 brackets and 100 indents, which are
 * fewer levels than this; only chains of operators can go deeper. It bounds every later recursion.
 */
const DEPTH_LIMIT = 500;

/** In place of a node that is deeper than the limit. */
const TOO_DEEP = "too-deep";
export const ERROR = "ERROR";

/** Kinds whose tokens say something that the named children do not. */
const WITH_TOKENS = new Set([
  "unary_operator",
  "binary_operator",
  "boolean_operator",
  "comparison_operator",
  "augmented_assignment",
  "slice",
  "function_definition",
]);

/** Kinds whose text is all there is to know: their children are not visited. */
const LEAVES = new Set([
  "identifier",
  "integer",
  "float",
  "true",
  "false",
  "none",
  "ellipsis",
  "dotted_name",
  "relative_import",
  "wildcard_import",
  "case_pattern",
  "global_statement",
  "nonlocal_statement",
  "pass_statement",
  "break_statement",
  "continue_statement",
]);

const DROPPED = new Set(["comment", "line_continuation"]);

interface Draft {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly children: Draft[];
  broken: boolean;
}

/** What the ids of a language mean; asking the parser for each node would cost more than the walk. */
interface Kinds {
  readonly names: readonly string[];
  readonly named: readonly boolean[];
}

const KINDS = new WeakMap<Language, Kinds>();

function kindsOf(language: Language): Kinds {
  const known = KINDS.get(language);
  if (known !== undefined) return known;
  const names = language.types;
  const kinds = { names, named: names.map((_, id) => language.nodeTypeIsNamed(id)) };
  KINDS.set(language, kinds);
  return kinds;
}

/** Copies the tree under `root`. Calls into the parser are what it costs, so it makes few for each node. */
export function copyTree(root: Node, text: string): RawNode {
  const cursor = root.walk();
  try {
    return walk(cursor, kindsOf(root.tree.language), text, root.hasError);
  } finally {
    cursor.delete();
  }
}

function walk(cursor: TreeCursor, kinds: Kinds, text: string, hasError: boolean): RawNode {
  const root = openNode(cursor, kinds, cursor.nodeTypeId, hasError);
  const path = [root];
  let parent = root;
  let descend = cursor.gotoFirstChild();
  while (descend) {
    const node = visit(cursor, kinds, parent, hasError);
    const goesDown = node !== undefined && !isLeaf(node, text);
    if (goesDown && path.length < DEPTH_LIMIT && cursor.gotoFirstChild()) {
      path.push(node);
      parent = node;
      continue;
    }
    if (goesDown && path.length >= DEPTH_LIMIT && cursor.gotoFirstChild()) {
      cursor.gotoParent();
      replaceLast(parent, node);
    }
    while (!cursor.gotoNextSibling()) {
      if (!cursor.gotoParent() || path.length === 1) {
        descend = false;
        break;
      }
      const done = path.pop();
      parent = path.at(-1) ?? root;
      if (done?.type === "assignment" && isTorn(done, text)) done.broken = true;
      if (done?.broken) parent.broken = true;
    }
  }
  return root;
}

/** Adds the node under the cursor to its parent; undefined when it was left out or has no children. */
function visit(
  cursor: TreeCursor,
  kinds: Kinds,
  parent: Draft,
  hasError: boolean,
): Draft | undefined {
  const id = cursor.nodeTypeId;
  if (kinds.named[id] === false) {
    if (hasError && cursor.nodeIsMissing) parent.broken = true;
    if (WITH_TOKENS.has(parent.type)) parent.children.push(openNode(cursor, kinds, id, hasError));
    return undefined;
  }
  if (DROPPED.has(kinds.names[id] ?? ERROR)) return undefined;
  const node = openNode(cursor, kinds, id, hasError);
  parent.children.push(node);
  if (node.broken) parent.broken = true;
  return node;
}

function openNode(cursor: TreeCursor, kinds: Kinds, id: number, hasError: boolean): Draft {
  const type = kinds.names[id] ?? ERROR;
  return {
    type,
    start: cursor.startIndex,
    end: cursor.endIndex,
    children: [],
    broken: hasError && (type === ERROR || cursor.nodeIsMissing),
  };
}

/** The grammar takes the next line for the value of `X =`, and CPython does not. */
function isTorn({ children }: Draft, text: string): boolean {
  return children.some((child, index) => {
    const before = children[index - 1];
    return before !== undefined && /(?:^|[^\\\r])\r?\n/.test(text.slice(before.end, child.start));
  });
}

function replaceLast(parent: Draft, node: Draft): void {
  parent.children[parent.children.length - 1] = { ...node, type: TOO_DEEP, broken: true };
  parent.broken = true;
}

function isLeaf(node: Draft, text: string): boolean {
  if (node.type !== "string") return LEAVES.has(node.type) && !node.broken;
  return !node.broken && !/^[a-zA-Z]*[fFtT]/.test(text.slice(node.start, node.start + 2));
}

/** Where an error stands below a node, outermost first; undefined when there is none. */
export function findError(
  node: RawNode,
): { readonly at: number; readonly tooDeep: boolean } | undefined {
  let at = node;
  while (at.broken) {
    if (at.type === ERROR || at.type === TOO_DEEP) {
      return { at: at.start, tooDeep: at.type === TOO_DEEP };
    }
    const inner = at.children.find((child) => child.broken);
    // A missing token leaves no child behind.
    if (inner === undefined) return { at: at.start, tooDeep: false };
    at = inner;
  }
  return undefined;
}
