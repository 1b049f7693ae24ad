import { message } from "../model/message.js";
import type { Evidence, EvidencePair, Judgement, Rule } from "../model/rule.js";
import type { SourceFile } from "../model/source.js";
import { type Guarded, type GuardingLine, guardingLines } from "../test-code/guarding-lines.js";
import { losesGuards } from "../test-code/lost-guards.js";

export const removedSessionTest: Rule = {
  language: "test",
  meta: {
    id: "removed-session-test",
    title: "Test of session security removed",
    severity: "notice",
    status: "preview",
    suggestion: "none",
    seed: "Thoroughly test the custom authentication flow to confirm session ID regeneration.",
    cwe: [],
    references: [
      "https://docs.djangoproject.com/en/stable/topics/testing/tools/#django.test.Client.session",
    ],
    docs: {
      why: "A change to a login, a logout or session settings that also deletes their test leaves nothing that would notice a mistake.",
      remedy: "Keep the assertion, or write the test that holds the new behaviour.",
      verify:
        "Run the deleted test against the new code: when it fails, ask whether the behaviour it held may change.",
      tests: ["new-key-at-login", "old-cookie-after-logout"],
      limits:
        "Assertions are told by the words of their line. Nothing is said when a change adds an assertion of the same kind anywhere, when only tests change, or when the code that was tested is only deleted. Test files whose patch is missing are not read.",
    },
  },

  appliesTo: losesGuards,

  detect({ text }: SourceFile): readonly Evidence[] {
    const lines = guardingLines(text);
    return [
      {
        identity: "(session tests)",
        symbol: "",
        strength: lines.length,
        span: undefined,
        guards: lines.map(({ span }) => span),
        confidence: "medium",
        values: {},
        detail: lines,
      },
    ];
  },

  judge({ base, head }: EvidencePair): Judgement | undefined {
    if (base === undefined) return undefined;
    const before = kindsOf(base.detail as readonly GuardingLine[]);
    const after = kindsOf(head.detail as readonly GuardingLine[]);
    const lost = [...before].find(([kind, count]) => (after.get(kind) ?? 0) < count)?.[0];
    if (lost === undefined) return undefined;
    return {
      severity: "notice",
      confidence: head.confidence,
      message: message("This test guarded {what}.", { what: WHAT[lost] }),
    };
  },
};

const WHAT: Readonly<Record<Guarded, string>> = {
  "session key": "the renewal of the session key",
  "cookie flags": "the attributes of the session cookie",
  csrf: "the protection against forged requests",
  logout: "the end of the session at logout",
};

function kindsOf(lines: readonly GuardingLine[]): ReadonlyMap<Guarded, number> {
  const counts = new Map<Guarded, number>();
  for (const { guarded } of lines) counts.set(guarded, (counts.get(guarded) ?? 0) + 1);
  return counts;
}
