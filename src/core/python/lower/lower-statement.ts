import type { Span } from "../../model/source.js";
import type {
  ClassDefinition,
  Expression,
  FunctionDefinition,
  Statement,
  Try,
  With,
} from "../syntax/syntax.js";
import { lowerArguments, lowerExpression } from "./lower-expression.js";
import { lowerParameters } from "./lower-parameters.js";
import { lowerSimple } from "./lower-simple.js";
import { type Lowering, lowerName, spanOf } from "./lowering.js";
import { ERROR, type RawNode } from "./raw-tree.js";

/** The statements of a block or a module, in order. */
export function lowerStatements(
  nodes: readonly RawNode[],
  lowering: Lowering,
): readonly Statement[] {
  return nodes.map((node) => lowerStatement(node, lowering));
}

function lowerStatement(node: RawNode, lowering: Lowering): Statement {
  const compound = COMPOUND[node.type];
  if (compound !== undefined) return compound(node, lowering) ?? broken(node, lowering);
  // An error inside a simple statement may have turned it into another one.
  if (node.broken) return broken(node, lowering);
  return lowerSimple(node, lowering) ?? broken(node, lowering);
}

function broken(node: RawNode, lowering: Lowering): Statement {
  return { kind: "broken", span: spanOf(node, lowering) };
}

/** Undefined when the node has not the children its kind should have: it is broken. */
type Lower = (node: RawNode, lowering: Lowering) => Statement | undefined;

const COMPOUND: Readonly<Record<string, Lower>> = {
  if_statement: lowerIf,
  for_statement: lowerLoop("for"),
  while_statement: lowerLoop("while"),
  try_statement: lowerTry,
  with_statement: lowerWith,
  match_statement: lowerMatch,
  function_definition: (node, lowering) => lowerFunction(node, node, [], lowering),
  class_definition: (node, lowering) => lowerClass(node, node, [], lowering),
  decorated_definition: lowerDecorated,
};

function lowerOptional(node: RawNode | undefined, lowering: Lowering): Expression | undefined {
  return node === undefined ? undefined : lowerExpression(node, lowering);
}

/** From the first token to the end of the last statement inside: comments behind it do not count. */
function spanTo(
  node: RawNode,
  blocks: readonly (readonly Statement[])[],
  lowering: Lowering,
): Span {
  const last = blocks.flat().at(-1);
  return lowering.lines.span(node.start, last === undefined ? node.end : last.span.end);
}

/** The statements of the block that can be reached: what stands behind a `return` never runs. */
function bodyOf(node: RawNode | undefined, lowering: Lowering): readonly Statement[] {
  const block = node?.children.findLast((child) => child.type === "block");
  if (block === undefined) return [];
  const left = block.children.findIndex((one) => LEAVING.has(one.type) && !one.broken);
  return lowerStatements(
    left === -1 ? block.children : block.children.slice(0, left + 1),
    lowering,
  );
}

const LEAVING: ReadonlySet<string> = new Set([
  "return_statement",
  "raise_statement",
  "break_statement",
  "continue_statement",
]);

function clause(node: RawNode, type: string): RawNode | undefined {
  return node.children.find((child) => child.type === type);
}

function clauseBody(
  node: RawNode,
  type: string,
  lowering: Lowering,
): readonly Statement[] | undefined {
  const found = clause(node, type);
  return found === undefined ? undefined : bodyOf(found, lowering);
}

/** What stands before the block, without what the grammar could not read. */
function headerOf(node: RawNode): readonly RawNode[] {
  const block = node.children.findIndex((child) => child.type === "block");
  const header = block === -1 ? node.children : node.children.slice(0, block);
  return header.filter((child) => child.type !== ERROR);
}

function lowerIf(node: RawNode, lowering: Lowering): Statement | undefined {
  const clauses = [node, ...node.children.filter((child) => child.type === "elif_clause")];
  const branches = clauses.flatMap((one) => {
    const [test] = headerOf(one);
    if (test === undefined) return [];
    return [{ test: lowerExpression(test, lowering), body: bodyOf(one, lowering) }];
  });
  if (branches.length !== clauses.length) return undefined;
  const orelse = clauseBody(node, "else_clause", lowering);
  const blocks = [...branches.map(({ body }) => body), orelse ?? []];
  return { kind: "if", span: spanTo(node, blocks, lowering), branches, orelse };
}

function lowerLoop(kind: "for" | "while"): Lower {
  return (node, lowering) => {
    const header = headerOf(node);
    const subject = header.at(-1);
    const target = kind === "for" ? header[0] : undefined;
    if (subject === undefined || (kind === "for" && header.length < 2)) return undefined;
    const body = bodyOf(node, lowering);
    const orelse = clauseBody(node, "else_clause", lowering);
    return {
      kind,
      span: spanTo(node, [body, orelse ?? []], lowering),
      target: lowerOptional(target, lowering),
      subject: lowerExpression(subject, lowering),
      body,
      orelse,
    };
  };
}

function lowerTry(node: RawNode, lowering: Lowering): Try {
  const body = bodyOf(node, lowering);
  const handlers = node.children
    .filter((child) => child.type === "except_clause")
    .map((handler) => ({
      type: handlerType(handler, lowering),
      body: bodyOf(handler, lowering),
    }));
  const orelse = clauseBody(node, "else_clause", lowering);
  const final = clauseBody(node, "finally_clause", lowering);
  const blocks = [body, ...handlers.map((handler) => handler.body), orelse ?? [], final ?? []];
  return { kind: "try", span: spanTo(node, blocks, lowering), body, handlers, orelse, final };
}

/** Python 2's `except A, e` looks like Python 3.14's `except A, B`: both are read as a tuple. */
function handlerType(handler: RawNode, lowering: Lowering): Expression | undefined {
  const header = headerOf(handler);
  const [first, last] = [header[0], header.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  if (first.type === "as_pattern") return lowerOptional(first.children[0], lowering);
  const isAlias =
    header.length === 2 && /\bas\s*$/.test(lowering.text.slice(first.end, last.start));
  if (header.length === 1 || isAlias) return lowerExpression(first, lowering);
  return {
    kind: "tuple",
    span: lowering.lines.span(first.start, last.end),
    items: header.map((type) => lowerExpression(type, lowering)),
  };
}

function lowerWith(node: RawNode, lowering: Lowering): With {
  const items = clause(node, "with_clause")?.children ?? [];
  const values = items.flatMap((item) => {
    const value = item.children[0];
    if (value === undefined) return [];
    const isGroup = value.type === "tuple" || value.type === "parenthesized_expression";
    const grouped = isGroup && value.children.some((child) => child.type === "as_pattern");
    return grouped ? value.children : [value];
  });
  const body = bodyOf(node, lowering);
  return {
    kind: "with",
    span: spanTo(node, [body], lowering),
    items: values.map((value) => {
      const [context, target] = value.type === "as_pattern" ? value.children : [value];
      return {
        context: lowerExpression(context ?? value, lowering),
        target: lowerOptional(target, lowering),
      };
    }),
    body,
  };
}

function lowerMatch(node: RawNode, lowering: Lowering): Statement | undefined {
  const [subject, ...more] = headerOf(node);
  if (subject === undefined) return undefined;
  const first = lowerExpression(subject, lowering);
  const block = clause(node, "block");
  const cases = (block?.children ?? [])
    .filter((child) => child.type === "case_clause")
    .map((one) => ({ pattern: patternOf(one, lowering), body: bodyOf(one, lowering) }));
  const blocks = cases.map(({ body }) => body);
  return {
    kind: "match",
    span: spanTo(node, blocks, lowering),
    subject:
      more.length === 0
        ? first
        : {
            kind: "tuple",
            span: lowering.lines.span(subject.start, more.at(-1)?.end ?? subject.end),
            items: [first, ...more.map((one) => lowerExpression(one, lowering))],
          },
    cases,
  };
}

/** Source text of the patterns and the guard, on one line. */
function patternOf(node: RawNode, lowering: Lowering): string {
  const header = headerOf(node);
  const [first, last] = [header[0], header.at(-1)];
  if (first === undefined || last === undefined) return "";
  return lowering.text.slice(first.start, last.end).replace(/\s+/g, " ");
}

function lowerDecorated(node: RawNode, lowering: Lowering): Statement | undefined {
  const definition = node.children.at(-1);
  const decorators = node.children
    .filter((child) => child.type === "decorator")
    .flatMap((decorator) => decorator.children.slice(0, 1))
    .map((expression) => lowerExpression(expression, lowering));
  if (definition?.type === "function_definition") {
    return lowerFunction(definition, node, decorators, lowering);
  }
  if (definition?.type === "class_definition") {
    return lowerClass(definition, node, decorators, lowering);
  }
  return undefined;
}

/** `whole` is the node with the decorators: they belong to the span. */
function lowerFunction(
  node: RawNode,
  whole: RawNode,
  decorators: readonly Expression[],
  lowering: Lowering,
): FunctionDefinition | undefined {
  const name = clause(node, "identifier");
  if (name === undefined) return undefined;
  const parameters = clause(node, "parameters");
  const body = bodyOf(node, lowering);
  return {
    kind: "function",
    span: spanTo(whole, [body], lowering),
    name: lowerName(name, lowering).id,
    async: node.children[0]?.type === "async",
    decorators,
    parameters:
      parameters === undefined ? [] : lowerParameters(parameters, lowering, lowerExpression),
    returns: lowerOptional(clause(node, "type"), lowering),
    body,
  };
}

function lowerClass(
  node: RawNode,
  whole: RawNode,
  decorators: readonly Expression[],
  lowering: Lowering,
): ClassDefinition | undefined {
  const name = clause(node, "identifier");
  if (name === undefined) return undefined;
  const bases = clause(node, "argument_list");
  const body = bodyOf(node, lowering);
  return {
    kind: "class",
    span: spanTo(whole, [body], lowering),
    name: lowerName(name, lowering).id,
    decorators,
    bases: bases === undefined ? [] : lowerArguments(bases, lowering),
    body,
  };
}
