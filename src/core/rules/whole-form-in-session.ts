import type { Evidence, EvidencePair, Judgement, PythonRule } from "../model/rule.js";
import type { Severity } from "../model/severity.js";
import type { PythonModule } from "../python/syntax/module.js";
import { sayOfData, storedAs } from "../session/data-rule.js";
import { type WholeObject, wholeObject } from "../session/forms/whole-object.js";
import { hasPhrase, tokensOf } from "../session/words/tokens.js";
import { isThinnedOut } from "../session/writes/thinned-out.js";
import { type SessionWrite, sessionWrites } from "../session/writes/writes.js";
import { keepsSessionsInCookies } from "../settings/sessions/session-engine.js";

/** For `judge`. */
interface Detail {
  readonly severity: Severity;
  readonly inCookie: () => boolean;
}

const KNOWN =
  "The whole {object} is stored under `{key}`, including {fields}: all of it stays readable in the session.";
const UNKNOWN =
  "The whole {object} is stored under `{key}`: every field of it, also those that come later, stays readable in the session.";
const HARMLESS = "The whole {object} is stored under `{key}`.";

export const wholeFormInSession: PythonRule = {
  meta: {
    id: "whole-form-in-session",
    title: "Whole form kept in the session",
    severity: "warning",
    status: "stable",
    suggestion: "needs-review",
    seed: "Examine the code (views, middleware) to identify all places where `request.session` is used to store data.",
    cwe: [312, 201],
    references: [
      "https://docs.djangoproject.com/en/stable/topics/http/sessions/#using-cookie-based-sessions",
      "https://cheatsheetseries.owasp.org/cheatsheets/Session_Management_Cheat_Sheet.html#session-id-content-or-value",
    ],
    docs: {
      why: "Storing a form as a whole also stores its passwords and card numbers, and every field that is added to the form later, without anybody looking at the session again.",
      remedy:
        'Store the fields that the next step needs, by name: `{k: v for k, v in form.cleaned_data.items() if k not in {"password1", "password2"}}`, or better only the id of a record made from them.',
      verify: "Send the form with a known password and look for it in the decoded session.",
      tests: ["no-secret-in-session"],
      testsView: true,
      limits:
        "Fields are known when the form stands in the same file. Of other forms the rule speaks where their name, the key or the function is about accounts or payments; forms for searching are noticed only.",
    },
  },

  detect(module: PythonModule): readonly Evidence[] {
    return sessionWrites(module).flatMap((write) => {
      const { value, facts, scope } = write;
      if (value === undefined || facts.protection !== "none") return [];
      const whole = wholeObject(value, scope);
      if (whole === undefined) return [];
      const identity = `${write.key} ${whole.kind}`;
      return [
        {
          identity,
          looseIdentity: identity,
          stored: storedAs(write, whole.kind),
          symbol: scope.symbol,
          strength: 0,
          span: write.span,
          guards: [],
          confidence: whole.fields.known ? ("high" as const) : ("medium" as const),
          values: {
            key: write.key === "(dynamic)" ? "request.session" : write.key,
            object: whole.text,
            fields: whole.fields.secret.join(", "),
          },
          detail: {
            severity: severityOf(whole, write),
            inCookie: () => keepsSessionsInCookies(module),
          },
        },
      ];
    });
  },

  judge({ head }: EvidencePair): Judgement {
    const { severity, inCookie } = head.detail as Detail;
    const { confidence, values } = head;
    const template = severity === "notice" ? HARMLESS : values.fields ? KNOWN : UNKNOWN;
    return sayOfData({ severity, confidence, template, values }, inCookie);
  },
};

function severityOf(whole: WholeObject, write: SessionWrite): Severity {
  if (isThinnedOut(write)) return "notice";
  if (whole.fields.secret.length > 0) return "error";
  if (whole.fields.known) return "notice";
  if (whole.kind === "headers") return "warning";
  const words = [...whole.names, write.key, write.scope.symbol].map(tokensOf);
  if (words.some((tokens) => hasPhrase(tokens, SEARCHING))) return "notice";
  return whole.kind === "post" || words.some((tokens) => hasPhrase(tokens, DELICATE))
    ? "warning"
    : "notice";
}

/** Forms that are about what is shown, not about who looks. */
const SEARCHING: readonly string[] = [
  "filter",
  "filters",
  "search",
  "sort",
  "query",
  "report",
  "criteria",
  "preferences",
  "prefs",
  "options",
  "settings",
  "list",
  "table",
  "display",
];

/** Forms in which people type what nobody else should read. */
const DELICATE: readonly string[] = [
  "signup",
  "sign up",
  "register",
  "registration",
  "login",
  "signin",
  "sign in",
  "account",
  "password",
  "credentials",
  "credential",
  "checkout",
  "payment",
  "billing",
  "card",
  "bank",
  "profile",
  "identity",
  "patient",
  "applicant",
  "kyc",
];
