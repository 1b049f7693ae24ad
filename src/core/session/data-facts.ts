import type { DataCategory } from "../model/scan-result.js";
import { atLeast, type Severity } from "../model/severity.js";
import type { PythonModule } from "../python/syntax/module.js";
import { isAskedFor } from "./classify/asked-for-by-setting.js";
import { classOfWrite } from "./classify/class-of-write.js";
import type { WriteClass } from "./classify/classify-write.js";
import { holdsCodeSource } from "./classify/code-source.js";
import type { ValueFacts } from "./values/value-facts.js";
import type { SensitiveCategory } from "./words/wordlists.js";
import { type SessionWrite, sessionWrites } from "./writes/writes.js";

/** A write of something sensitive. */
export interface DataFact extends WriteClass {
  readonly category: SensitiveCategory;
  readonly write: SessionWrite;
  /** `PROTECTED`, `HASHED` or `CLEAR`. */
  readonly strength: number;
  /** The call that makes it look protected and leaves it readable. */
  readonly readable: string | undefined;
}

export const CLEAR = 0;
export const HASHED = 1;
export const PROTECTED = 2;

const MEMO = new WeakMap<PythonModule, readonly DataFact[]>();

/** The sensitive data that the touched code of a module stores. */
export function dataFacts(module: PythonModule): readonly DataFact[] {
  const known = MEMO.get(module);
  if (known !== undefined) return known;
  const facts = sessionWrites(module).flatMap((write) => {
    const found = classOfWrite(write);
    return isSensitive(found) ? [toFact(found, write)] : [];
  });
  const told = facts.filter((fact) => !facts.some((other) => holds(other, fact)));
  MEMO.set(module, told);
  return told;
}

/** Whether one fact is about a whole of which the other is a part: it says the same of its kind of data. */
function holds(whole: DataFact, part: DataFact): boolean {
  return (
    whole.write.statement === part.write.statement &&
    whole.category === part.category &&
    part.write.key.startsWith(`${whole.write.key}.`) &&
    whole.strength <= part.strength &&
    atLeast(severityOf(whole), severityOf(part))
  );
}

type SensitiveClass = WriteClass & { readonly category: SensitiveCategory };

const SENSITIVE: ReadonlySet<DataCategory> = new Set([
  "credential",
  "token",
  "otp",
  "payment",
  "government-id",
  "health",
  "personal",
]);

function isSensitive(found: WriteClass): found is SensitiveClass {
  return SENSITIVE.has(found.category);
}

function toFact(found: SensitiveClass, write: SessionWrite): DataFact {
  const strength = strengthOf(found, write.facts);
  const readable = strength === CLEAR ? write.facts.readable : undefined;
  return { ...found, write, strength, readable };
}

/** Few enough that all can be hashed: who has the hash has the value. */
const GUESSABLE: ReadonlySet<DataCategory> = new Set(["otp", "payment", "government-id"]);

/** What the card networks forbid to keep once a payment was authorised, however well protected. */
const NEVER_KEPT = /\b(?:cvv|cvc|security code|track data|card pin)\b/;

function strengthOf({ category, phrases }: SensitiveClass, facts: ValueFacts): number {
  if (isNeverKept(category, phrases)) return CLEAR;
  if (facts.protection === "encrypted") return PROTECTED;
  if (facts.protection === "none") return CLEAR;
  const guessable = GUESSABLE.has(category) || phrases.some((phrase) => phrase === "pin");
  if (facts.fast && guessable) return CLEAR;
  return category === "credential" ? HASHED : PROTECTED;
}

export function isNeverKept(category: DataCategory, phrases: readonly string[]): boolean {
  return category === "payment" && phrases.some((phrase) => NEVER_KEPT.test(phrase));
}

/** Secrets that open something for long, or by themselves. */
const LONG_LIVED =
  /\b(?:refresh|api|apikey|client|consumer|app|private|ssh|encryption|signing|webhook|service account|aws|secret (?:access )?key|oauth secret|oauth token secret|token secret|token response|seed phrase|recovery phrase)\b/;

/** How bad it is to keep this in clear, on a store that the client cannot read. */
export function severityOf(fact: DataFact): Severity {
  const severity = worst(fact);
  return fact.confidence === "low" && severity === "error" ? "warning" : severity;
}

function worst(fact: DataFact): Severity {
  const { category, phrases, record } = fact;
  switch (category) {
    case "credential":
    case "payment":
    case "government-id":
      return "error";
    case "health":
      return record ? "notice" : "error";
    case "personal":
      return "notice";
    case "token":
      if (isOAuth(phrases) && isAskedFor(fact.write)) return "notice";
      return isLongLived(phrases) ? "error" : "warning";
    case "otp":
      return severityOfCode(fact);
  }
}

export function isLongLived(phrases: readonly string[]): boolean {
  return phrases.some((phrase) => LONG_LIVED.test(phrase));
}

function isOAuth(phrases: readonly string[]): boolean {
  return phrases.some((phrase) => /token|jwt|assertion|ticket|pgt/.test(phrase));
}

/** What a one-time code, or what stands in for one, is. */
export type CodeKind = "recovery" | "seed" | "hand-off" | "code";

export function codeKind({ phrases, write }: DataFact): CodeKind {
  if (phrases.some((phrase) => /backup|recovery/.test(phrase))) return "recovery";
  if (phrases.some((phrase) => /secret|seed|b32/.test(phrase))) {
    return holdsCodeSource(write) ? "code" : "seed";
  }
  return phrases.some((phrase) => /reset token|magic/.test(phrase)) ? "hand-off" : "code";
}

function severityOfCode(fact: DataFact): Severity {
  const kind = codeKind(fact);
  if (kind === "recovery") return "error";
  return kind === "code" ? "warning" : "notice";
}
