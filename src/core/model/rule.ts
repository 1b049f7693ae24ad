import type { PythonModule } from "../python/syntax/module.js";
import type { FileChange } from "./change.js";
import type { Message } from "./message.js";
import type { Confidence, Severity } from "./severity.js";
import type { Side, SourceFile, Span } from "./source.js";

/** What a rule is, as data; pages, tables and schemas are made from it. */
export interface RuleMeta {
  /** Names the bad pattern in kebab-case and reads well in `ignore[...]`. */
  readonly id: string;
  /** Title of the comment: one phrase, no full stop. */
  readonly title: string;
  readonly severity: Severity;
  /** `preview` rules comment but never fail the check. */
  readonly status: "stable" | "preview";
  /**
   * Whether one fix is right wherever the pattern stands (`safe`), several designs are possible and
   * a fix is offered only where one of them is plain (`needs-review`), or none can be proposed.
   */
  readonly suggestion: "safe" | "needs-review" | "none";
  /** The sentence of the founding documents that the rule enforces, quoted. */
  readonly seed: string;
  readonly cwe: readonly number[];
  readonly references: readonly string[];
  readonly docs: {
    readonly why: string;
    readonly remedy: string;
    /** Steps by hand, from the founding documents. */
    readonly verify: string;
    /** The ready-made Django tests that prove the finding. */
    readonly tests: readonly VerificationTest[];
    /** Set where the finding stands in the view that those tests have to request. */
    readonly testsView?: true;
    /** What the rule cannot see. */
    readonly limits: string;
  };
}

/** A Django test by what it holds; its code is in core/render/verification-snippets.ts. */
export type VerificationTest =
  | "new-key-at-login"
  | "new-key-with-more-rights"
  | "old-cookie-after-logout"
  | "session-cookie-flags"
  | "deploy-checks"
  | "no-secret-in-session"
  | "csrf-enforced"
  | "csrf-enforced-when-logged-in"
  | "csrf-token-in-form"
  | "key-from-cookie-only";

/**
 * A fact about one version of a file that a rule looks at: a setting with its value, a write to the
 * session, a login. The engine compares the facts of base and head by identity; a rule never sees
 * both sides before they are paired.
 */
export interface Evidence {
  /**
   * What makes this the same fact on the other side: the name of a setting, the key that a login
   * writes, the normalised text of a statement. Without path, symbol and line.
   */
  readonly identity: string;
  /**
   * What is left of the identity when the statement is written anew elsewhere in its file: the key
   * that stays in another function, what a login stores under a new key. A fact whose old statement went
   * is then no new one.
   */
  readonly looseIdentity?: string;
  /**
   * What is stored, in the words of the code. In the same function a fact whose name alone changed
   * (the key, the constant that holds it) is no new one either.
   */
  readonly stored?: string | undefined;
  /** Enclosing function or class, dotted; empty at the top level. */
  readonly symbol: string;
  /**
   * How many functions come to it, the one that it stands in or those that call that one: code that
   * moves into a helper is nothing new until more functions call it. Absent where that is no matter.
   */
  readonly reach?: () => number;
  /** How well the session is protected here: larger is safer, 0 is unprotected. Ordered within one rule. */
  readonly strength: number;
  /** Where it stands; undefined when the fact is that nothing stands there (an unset setting). */
  readonly span: Span | undefined;
  /**
   * The line by which it comes from another place of the file, as the header of a class does: what a
   * comment points at where that line alone is new.
   */
  readonly via?: Span | undefined;
  /** The statements that protect it, in order: what a comment points at when they are gone. */
  readonly guards: readonly Span[];
  readonly confidence: Confidence;
  /** Facts for messages. Never a secret: describe a value, do not quote it. */
  readonly values: Readonly<Record<string, string>>;
  /** For the rule's own `suggest` and nobody else. */
  readonly detail?: unknown;
}

/** The same fact on both sides; `base` is undefined when head has it and base has not. */
export interface EvidencePair {
  readonly base: Evidence | undefined;
  readonly head: Evidence;
}

/** What a rule says of a pair of facts. */
export interface Judgement {
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly message: Message;
}

/**
 * How to fix a finding, before the engine has proved it. `restore` re-emits deleted base lines at
 * their place; `replace` swaps whole head lines; `insert` puts lines before a head line; `remove`
 * deletes head lines. Lines come with their indentation.
 */
export type Fix =
  | { readonly kind: "restore"; readonly startLine: number; readonly endLine: number }
  | {
      readonly kind: "replace";
      readonly startLine: number;
      readonly endLine: number;
      readonly lines: readonly string[];
    }
  | { readonly kind: "insert"; readonly beforeLine: number; readonly lines: readonly string[] }
  | { readonly kind: "remove"; readonly startLine: number; readonly endLine: number };

/** What every rule has beside its look at one version. */
interface RuleParts {
  readonly meta: RuleMeta;
  /**
   * Asked once of the files of a change set: whether there is anything to look for. For what no
   * single file can tell, such as that tests go while the code they test changes.
   */
  appliesTo?(files: readonly FileChange[]): boolean;
  /**
   * Facts of this strength are never reported: where head has no others, base has nothing to tell.
   * Absent: there is no such strength.
   */
  readonly strongest?: number;
  /**
   * Called for each pair in which head is weaker than base and for each fact that base has not.
   * Undefined: nothing to say.
   */
  judge(pair: EvidencePair): Judgement | undefined;
  /** Fixes in order of preference; the first that the engine can prove is offered. */
  suggest?(pair: EvidencePair, change: FileChange): readonly Fix[];
}

/** A rule on Python code. */
export interface PythonRule extends RuleParts {
  readonly language?: "python";
  /**
   * What the rule sees can differ between two versions of a file only where this matches one of the
   * texts that differ, or that depend on them. Absent: any difference can matter.
   */
  readonly concerns?: RegExp;
  detect(module: PythonModule): readonly Evidence[];
  /** What the rule finds in a template, where code is not the only place of the pattern. */
  detectInTemplate?(file: SourceFile): readonly Evidence[];
}

/** A rule on files that are read as text: Django templates, requirement and lock files, tests. */
export interface TextRule extends RuleParts {
  readonly language: "template" | "requirements" | "test";
  detect(file: SourceFile, around: FilesAround): readonly Evidence[];
}

/** What a rule on text may ask of the repository around a file. */
export interface FilesAround {
  /** Other requirement files of a version: of the change set, and as far as they are at hand of the folders above. */
  requirements(side: Side): readonly SourceFile[];
  /** Those of the change set alone. */
  changedRequirements(side: Side): readonly SourceFile[];
  /** Whether base has a project of Django already, in these folders. */
  hasProject(): boolean;
}

/**
 * A rule looks at one version of the code (`detect`), says what a pair of facts means (`judge`) and
 * how to fix it (`suggest`). Comparing, causality, fingerprints, suppression, moves and the proof
 * of a suggestion are the engine's.
 */
export type Rule = PythonRule | TextRule;
