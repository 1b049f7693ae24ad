import { restoreGuard } from "../login/login-fixes.js";
import { type PasswordChange, passwordChanges } from "../login/logout/password-changes.js";
import type { FileChange } from "../model/change.js";
import { message } from "../model/message.js";
import type { Evidence, EvidencePair, Fix, Judgement, Rule } from "../model/rule.js";
import type { PythonModule } from "../python/syntax/module.js";
import { removeStatement } from "../statement-fixes.js";

export const sessionsSurvivePasswordChange: Rule = {
  meta: {
    id: "sessions-survive-password-change",
    title: "Sessions survive a password change",
    severity: "warning",
    status: "preview",
    suggestion: "safe",
    seed: "The attacker gains full control of the user's account, potentially changing passwords",
    cwe: [613],
    references: [
      "https://docs.djangoproject.com/en/stable/topics/auth/default/#session-invalidation-on-password-change",
      "https://cheatsheetseries.owasp.org/cheatsheets/Session_Management_Cheat_Sheet.html#renew-the-session-id-after-any-privilege-level-change",
    ],
    docs: {
      why: "Someone who changes a password because another person knows it expects that person to be logged out. Django does that for sessions made by `login()`: they hold a hash of the password. Sessions in which the project stores a user id by itself stay valid.",
      remedy:
        "Log in through `django.contrib.auth` and call `update_session_auth_hash(request, request.user)` after the change; or delete the other sessions of the user.",
      verify:
        "Log in with two browsers, change the password in one of them, reload the other: it has to ask for the new password.",
      tests: [],
      limits:
        "Whether sessions are the project's own is told from logins in the same file only, and code of other files that ends sessions (a signal, a model method) is not seen.",
    },
  },

  detect(module: PythonModule): readonly Evidence[] {
    return passwordChanges(module).map((change) => ({
      identity: change.how,
      symbol: change.scope.symbol,
      strength: change.ends ? 1 : 0,
      span: change.span,
      guards: change.guards,
      confidence: change.confidence,
      values: { function: change.scope.symbol },
      detail: change,
    }));
  },

  judge({ head }: EvidencePair): Judgement | undefined {
    const { how, ends } = head.detail as PasswordChange;
    if (ends) return undefined;
    return {
      severity: "warning",
      confidence: head.confidence,
      message: message(TEMPLATES[how], head.values),
    };
  },

  suggest({ base, head }: EvidencePair, change: FileChange): readonly Fix[] {
    const { how, span } = head.detail as PasswordChange;
    if (how === "other-user") return removeStatement(span, change);
    return base?.guards.flatMap((guard) => restoreGuard(guard, change)) ?? [];
  },
};

const TEMPLATES: Readonly<Record<PasswordChange["how"], string>> = {
  "own-sessions":
    "Other sessions of this user stay valid after `{function}` changes the password: this file stores who is logged in by itself, so Django does not end them.",
  "constant-hash":
    "`{function}` no longer depends on the password: sessions stay valid when it changes.",
  "other-user":
    "`{function}` refreshes this session for a user who was looked up, who need not be the visitor.",
};
