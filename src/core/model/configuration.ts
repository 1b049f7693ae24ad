import type { FailOn } from "./review.js";
import type { Severity } from "./severity.js";

/** What becomes of the findings of one rule. */
export type RuleLevel = "off" | Severity;

/** What the owners of a repository decided, all options filled in. Globs are relative to its root. */
export interface Configuration {
  /** By rule id; a rule that is not named keeps the severity of its findings. */
  readonly rules: ReadonlyMap<string, RuleLevel>;
  readonly failOn: FailOn;
  /** Globs of files that are not reviewed. */
  readonly ignoredPaths: readonly string[];
  /** Globs of settings modules whose class the names alone would not tell. */
  readonly settings: {
    readonly production: readonly string[];
    readonly development: readonly string[];
  };
  /** Seconds that a session may live without a word; undefined when nothing was said. */
  readonly maxSessionAge: number | undefined;
  /** Names of session keys that hold a secret, and of those that hold none. */
  readonly sensitiveKeys: { readonly add: readonly string[]; readonly allow: readonly string[] };
  /** Functions that give the session a new key: bare or dotted names. */
  readonly rotationHelpers: readonly string[];
  readonly comments: {
    /** Live comments of ours on one pull request. */
    readonly max: number;
    /** Whether a draft is commented. */
    readonly drafts: boolean;
  };
  /** The role from which a person may accept a finding. */
  readonly acceptPermission: "write" | "maintain" | "admin";
  /** The conclusion of a review that did not finish. */
  readonly onError: "failure" | "neutral";
}

/** What holds where nobody wrote anything. */
export const DEFAULT_CONFIGURATION: Configuration = {
  rules: new Map(),
  failOn: "error",
  ignoredPaths: [],
  settings: { production: [], development: [] },
  maxSessionAge: undefined,
  sensitiveKeys: { add: [], allow: [] },
  rotationHelpers: [],
  comments: { max: 20, drafts: false },
  acceptPermission: "write",
  onError: "failure",
};

/** Why a configuration file is not used. One sentence, which may quote the file: escape it. */
export interface ConfigurationProblem {
  /** Whose file: the repository's own, or that of its organisation's `.github` repository. */
  readonly source: "repository" | "organisation";
  /** 1-based; undefined when the file as a whole is meant. */
  readonly line: number | undefined;
  readonly detail: string;
}
