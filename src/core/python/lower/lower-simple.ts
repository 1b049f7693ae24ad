import type { Span } from "../../model/source.js";
import type { Assignment, Expression, Statement } from "../syntax/syntax.js";
import { lowerExpression } from "./lower-expression.js";
import { lowerImport, lowerImportFrom } from "./lower-import.js";
import { type Lowering, spanOf } from "./lowering.js";
import type { RawNode } from "./raw-tree.js";
import { asTypeAssignment } from "./type-assignment.js";

/** Undefined when the node has not the children its kind should have: it is broken. */
type Lower = (node: RawNode, lowering: Lowering) => Statement | undefined;

/** A statement without blocks; undefined when it is none that is known. */
export function lowerSimple(node: RawNode, lowering: Lowering): Statement | undefined {
  const lower = SIMPLE[node.type];
  return lower === undefined ? undefined : lower(node, lowering);
}

const SIMPLE: Readonly<Record<string, Lower>> = {
  expression_statement: lowerExpressionStatement,
  print_statement: lowerWholeStatement,
  exec_statement: lowerWholeStatement,
  type_alias_statement: lowerTypeAlias,
  return_statement: (node, lowering) => ({
    kind: "return",
    span: spanOf(node, lowering),
    value: lowerOptional(node.children[0], lowering),
  }),
  raise_statement: (node, lowering) => ({
    kind: "raise",
    span: spanOf(node, lowering),
    value: lowerOptional(node.children[0], lowering),
  }),
  delete_statement: lowerDelete,
  assert_statement: lowerAssert,
  pass_statement: (node, lowering) => ({ kind: "pass", span: spanOf(node, lowering) }),
  break_statement: (node, lowering) => ({ kind: "break", span: spanOf(node, lowering) }),
  continue_statement: (node, lowering) => ({ kind: "continue", span: spanOf(node, lowering) }),
  global_statement: (node, lowering) => ({ kind: "scope", span: spanOf(node, lowering) }),
  nonlocal_statement: (node, lowering) => ({ kind: "scope", span: spanOf(node, lowering) }),
  import_statement: lowerImport,
  import_from_statement: lowerImportFrom,
  future_import_statement: lowerImportFrom,
};

function lowerOptional(node: RawNode | undefined, lowering: Lowering): Expression | undefined {
  return node === undefined ? undefined : lowerExpression(node, lowering);
}

function lowerExpressionStatement(node: RawNode, lowering: Lowering): Statement | undefined {
  const [first, second] = node.children;
  const span = spanOf(node, lowering);
  if (first === undefined) return undefined;
  if (first.type === "assignment") return lowerAssignment(first, span, lowering);
  if (first.type === "augmented_assignment") return lowerAugmented(first, span, lowering);
  const isTuple = second !== undefined || lowering.text[node.end - 1] === ",";
  if (!isTuple) return { kind: "expression", span, value: lowerExpression(first, lowering) };
  const items = node.children.map((item) => lowerExpression(item, lowering));
  return { kind: "expression", span, value: { kind: "tuple", span, items } };
}

function lowerTypeAlias(node: RawNode, lowering: Lowering): Statement | undefined {
  const assignment = asTypeAssignment(node);
  return assignment === undefined
    ? lowerWholeStatement(node, lowering)
    : lowerAssignment(assignment, spanOf(node, lowering), lowering);
}

/** Python 2's `print` and `exec`, and `type X = ...`: an expression of that name. */
function lowerWholeStatement(node: RawNode, lowering: Lowering): Statement {
  const span = spanOf(node, lowering);
  return {
    kind: "expression",
    span,
    value: {
      kind: "other",
      span,
      type: node.type,
      children: node.children.map((child) => lowerExpression(child, lowering)),
    },
  };
}

function lowerAssignment(node: RawNode, span: Span, lowering: Lowering): Assignment | undefined {
  const targets: Expression[] = [];
  let annotation: Expression | undefined;
  let at: RawNode | undefined = node;
  while (at?.type === "assignment") {
    const [left, ...rest]: readonly RawNode[] = at.children;
    if (left === undefined) return undefined;
    targets.push(lowerExpression(left, lowering));
    const type = rest.find((child) => child.type === "type");
    if (type !== undefined) annotation = lowerExpression(type, lowering);
    at = rest.find((child) => child.type !== "type");
  }
  const value = at === undefined ? undefined : lowerExpression(at, lowering);
  return { kind: "assignment", span, targets, annotation, value };
}

function lowerAugmented(node: RawNode, span: Span, lowering: Lowering): Statement | undefined {
  const [target, token, value] = node.children;
  if (target === undefined || token === undefined || value === undefined) return undefined;
  return {
    kind: "augmented-assignment",
    span,
    target: lowerExpression(target, lowering),
    operator: token.type,
    value: lowerExpression(value, lowering),
  };
}

function lowerDelete(node: RawNode, lowering: Lowering): Statement {
  const targets = node.children.map((child) => lowerExpression(child, lowering));
  return {
    kind: "delete",
    span: spanOf(node, lowering),
    targets: targets.flatMap((target) => (target.kind === "tuple" ? target.items : [target])),
  };
}

function lowerAssert(node: RawNode, lowering: Lowering): Statement | undefined {
  const [test] = node.children;
  if (test === undefined) return undefined;
  return { kind: "assert", span: spanOf(node, lowering), test: lowerExpression(test, lowering) };
}
