import { type ElevationFact, elevationFacts } from "../login/elevation-facts.js";
import { ruleOf } from "../login/login-causes.js";
import { ROTATION, sinkEvidence } from "../login/login-evidence.js";
import { loginFacts } from "../login/login-facts.js";
import { indentationOf, renewBefore, restoreGuard, sessionCall } from "../login/login-fixes.js";
import type { FileChange } from "../model/change.js";
import { message } from "../model/message.js";
import type { Evidence, EvidencePair, Fix, Judgement, Rule } from "../model/rule.js";
import type { PythonModule } from "../python/syntax/module.js";

type Detail =
  | { readonly kind: "elevation"; readonly fact: ElevationFact }
  | { readonly kind: "sink" };

export const unrotatedPrivilegeChange: Rule = {
  meta: {
    id: "unrotated-privilege-change",
    title: "Privileges raised on the old session key",
    severity: "warning",
    status: "stable",
    suggestion: "safe",
    seed: "after a successful authentication event",
    cwe: [384, 269],
    references: [
      "https://docs.djangoproject.com/en/stable/topics/http/sessions/#django.contrib.sessions.backends.base.SessionBase.cycle_key",
      "https://cheatsheetseries.owasp.org/cheatsheets/Session_Management_Cheat_Sheet.html#renew-the-session-id-after-any-privilege-level-change",
    ],
    docs: {
      why: "A second factor, a re-entered password, sudo or impersonation makes the session worth more. Anyone who had its key before gets those rights too, unless the key changes. Django's `login()` for the user who is logged in already does not renew the key, so calling it again is not enough.",
      remedy:
        "Call `request.session.cycle_key()` when rights are raised. To go on as somebody else, call `login(request, target, backend=...)`, which ends the old session, or `request.session.flush()` before the identity is written.",
      verify:
        "Note the session ID, raise the rights, and see that the ID has changed and that the old one has none of them.",
      tests: ["new-key-with-more-rights"],
      testsView: true,
      limits:
        "Rights are recognised by the session key they are stored under. A role is taken for a gain only in a view that asks for a login.",
    },
  },

  detect(module: PythonModule): readonly Evidence[] {
    const impersonations = loginFacts(module)
      .sinks.filter((sink) => sink.claimed)
      .map(sinkEvidence);
    return [...elevationFacts(module).map(evidenceOf), ...impersonations];
  },

  judge(pair: EvidencePair): Judgement | undefined {
    const { base, head } = pair;
    const detail = head.detail as Detail;
    const values = head.values;
    const { confidence } = head;
    if (detail.kind === "sink") {
      if (ruleOf(pair) !== "unrotated-privilege-change") return undefined;
      const severity = confidence === "low" ? "warning" : "error";
      return { severity, confidence, message: message(IMPERSONATES, values) };
    }
    if (head.strength > 0) return undefined;
    const severity = detail.fact.elevation === "time" ? "notice" : "warning";
    return { severity, confidence, message: message(base === undefined ? RAISES : LOST, values) };
  },

  suggest({ base, head }: EvidencePair, change: FileChange): readonly Fix[] {
    const detail = head.detail as Detail;
    if (detail.kind === "sink") return renewBefore(head);
    const [guard] = base?.guards ?? [];
    const restored = guard === undefined ? [] : restoreGuard(guard, change);
    const { place, statement, scope } = detail.fact.write;
    const call = sessionCall(place.session, scope, "cycle_key");
    const indentation = indentationOf(statement, scope);
    if (call === undefined || indentation === undefined) return restored;
    const lines = [indentation + call];
    return [...restored, { kind: "insert", beforeLine: statement.span.startLine, lines }];
  },
};

const IMPERSONATES =
  "`{function}` makes the visitor somebody else (`{key}`) in the old session. Whoever has its key goes on as that user too.";
const RAISES =
  "`{function}` raises privileges (`{key}`) without renewing the session key. Whoever had the key before has them too; calling login() again for the same user would not renew it.";
const LOST =
  "`{function}` no longer renews the session key when it raises privileges (`{key}`). Whoever had the key before has them too.";

function evidenceOf(fact: ElevationFact): Evidence {
  const { write, rotated, guards, confidence } = fact;
  const detail: Detail = { kind: "elevation", fact };
  return {
    identity: `raises ${write.key}`,
    symbol: write.scope.symbol,
    strength: rotated ? ROTATION.rotated : ROTATION.unrotated,
    span: write.statement.span,
    guards,
    confidence,
    values: { function: write.scope.symbol, key: write.key },
    detail,
  };
}
