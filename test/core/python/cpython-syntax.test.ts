import { beforeAll, describe, expect, it } from "vitest";
import { lowerModule } from "../../../src/core/python/lower/lower.js";
import type { ParsePython } from "../../../src/core/python/parser.js";
import type { Expression, Parameter, Statement } from "../../../src/core/python/syntax/syntax.js";
import {
  expressionsOf,
  walkExpressions,
  walkStatements,
} from "../../../src/core/python/syntax/walk.js";
import { createLineTable } from "../../../src/core/python/text/lines.js";
import { preflight } from "../../../src/core/python/text/preflight.js";
import { loadPython } from "../../../src/grammar/node.js";
import { type PythonFile, realFiles, runPython } from "./python-files.js";

/**
 * The same facts from CPython's own parser: what our syntax does not keep (the cause of a raise, the
 * message of an assert, patterns, the text of a format specification) is cut off first.
 */
const FACTS = `
import ast, json, sys
KINDS = {'Expr': 'expression', 'Assign': 'assignment', 'AnnAssign': 'assignment', 'AugAssign': 'augmented-assignment',
  'Delete': 'delete', 'Return': 'return', 'Raise': 'raise', 'Assert': 'assert', 'Pass': 'pass', 'Break': 'break',
  'Continue': 'continue', 'Global': 'scope', 'Nonlocal': 'scope', 'For': 'for', 'AsyncFor': 'for', 'While': 'while',
  'Try': 'try', 'TryStar': 'try', 'With': 'with', 'AsyncWith': 'with', 'Match': 'match', 'FunctionDef': 'function',
  'AsyncFunctionDef': 'function', 'ClassDef': 'class', 'Import': 'import', 'ImportFrom': 'import-from', 'If': 'if'}
def line(node):
    return min([node.lineno] + [d.lineno for d in getattr(node, 'decorator_list', [])])
def facts(source):
    out = []
    stack = [(ast.parse(source), False)]
    while stack:
        node, spec = stack.pop()
        name = type(node).__name__
        if name in KINDS:
            out.append(['s', KINDS[name], 0 if name in ('Expr', 'If') else line(node)])
        if name == 'Raise': node.cause = None
        if name == 'Assert': node.msg = None
        if name == 'match_case': node.pattern = node.guard = ast.Pass(lineno=0); node.pattern = node.guard = None
        if name == 'Name': out.append(['n', node.id, node.lineno])
        if name == 'Attribute': out.append(['a', node.attr, 0])
        if name == 'keyword' : out.append(['k', node.arg or '**', 0])
        if name == 'arg': out.append(['p', node.arg, 0])
        if name in ('FunctionDef', 'AsyncFunctionDef', 'ClassDef'): out.append(['d', node.name, name[0] == 'A'])
        if name == 'Call': out.append(['c', sum(1 for _ in node.args), len(node.keywords)])
        if name == 'Compare': out.append(['cmp', len(node.ops), 0])
        if name == 'Constant' and not spec:
            v = node.value
            if isinstance(v, str) and v: out.append(['str', v, 0])
            elif isinstance(v, bool) or v is None: out.append(['const', str(v), 0])
            elif isinstance(v, (int, float)) and abs(v) < 2**53: out.append(['num', float(v), 0])
        if name in ('Import', 'ImportFrom'):
            out.append(['i', '.' * (getattr(node, 'level', 0) or 0) + (getattr(node, 'module', '') or ''),
                ' '.join(a.name + ('=' + a.asname if a.asname else '') for a in node.names)])
        for field, value in ast.iter_fields(node):
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, ast.AST): stack.append((child, spec or field == 'format_spec' and True))
    return out
for path in json.load(sys.stdin):
    try:
        with open(path, 'rb') as f: source = f.read()
        print(json.dumps(facts(source)))
    except (SyntaxError, ValueError):
        print('null')
`;

type Fact = readonly [string, string | number, string | number | boolean];

function ourFacts(statements: readonly Statement[]): readonly Fact[] {
  const out: Fact[] = [];
  for (const statement of walkStatements(statements)) {
    addStatement(statement, out);
    for (const expression of expressionsOf(statement)) {
      for (const inner of walkExpressions(expression)) addExpression(inner, out);
    }
  }
  return out;
}

function addStatement(statement: Statement, out: Fact[]): void {
  const { kind, span } = statement;
  if (kind === "if") for (const _ of statement.branches) out.push(["s", "if", 0]);
  else out.push(["s", kind, kind === "expression" ? 0 : span.startLine]);
  if (kind === "function") {
    out.push(["d", statement.name, statement.async]);
    addParameters(statement.parameters, out);
  }
  if (kind === "class") {
    out.push(["d", statement.name, false]);
    for (const base of statement.bases) {
      if (base.name !== undefined || base.unpack === "**") out.push(["k", base.name ?? "**", 0]);
    }
  }
  if (kind === "import") out.push(["i", "", namesOf(statement.names)]);
  if (kind === "import-from") {
    const names = statement.names === "*" ? "*" : namesOf(statement.names);
    out.push(["i", ".".repeat(statement.level) + statement.module, names]);
  }
}

function namesOf(names: readonly { name: string; alias: string | undefined }[]): string {
  return names
    .map(({ name, alias }) => (alias === undefined ? name : `${name}=${alias}`))
    .join(" ");
}

function addParameters(parameters: readonly Parameter[], out: Fact[]): void {
  for (const { name } of parameters) out.push(["p", name, 0]);
}

function addExpression(expression: Expression, out: Fact[]): void {
  switch (expression.kind) {
    case "name":
      out.push(["n", expression.id, expression.span.startLine]);
      break;
    case "attribute":
      out.push(["a", expression.name, 0]);
      break;
    case "string":
      if (expression.bytes) break;
      for (const part of expression.parts) if (typeof part === "string") out.push(["str", part, 0]);
      break;
    case "number":
      if (Math.abs(expression.value ?? Number.NaN) < 2 ** 53) {
        out.push(["num", expression.value ?? 0, 0]);
      }
      break;
    case "constant":
      out.push(["const", { true: "True", false: "False", null: "None" }[`${expression.value}`], 0]);
      break;
    case "lambda":
      addParameters(expression.parameters, out);
      break;
    case "comparison":
      out.push(["cmp", expression.operators.length, 0]);
      break;
    case "call": {
      const keywords = expression.args.filter(
        (arg) => arg.name !== undefined || arg.unpack === "**",
      );
      for (const { name } of keywords) out.push(["k", name ?? "**", 0]);
      out.push(["c", expression.args.length - keywords.length, keywords.length]);
      break;
    }
  }
}

/** Facts that one list has more often than the other. */
function difference(ours: readonly Fact[], theirs: readonly Fact[]): readonly string[] {
  const count = new Map<string, number>();
  for (const fact of ours) bump(count, JSON.stringify(fact), 1);
  for (const fact of theirs) bump(count, JSON.stringify(fact), -1);
  return [...count]
    .filter(([, n]) => n !== 0)
    .map(([fact, n]) => `${n > 0 ? "+" : ""}${n} ${fact}`);
}

function bump(count: Map<string, number>, key: string, by: number): void {
  count.set(key, (count.get(key) ?? 0) + by);
}

// Names of characters are not known here, a lone surrogate does not survive the pipe, and
// `print >>x` is Python 2 for the grammar.
const UNKNOWN = /\\N\{|\\u[dD][89a-fA-F]|print *>>/;
const COUNT = Number(process.env.CYCLEKEY_REAL_FILES ?? 75);
const files: readonly PythonFile[] = realFiles(COUNT).filter(
  ({ text }) => !UNKNOWN.test(text) && preflight(text) === undefined,
);
const missing = files.length === 0 ? " (skipped: no python3 on PATH)" : "";

describe.skipIf(files.length === 0)(`CPython's own parser${missing}`, () => {
  let parse: ParsePython;
  beforeAll(async () => {
    parse = await loadPython();
  });

  it("finds the same statements, names, texts, numbers, calls and imports in real files", () => {
    const answers = runPython(FACTS, JSON.stringify(files.map(({ path }) => path)))?.split("\n");
    const wrong: string[] = [];
    let facts = 0;
    for (const [index, { path, text }] of files.entries()) {
      const theirs = JSON.parse(answers?.[index] ?? "null") as readonly Fact[] | null;
      if (theirs === null) continue;
      const lines = createLineTable(text);
      const lowered = parse(text, undefined, (root) => lowerModule(root, { text, lines }));
      if (!("value" in lowered)) throw new Error(`${path}: ${lowered.failure}`);
      if (lowered.value.unread.length > 0) continue;
      const missed = difference(ourFacts(lowered.value.statements), theirs);
      facts += theirs.length;
      if (missed.length > 0) wrong.push(`${path}: ${missed.slice(0, 6).join(", ")}`);
    }
    expect(wrong).toEqual([]);
    expect(facts).toBeGreaterThan(files.length * 20);
  }, 120_000);
});
