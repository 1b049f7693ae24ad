import type { Span } from "../../model/source.js";

/**
 * Python's syntax as plain data, as far as the rules ask for it. It is built from a parse tree that
 * is freed at once, so a value of these types never refers to the parser's memory. All positions
 * are those of the whole file, also when only a slice of it was parsed.
 */
export interface Located {
  readonly span: Span;
}

// --- expressions -----------------------------------------------------------------------------

/** Names are NFKC-normalised, as CPython folds them. */
export interface Name extends Located {
  readonly kind: "name";
  readonly id: string;
}
/** `value` is undefined when it is not one constant text (an f-string with holes, bytes). */
export interface StringLiteral extends Located {
  readonly kind: "string";
  readonly value: string | undefined;
  /** The literal text and the expressions of an f-string or an implicit concatenation, in order. */
  readonly parts: readonly (string | Expression)[];
  readonly bytes: boolean;
}
export interface NumberLiteral extends Located {
  readonly kind: "number";
  /** Undefined for complex numbers and integers beyond 2^53. */
  readonly value: number | undefined;
}
export interface ConstantLiteral extends Located {
  readonly kind: "constant";
  readonly value: true | false | null;
}
export interface Attribute extends Located {
  readonly kind: "attribute";
  readonly object: Expression;
  readonly name: string;
}
export interface Subscript extends Located {
  readonly kind: "subscript";
  readonly object: Expression;
  /** A slice is an `other` expression of type `slice`. */
  readonly indices: readonly Expression[];
}
export interface Argument extends Located {
  /** Keyword; undefined for a positional argument. */
  readonly name: string | undefined;
  readonly unpack: "*" | "**" | undefined;
  readonly value: Expression;
}
export interface Call extends Located {
  readonly kind: "call";
  readonly callee: Expression;
  readonly args: readonly Argument[];
}
export interface Unary extends Located {
  readonly kind: "unary";
  readonly operator: "not" | "-" | "+" | "~";
  readonly operand: Expression;
}
export interface Binary extends Located {
  readonly kind: "binary";
  readonly operator: string;
  readonly left: Expression;
  readonly right: Expression;
}
export interface BooleanOperation extends Located {
  readonly kind: "boolean";
  readonly operator: "and" | "or";
  readonly left: Expression;
  readonly right: Expression;
}
/** `a < b <= c` has two operators and three operands; `not in` and `is not` are one operator. */
export interface Comparison extends Located {
  readonly kind: "comparison";
  readonly operators: readonly string[];
  readonly operands: readonly Expression[];
}
export interface Conditional extends Located {
  readonly kind: "conditional";
  readonly test: Expression;
  readonly body: Expression;
  readonly orelse: Expression;
}
export interface Collection extends Located {
  readonly kind: "list" | "tuple" | "set";
  readonly items: readonly Expression[];
}
export interface Dictionary extends Located {
  readonly kind: "dictionary";
  /** `key` is undefined for `**mapping`. */
  readonly entries: readonly { readonly key: Expression | undefined; readonly value: Expression }[];
}
export interface Lambda extends Located {
  readonly kind: "lambda";
  readonly parameters: readonly Parameter[];
  readonly body: Expression;
}
export interface Await extends Located {
  readonly kind: "await";
  readonly value: Expression;
}
export interface Walrus extends Located {
  readonly kind: "walrus";
  readonly target: Name;
  readonly value: Expression;
}
export interface Starred extends Located {
  readonly kind: "starred";
  readonly value: Expression;
}
/** Comprehensions, yields, slices, ellipsis: what no rule looks into by shape. Children in source order. */
export interface OtherExpression extends Located {
  readonly kind: "other";
  readonly type: string;
  readonly children: readonly Expression[];
}

export type Expression =
  | Name
  | StringLiteral
  | NumberLiteral
  | ConstantLiteral
  | Attribute
  | Subscript
  | Call
  | Unary
  | Binary
  | BooleanOperation
  | Comparison
  | Conditional
  | Collection
  | Dictionary
  | Lambda
  | Await
  | Walrus
  | Starred
  | OtherExpression;

// --- statements ------------------------------------------------------------------------------

export interface ExpressionStatement extends Located {
  readonly kind: "expression";
  readonly value: Expression;
}
/** `a = b = v` has two targets; `x: int` alone has no value. */
export interface Assignment extends Located {
  readonly kind: "assignment";
  readonly targets: readonly Expression[];
  readonly annotation: Expression | undefined;
  readonly value: Expression | undefined;
}
export interface AugmentedAssignment extends Located {
  readonly kind: "augmented-assignment";
  readonly target: Expression;
  /** `+=`, `|=`, ... */
  readonly operator: string;
  readonly value: Expression;
}
export interface Delete extends Located {
  readonly kind: "delete";
  readonly targets: readonly Expression[];
}
export interface Return extends Located {
  readonly kind: "return";
  readonly value: Expression | undefined;
}
export interface Raise extends Located {
  readonly kind: "raise";
  readonly value: Expression | undefined;
}
export interface Assert extends Located {
  readonly kind: "assert";
  readonly test: Expression;
}
export interface SimpleStatement extends Located {
  readonly kind: "pass" | "break" | "continue" | "scope";
}
export interface If extends Located {
  readonly kind: "if";
  readonly branches: readonly { readonly test: Expression; readonly body: readonly Statement[] }[];
  readonly orelse: readonly Statement[] | undefined;
}
export interface Loop extends Located {
  readonly kind: "for" | "while";
  /** Target of a `for`. */
  readonly target: Expression | undefined;
  /** What a `for` walks through, or the test of a `while`. */
  readonly subject: Expression;
  readonly body: readonly Statement[];
  readonly orelse: readonly Statement[] | undefined;
}
export interface Try extends Located {
  readonly kind: "try";
  readonly body: readonly Statement[];
  readonly handlers: readonly {
    readonly type: Expression | undefined;
    readonly body: readonly Statement[];
  }[];
  readonly orelse: readonly Statement[] | undefined;
  readonly final: readonly Statement[] | undefined;
}
export interface With extends Located {
  readonly kind: "with";
  readonly items: readonly {
    readonly context: Expression;
    readonly target: Expression | undefined;
  }[];
  readonly body: readonly Statement[];
}
export interface Match extends Located {
  readonly kind: "match";
  readonly subject: Expression;
  readonly cases: readonly { readonly pattern: string; readonly body: readonly Statement[] }[];
}
export interface Parameter extends Located {
  readonly name: string;
  readonly unpack: "*" | "**" | undefined;
  readonly annotation: Expression | undefined;
  readonly default: Expression | undefined;
}
export interface FunctionDefinition extends Located {
  readonly kind: "function";
  /** No hunk has to do with this method: walks pass it by, who looks for it by its name finds it. */
  readonly aside?: true;
  readonly name: string;
  readonly async: boolean;
  readonly decorators: readonly Expression[];
  readonly parameters: readonly Parameter[];
  readonly returns: Expression | undefined;
  readonly body: readonly Statement[];
}
export interface ClassDefinition extends Located {
  readonly kind: "class";
  readonly name: string;
  readonly decorators: readonly Expression[];
  readonly bases: readonly Argument[];
  readonly body: readonly Statement[];
}
/** `import a.b as c`: one entry per name, `alias` undefined without `as`. */
export interface Import extends Located {
  readonly kind: "import";
  readonly names: readonly { readonly name: string; readonly alias: string | undefined }[];
}
/** `from ..m import a as b`: `level` 2, `module` "m". `names` is `"*"` for a star import. */
export interface ImportFrom extends Located {
  readonly kind: "import-from";
  readonly level: number;
  readonly module: string;
  readonly names: "*" | readonly { readonly name: string; readonly alias: string | undefined }[];
}
/** What the grammar could not read. Anything may stand here. */
export interface BrokenStatement extends Located {
  readonly kind: "broken";
}

export type Statement =
  | ExpressionStatement
  | Assignment
  | AugmentedAssignment
  | Delete
  | Return
  | Raise
  | Assert
  | SimpleStatement
  | If
  | Loop
  | Try
  | With
  | Match
  | FunctionDefinition
  | ClassDefinition
  | Import
  | ImportFrom
  | BrokenStatement;
