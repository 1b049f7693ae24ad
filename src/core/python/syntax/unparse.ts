import type { Argument, Expression, Parameter, StringLiteral } from "./syntax.js";

/** How tightly an expression binds; an operand that binds less tightly is put in parentheses. */
const ATOM = 20;
const BINARY: Readonly<Record<string, number>> = {
  "|": 8,
  "^": 9,
  "&": 10,
  "<<": 11,
  ">>": 11,
  "+": 12,
  "-": 12,
  "**": 15,
};

function binding(expression: Expression): number {
  switch (expression.kind) {
    case "walrus":
      return 1;
    case "lambda":
      return 2;
    case "conditional":
      return 3;
    case "boolean":
      return expression.operator === "or" ? 4 : 5;
    case "unary":
      return expression.operator === "not" ? 6 : 14;
    case "comparison":
      return 7;
    case "binary":
      return BINARY[expression.operator] ?? 13;
    case "await":
      return 16;
    default:
      return ATOM;
  }
}

/**
 * One line of text that is the same for every way to lay out, quote or parenthesise the same
 * expression. Made to be compared, not to be run: what has no shape of its own is written as
 * `<type children>`.
 */
export function unparse(expression: Expression): string {
  switch (expression.kind) {
    case "name":
      return expression.id;
    case "string":
      return unparseString(expression);
    case "number":
      return expression.value === undefined ? "<number>" : String(expression.value);
    case "constant":
      return expression.value === null ? "None" : expression.value ? "True" : "False";
    case "attribute":
      return `${operand(expression.object, ATOM)}.${expression.name}`;
    case "subscript":
      return `${operand(expression.object, ATOM)}[${list(expression.indices)}]`;
    case "call":
      return `${operand(expression.callee, ATOM)}(${expression.args.map(unparseArgument).join(", ")})`;
    case "dictionary":
      return `{${expression.entries
        .map(({ key, value }) =>
          key === undefined ? `**${unparse(value)}` : `${unparse(key)}: ${unparse(value)}`,
        )
        .join(", ")}}`;
    case "list":
      return `[${list(expression.items)}]`;
    case "set":
      return `{${list(expression.items)}}`;
    case "tuple":
      return expression.items.length === 1
        ? `(${list(expression.items)},)`
        : `(${list(expression.items)})`;
    case "other":
      return unparseOther(expression.type, expression.children);
    default:
      return unparseOperation(expression);
  }
}

type Operation = Extract<
  Expression,
  {
    kind:
      | "unary"
      | "binary"
      | "boolean"
      | "comparison"
      | "conditional"
      | "lambda"
      | "await"
      | "walrus"
      | "starred";
  }
>;

function unparseOperation(expression: Operation): string {
  const own = binding(expression);
  switch (expression.kind) {
    case "unary":
      return expression.operator === "not"
        ? `not ${operand(expression.operand, own)}`
        : `${expression.operator}${operand(expression.operand, own)}`;
    case "binary":
    case "boolean":
      return `${operand(expression.left, own)} ${expression.operator} ${operand(expression.right, own + 1)}`;
    case "comparison":
      return expression.operands
        .map((one, i) => {
          const text = operand(one, own + 1);
          return i === 0 ? text : `${expression.operators[i - 1] ?? ""} ${text}`;
        })
        .join(" ");
    case "conditional":
      return `${operand(expression.body, own + 1)} if ${operand(expression.test, own + 1)} else ${operand(expression.orelse, own)}`;
    case "lambda":
      return `lambda ${expression.parameters.map(unparseParameter).join(", ")}: ${operand(expression.body, own)}`;
    case "await":
      return `await ${operand(expression.value, ATOM)}`;
    case "walrus":
      return `${expression.target.id} := ${operand(expression.value, own + 1)}`;
    case "starred":
      return `*${operand(expression.value, own)}`;
  }
}

function operand(expression: Expression, atLeast: number): string {
  const text = unparse(expression);
  return binding(expression) < Math.min(atLeast, ATOM) ? `(${text})` : text;
}

function list(expressions: readonly Expression[]): string {
  return expressions.map(unparse).join(", ");
}

function unparseArgument(argument: Argument): string {
  const value = unparse(argument.value);
  if (argument.unpack !== undefined) return `${argument.unpack}${value}`;
  return argument.name === undefined ? value : `${argument.name}=${value}`;
}

function unparseParameter(parameter: Parameter): string {
  const name = `${parameter.unpack ?? ""}${parameter.name}`;
  return parameter.default === undefined ? name : `${name}=${unparse(parameter.default)}`;
}

function unparseString(literal: StringLiteral): string {
  const prefix = literal.bytes ? "b" : "";
  if (literal.parts.every((part) => typeof part === "string")) {
    return prefix + JSON.stringify(literal.parts.join(""));
  }
  const parts = literal.parts.map((part) =>
    typeof part === "string" ? JSON.stringify(part).slice(1, -1) : `{${unparse(part)}}`,
  );
  return `f"${parts.join("")}"`;
}

function unparseOther(type: string, children: readonly Expression[]): string {
  if (type === "omitted") return "";
  if (type === "slice") return children.map(unparse).join(":");
  return children.length === 0 ? `<${type}>` : `<${type} ${list(children)}>`;
}
