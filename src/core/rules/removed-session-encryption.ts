import { message } from "../model/message.js";
import type { Evidence, EvidencePair, Fix, Judgement, PythonRule } from "../model/rule.js";
import type { Span } from "../model/source.js";
import type { PythonModule } from "../python/syntax/module.js";
import { lastBinding } from "../session/bindings/scopes.js";
import { CLEAR, type DataFact, dataFacts, HASHED, PROTECTED } from "../session/data-facts.js";
import { isWholeLines } from "../session/writes/whole-lines.js";
import { type SessionWrite, sessionWrites } from "../session/writes/writes.js";

/** For `judge` and `suggest`. */
interface Detail {
  readonly category: string | undefined;
  readonly names: readonly string[];
  /** The lines of the write, when nothing else stands on them. */
  readonly lines: readonly string[] | undefined;
}

export const removedSessionEncryption: PythonRule = {
  meta: {
    id: "removed-session-encryption",
    title: "Session data no longer protected",
    severity: "error",
    status: "stable",
    suggestion: "safe",
    seed: "If sensitive data *must* be stored … encrypt the data before storing it.",
    cwe: [311, 312],
    references: [
      "https://docs.djangoproject.com/en/stable/topics/http/sessions/#using-cookie-based-sessions",
      "https://cheatsheetseries.owasp.org/cheatsheets/Cryptographic_Storage_Cheat_Sheet.html",
    ],
    docs: {
      why: "Session rows are encoded, not encrypted. Without the encryption or hashing the value can be read in the session table, in dumps and in backups.",
      remedy: "Put the encryption back, or keep the value out of the session.",
      verify: "Run the view with a known value and look for it in the decoded session.",
      tests: ["no-secret-in-session"],
      testsView: true,
      limits:
        "The same key has to be written on both sides, in the same file. Protection that moved into a function of another module is known by that function's name only.",
    },
  },

  detect(module: PythonModule): readonly Evidence[] {
    const facts = new Map(dataFacts(module).map((fact) => [fact.write, fact]));
    return sessionWrites(module).flatMap((write) => {
      if (write.key.includes("(dynamic)") || write.facts.inert) return [];
      return [toEvidence(write, facts.get(write))];
    });
  },

  judge({ base, head }: EvidencePair): Judgement | undefined {
    if (base === undefined || head.strength !== CLEAR) return undefined;
    const protection = base.values.protection ?? "none";
    if (protection === "none") return undefined;
    const before = base.detail as Detail;
    const after = head.detail as Detail;
    const related = before.names.some((name) => after.names.includes(name));
    const sensitive = after.category !== undefined && after.category === before.category;
    if (!sensitive && (!related || protection === "hashed")) return undefined;
    const values = { key: head.values.key ?? "", protection };
    const template = "`{key}` was {protection} before this change and is now stored in clear text.";
    const confidence = sensitive ? "high" : "medium";
    return { severity: "error", confidence, message: message(template, values) };
  },

  suggest({ base, head }: EvidencePair): readonly Fix[] {
    const restored = (base?.guards ?? []).map(
      ({ startLine, endLine }) => ({ kind: "restore", startLine, endLine }) as const,
    );
    const lines = (base?.detail as Detail | undefined)?.lines;
    const own = (head.detail as Detail).lines;
    const { span } = head;
    if (lines === undefined || own === undefined || span === undefined) return restored;
    return [
      ...restored,
      { kind: "replace", startLine: span.startLine, endLine: span.endLine, lines },
    ];
  },
};

function toEvidence(write: SessionWrite, fact: DataFact | undefined): Evidence {
  const { facts, statement, scope } = write;
  const { startLine, endLine } = statement.span;
  const detail: Detail = {
    category: fact?.category,
    names: facts.names.map(({ text }) => text),
    lines: isWholeLines(write) ? scope.module.lines.slice(startLine - 1, endLine) : undefined,
  };
  return {
    identity: write.key,
    looseIdentity: write.key,
    symbol: scope.symbol,
    strength: strengthOf(write, fact),
    span: statement.span,
    guards: guardsOf(write),
    confidence: "high",
    values: { key: write.key, protection: facts.protection },
    detail,
  };
}

/** What is signed or encoded instead, or no secret any more, is not for this rule. */
function strengthOf({ facts }: SessionWrite, fact: DataFact | undefined): number {
  if (fact !== undefined) return fact.readable === undefined ? fact.strength : PROTECTED;
  if (facts.identifier || facts.literal || facts.readable !== undefined) return PROTECTED;
  if (facts.protection === "encrypted") return PROTECTED;
  return facts.protection === "hashed" ? HASHED : CLEAR;
}

/** The statement that protects the value before it is stored. */
function guardsOf({ value, facts, scope }: SessionWrite): readonly Span[] {
  if (facts.protection === "none" || value?.kind !== "name") return [];
  const binding = lastBinding(scope, value.id, value.span.start);
  return binding === undefined ? [] : [binding.span];
}
