import type { Configuration } from "../../model/configuration.js";
import type { Side, Span } from "../../model/source.js";
import type { Unscanned } from "../../model/unscanned.js";
import type { ClassDefinition, FunctionDefinition, Statement } from "./syntax.js";

/** A statement at the top level of a file, found without parsing it. */
export interface TopLevelStatement {
  readonly span: Span;
  /** First word: `def`, `class`, `if`, `from`, ...; undefined for a simple statement. */
  readonly keyword: string | undefined;
  /** Name of a function or class; undefined otherwise. */
  readonly name: string | undefined;
}

/** What a name at the top level of the module stands for, from its import statements. */
export interface ImportTable {
  /**
   * Dotted path of an imported name or of a dotted expression that starts with one:
   * `auth_login` -> `django.contrib.auth.login`. Undefined when the name was not imported.
   * A relative import keeps its leading dots.
   */
  resolve(dotted: string): string | undefined;
  /** Every module imported, in order, with leading dots for relative ones. */
  readonly modules: readonly string[];
  /** Modules imported with `*`. */
  readonly stars: readonly string[];
}

/**
 * One version of one file. Nothing is parsed before it is asked for; what was parsed is kept and
 * counted. Statements come with the positions of the whole file.
 */
export interface PythonModule {
  readonly path: string;
  readonly side: Side;
  readonly text: string;
  /** Lines without their terminators; index 0 is line 1. */
  readonly lines: readonly string[];
  readonly statements: readonly TopLevelStatement[];
  /** The top-level statements that a hunk touches on this side, and their namesakes on the other. */
  readonly touched: readonly TopLevelStatement[];
  /** Syntax of the touched statements whose text can matter to any rule. */
  readonly touchedSyntax: readonly Statement[];
  /** Whether a line belongs to what is touched, without the methods of a class that stand aside. */
  looksAt(line: number): boolean;
  readonly imports: ImportTable;
  syntaxOf(statement: TopLevelStatement): readonly Statement[];
  /** Syntax of every top-level statement whose text contains one of the words. */
  syntaxMentioning(words: readonly string[]): readonly Statement[];
  /** Syntax of what stands in a class and contains one of the words; of all of it where that is not told apart. */
  membersMentioning(statement: TopLevelStatement, words: readonly string[]): readonly Statement[];
  /** A function or class defined at the top level; the last one of that name. */
  definition(name: string): FunctionDefinition | ClassDefinition | undefined;
  /**
   * The module of the repository that an import names, dotted as in `ImportTable` with leading dots
   * for a relative one: a module, not a name in it. Without touched statements. Undefined when it
   * belongs to somebody else, or is not at hand yet: then the scan says that it is wanted.
   */
  imported(dotted: string): PythonModule | undefined;
  /** The module at a path relative to the folder of this one (`components/cache.py`). */
  beside(path: string): PythonModule | undefined;
  /** Names in the folder of this module or in one relative to it, folders with a slash behind; none when not at hand. */
  siblings(folder?: string): readonly string[];
  /** The Python files that the change set adds or changes, without a look at the repository. */
  changedModules(): readonly PythonModule[];
  /** Whether the change set changes, adds or removes this file. */
  readonly changed: boolean;
  /** What the owners of the repository decided. */
  readonly configuration: Configuration;
  /** What could not be read so far. */
  readonly problems: readonly Unscanned[];
  /** UTF-16 code units handed to the parser so far. */
  readonly parsedBytes: number;
}
