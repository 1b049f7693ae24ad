import type { Argument, Comparison, Dictionary, Expression, Unary } from "../syntax/syntax.js";
import { parseNumber } from "./literals.js";
import { lowerParameters } from "./lower-parameters.js";
import { lowerString } from "./lower-string.js";
import { type Lowering, lowerName, spanOf, textOf } from "./lowering.js";
import type { RawNode } from "./raw-tree.js";

/** A node of the parse tree as an expression; what has no shape of its own becomes `other`. */
export function lowerExpression(node: RawNode, lowering: Lowering): Expression {
  const lower = LOWER[node.type];
  return (lower === undefined ? undefined : lower(node, lowering)) ?? lowerOther(node, lowering);
}

/** Undefined when the node has not the children its kind should have: it is broken. */
type Lower = (node: RawNode, lowering: Lowering) => Expression | undefined;

const LOWER: Readonly<Record<string, Lower>> = {
  identifier: (node, lowering) => lowerName(node, lowering),
  string: (node, lowering) => lowerString([node], node, lowering, lowerExpression),
  concatenated_string: (node, lowering) =>
    lowerString(node.children, node, lowering, lowerExpression),
  integer: lowerNumber,
  float: lowerNumber,
  true: (node, lowering) => ({ kind: "constant", span: spanOf(node, lowering), value: true }),
  false: (node, lowering) => ({ kind: "constant", span: spanOf(node, lowering), value: false }),
  none: (node, lowering) => ({ kind: "constant", span: spanOf(node, lowering), value: null }),
  attribute: lowerAttribute,
  subscript: lowerSubscript,
  generic_type: lowerGenericType,
  call: lowerCall,
  not_operator: lowerNot,
  unary_operator: lowerUnary,
  binary_operator: lowerBinary,
  boolean_operator: lowerBinary,
  comparison_operator: lowerComparison,
  conditional_expression: lowerConditional,
  named_expression: lowerWalrus,
  lambda: lowerLambda,
  await: lowerWrapped("await"),
  list_splat: lowerWrapped("starred"),
  list_splat_pattern: lowerWrapped("starred"),
  list: lowerCollection("list"),
  list_pattern: lowerCollection("list"),
  tuple: lowerCollection("tuple"),
  tuple_pattern: lowerTuplePattern,
  expression_list: lowerCollection("tuple"),
  pattern_list: lowerCollection("tuple"),
  set: lowerCollection("set"),
  dictionary: lowerDictionary,
  parenthesized_expression: lowerOnly,
  parenthesized_list_splat: lowerOnly,
  type: lowerOnly,
  as_pattern_target: lowerOnly,
  slice: lowerSlice,
};

function lowerOther(node: RawNode, lowering: Lowering): Expression {
  return {
    kind: "other",
    span: spanOf(node, lowering),
    type: node.type,
    children: node.children.map((child) => lowerExpression(child, lowering)),
  };
}

function lowerOnly(node: RawNode, lowering: Lowering): Expression | undefined {
  const [inner, more] = node.children;
  return inner === undefined || more !== undefined ? undefined : lowerExpression(inner, lowering);
}

function lowerNumber(node: RawNode, lowering: Lowering): Expression {
  return {
    kind: "number",
    span: spanOf(node, lowering),
    value: parseNumber(textOf(node, lowering)),
  };
}

function lowerAttribute(node: RawNode, lowering: Lowering): Expression | undefined {
  const [object, name, more] = node.children;
  if (object === undefined || name === undefined || more !== undefined) return undefined;
  return {
    kind: "attribute",
    span: spanOf(node, lowering),
    object: lowerExpression(object, lowering),
    name: lowerName(name, lowering).id,
  };
}

function lowerSubscript(node: RawNode, lowering: Lowering): Expression | undefined {
  const [object, ...indices] = node.children;
  if (object === undefined) return undefined;
  return {
    kind: "subscript",
    span: spanOf(node, lowering),
    object: lowerExpression(object, lowering),
    indices: indices.map((index) => lowerExpression(index, lowering)),
  };
}

/** In an annotation the grammar reads `List[int]` as a type; it is a subscript like any other. */
function lowerGenericType(node: RawNode, lowering: Lowering): Expression | undefined {
  const [object, parameters] = node.children;
  if (object === undefined || parameters === undefined) return undefined;
  return {
    kind: "subscript",
    span: spanOf(node, lowering),
    object: lowerExpression(object, lowering),
    indices: parameters.children.map((index) => lowerExpression(index, lowering)),
  };
}

function lowerCall(node: RawNode, lowering: Lowering): Expression | undefined {
  const [callee, list] = node.children;
  if (callee === undefined || list === undefined) return undefined;
  const args =
    list.type === "argument_list"
      ? lowerArguments(list, lowering)
      : [positional(lowerExpression(list, lowering))];
  return {
    kind: "call",
    span: spanOf(node, lowering),
    callee: lowerExpression(callee, lowering),
    args,
  };
}

function positional(value: Expression): Argument {
  return { span: value.span, name: undefined, unpack: undefined, value };
}

/** Of a call or of the bases of a class. */
export function lowerArguments(list: RawNode, lowering: Lowering): readonly Argument[] {
  return list.children.map((child): Argument => {
    const [first, second] = child.children;
    const span = spanOf(child, lowering);
    if (child.type === "keyword_argument" && first !== undefined && second !== undefined) {
      const value = lowerExpression(second, lowering);
      return { span, name: lowerName(first, lowering).id, unpack: undefined, value };
    }
    const unpack =
      child.type === "list_splat" ? "*" : child.type === "dictionary_splat" ? "**" : undefined;
    if (unpack !== undefined && first !== undefined) {
      return { span, name: undefined, unpack, value: lowerExpression(first, lowering) };
    }
    return positional(lowerExpression(child, lowering));
  });
}

function lowerNot(node: RawNode, lowering: Lowering): Expression | undefined {
  const [operand] = node.children;
  if (operand === undefined) return undefined;
  return {
    kind: "unary",
    span: spanOf(node, lowering),
    operator: "not",
    operand: lowerExpression(operand, lowering),
  };
}

const UNARY: Readonly<Record<string, Unary["operator"]>> = { "-": "-", "+": "+", "~": "~" };

function lowerUnary(node: RawNode, lowering: Lowering): Expression | undefined {
  const [token, operand] = node.children;
  const operator = UNARY[token?.type ?? ""];
  if (operator === undefined || operand === undefined) return undefined;
  return {
    kind: "unary",
    span: spanOf(node, lowering),
    operator,
    operand: lowerExpression(operand, lowering),
  };
}

/** Arithmetic and boolean operators alike: left, token, right. */
function lowerBinary(node: RawNode, lowering: Lowering): Expression | undefined {
  const [first, token, second] = node.children;
  if (first === undefined || token === undefined || second === undefined) return undefined;
  const span = spanOf(node, lowering);
  const left = lowerExpression(first, lowering);
  const right = lowerExpression(second, lowering);
  const { type } = token;
  return type === "and" || type === "or"
    ? { kind: "boolean", span, operator: type, left, right }
    : { kind: "binary", span, operator: type, left, right };
}

function lowerComparison(node: RawNode, lowering: Lowering): Comparison {
  const operands = node.children.filter((_, i) => i % 2 === 0);
  const operators = node.children.filter((_, i) => i % 2 === 1);
  return {
    kind: "comparison",
    span: spanOf(node, lowering),
    // Python 2 also wrote `<>`.
    operators: operators.map(({ type }) => (type === "<>" ? "!=" : type)),
    operands: operands.map((operand) => lowerExpression(operand, lowering)),
  };
}

function lowerConditional(node: RawNode, lowering: Lowering): Expression | undefined {
  const [body, test, orelse] = node.children;
  if (body === undefined || test === undefined || orelse === undefined) return undefined;
  return {
    kind: "conditional",
    span: spanOf(node, lowering),
    test: lowerExpression(test, lowering),
    body: lowerExpression(body, lowering),
    orelse: lowerExpression(orelse, lowering),
  };
}

function lowerWalrus(node: RawNode, lowering: Lowering): Expression | undefined {
  const [target, value] = node.children;
  if (target === undefined || value === undefined) return undefined;
  return {
    kind: "walrus",
    span: spanOf(node, lowering),
    target: lowerName(target, lowering),
    value: lowerExpression(value, lowering),
  };
}

function lowerLambda(node: RawNode, lowering: Lowering): Expression | undefined {
  const body = node.children.at(-1);
  if (body === undefined) return undefined;
  const parameters = node.children.find((child) => child.type === "lambda_parameters");
  return {
    kind: "lambda",
    span: spanOf(node, lowering),
    parameters:
      parameters === undefined ? [] : lowerParameters(parameters, lowering, lowerExpression),
    body: lowerExpression(body, lowering),
  };
}

function lowerWrapped(kind: "await" | "starred"): Lower {
  return (node, lowering) => {
    const [value] = node.children;
    if (value === undefined) return undefined;
    const span = spanOf(node, lowering);
    const inner = lowerExpression(value, lowering);
    return kind === "await" ? { kind, span, value: inner } : { kind, span, value: inner };
  };
}

function lowerCollection(kind: "list" | "tuple" | "set"): Lower {
  return (node, lowering) => ({
    kind,
    span: spanOf(node, lowering),
    items: node.children.map((item) => lowerExpression(item, lowering)),
  });
}

/** The grammar reads the parentheses of the target in `(x) = 1` as a tuple, which only a comma makes. */
function lowerTuplePattern(node: RawNode, lowering: Lowering): Expression | undefined {
  const [only, more] = node.children;
  const grouped =
    only !== undefined &&
    more === undefined &&
    !lowering.text.slice(only.end, node.end).includes(",");
  return grouped ? lowerExpression(only, lowering) : lowerCollection("tuple")(node, lowering);
}

function lowerDictionary(node: RawNode, lowering: Lowering): Dictionary {
  return {
    kind: "dictionary",
    span: spanOf(node, lowering),
    entries: node.children.map((entry) => {
      const [first, second] = entry.children;
      if (entry.type === "pair" && first !== undefined && second !== undefined) {
        return { key: lowerExpression(first, lowering), value: lowerExpression(second, lowering) };
      }
      const mapping = entry.type === "dictionary_splat" ? first : entry;
      return { key: undefined, value: lowerExpression(mapping ?? entry, lowering) };
    }),
  };
}

/** A bound that is left out before another is an `other` of type `omitted`: `[:2]` is not `[2:]`. */
function lowerSlice(node: RawNode, lowering: Lowering): Expression {
  const children: Expression[] = [];
  let bound: Expression | undefined;
  for (const child of node.children) {
    if (child.type === ":") {
      children.push(bound ?? omitted(child.start, lowering));
      bound = undefined;
    } else bound = lowerExpression(child, lowering);
  }
  if (bound !== undefined) children.push(bound);
  return { kind: "other", span: spanOf(node, lowering), type: "slice", children };
}

function omitted(at: number, lowering: Lowering): Expression {
  return { kind: "other", span: lowering.lines.span(at, at), type: "omitted", children: [] };
}
