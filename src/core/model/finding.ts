import type { Message } from "./message.js";
import type { Confidence, Severity } from "./severity.js";
import type { Region } from "./source.js";

/**
 * Whole RIGHT lines of one file, replaced by others. `replacement` holds the new lines joined with
 * `\n`, without a final one; the empty string with `deletes` set removes the lines.
 */
export interface Suggestion {
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
  readonly replacement: string;
  /** True when the lines vanish, which `replacement` alone cannot tell from one empty line. */
  readonly deletes?: true;
}

/** What one pull request made worse, at one place. */
export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  /** Where the evidence stands: a removed line is LEFT, in lines of base. */
  readonly region: Region;
  /** Path at base when the file was renamed. */
  readonly basePath?: string;
  /** Enclosing function or class, dotted; empty at the top level. */
  readonly symbol: string;
  readonly message: Message;
  /** 32 hexadecimal digits; the same for the same evidence whatever line it stands on. */
  readonly fingerprint: string;
  readonly suggestion?: Suggestion;
  /** The suppression comment that names this rule here, if any. */
  readonly suppression?: Suppression;
}

/** `# cyclekey: ignore[rule] reason` on the line of a finding or the line above. */
export interface Suppression {
  readonly rule: string;
  readonly reason: string;
  readonly line: number;
  /** True when this pull request added it: then it does not silence. */
  readonly added: boolean;
}
