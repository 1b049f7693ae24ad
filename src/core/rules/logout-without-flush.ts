import { restoreGuard } from "../login/login-fixes.js";
import { type Forgetting, type LogoutFact, logoutFacts } from "../login/logout/logout-facts.js";
import { endInstead } from "../login/logout/logout-fixes.js";
import { attemptsIn, isNoOp } from "../login/paths/rotation-attempts.js";
import type { FileChange } from "../model/change.js";
import { message } from "../model/message.js";
import type { Evidence, EvidencePair, Fix, Judgement, Rule } from "../model/rule.js";
import type { PythonModule } from "../python/syntax/module.js";

const STRENGTH: Readonly<Record<Forgetting, number>> = {
  flush: 2,
  unseen: 1.5,
  clear: 1,
  keys: 0,
  cookie: 0,
  nothing: 0,
};

export const logoutWithoutFlush: Rule = {
  meta: {
    id: "logout-without-flush",
    title: "Logout leaves the session alive",
    severity: "error",
    status: "stable",
    suggestion: "safe",
    seed: "Ensure that your logout process properly invalidates the user's session on the server-side.",
    cwe: [613],
    references: [
      "https://docs.djangoproject.com/en/stable/topics/auth/default/#how-to-log-a-user-out",
      "https://docs.djangoproject.com/en/stable/topics/http/sessions/#django.contrib.sessions.backends.base.SessionBase.flush",
    ],
    docs: {
      why: "Only `logout()` and `flush()` delete the session on the server; `del`, `pop()` and `clear()` leave it there under the same key.",
      remedy:
        "Call `django.contrib.auth.logout(request)`, or `request.session.flush()`: both delete the session on the server and give the visitor a new one.",
      verify:
        "Log in, note the session cookie, log out, send the old cookie again: the site must treat the visitor as anonymous and the old session must be empty.",
      tests: ["old-cookie-after-logout"],
      testsView: true,
      limits:
        "A new logout is found by the name of its function or class; that a function ended the session before and no longer does is seen whatever it is called. With `signed_cookies` no logout ends a copied cookie.",
    },
  },

  strongest: STRENGTH.flush,

  detect(module: PythonModule): readonly Evidence[] {
    return logoutFacts(module).map((fact) => {
      const { scope, how, left, ending } = fact;
      return {
        identity: "(logout)",
        ...(left.length > 0 && {
          looseIdentity: left.map((one) => `${one.how} ${one.keys}`).join(", "),
        }),
        symbol: scope.symbol,
        strength: STRENGTH[how],
        // Where nothing is left of it, the comment belongs on the line that ended the session.
        span: left[0]?.statement.span ?? ending[0],
        guards: [],
        confidence: "high",
        values: { function: scope.symbol, how: HOW[how] },
        detail: fact,
      };
    });
  },

  judge({ base, head }: EvidencePair): Judgement | undefined {
    const old = base?.detail as LogoutFact | undefined;
    const before = old?.how;
    const { how, scope, logout, elsewhere, unseen } = head.detail as LogoutFact;
    // Only code that was called before too has not taken over the end of the session.
    const stayed = logout && before === "flush" && unseen.every((one) => old?.unseen.includes(one));
    if (how === "unseen" && !stayed) return undefined;
    // A call that lost its parentheses is ineffective-session-rotation's.
    if (attemptsIn(scope).some(isNoOp)) return undefined;
    if (!logout) return before === "flush" && !elsewhere ? ended(head) : undefined;
    // A function that never ended a session by itself, and forgets nobody, is no logout.
    if (how === "nothing" && before !== "flush") return undefined;
    const template = before === "flush" ? FLUSHED : how === "clear" ? CLEARED : FORGOTTEN;
    return {
      severity: before === "flush" ? "error" : "warning",
      confidence: head.confidence,
      message: message(template, head.values),
    };
  },

  suggest({ base, head }: EvidencePair, change: FileChange): readonly Fix[] {
    const [ending] = (base?.detail as LogoutFact | undefined)?.ending ?? [];
    const restored = ending === undefined ? [] : restoreGuard(ending, change);
    const was = ending && change.base.slice(ending.start, ending.end);
    return [...endInstead(head.detail as LogoutFact, was), ...restored];
  },
};

function ended(head: Evidence): Judgement {
  return { severity: "warning", confidence: "medium", message: message(ENDED, head.values) };
}

const HOW: Readonly<Record<Forgetting, string>> = {
  flush: "ends the session",
  unseen: "leaves the session to other code",
  clear: "empties the session",
  keys: "forgets who the visitor was",
  cookie: "deletes the cookie in this browser",
  nothing: "leaves the session as it is",
};

const FLUSHED =
  "`{function}` ended the session and now only {how}. The session and its key stay valid on the server: whoever has the cookie continues with it.";
const ENDED =
  "`{function}` ended the session and no longer does: its key and whatever is stored in it stay valid for whoever has the cookie.";
const CLEARED =
  "`{function}` empties the session but keeps its key: whoever has the cookie shares the visitor's next login.";
const FORGOTTEN =
  "`{function}` {how} but leaves the session and its key valid: whoever has the cookie keeps everything else that is stored in it.";
