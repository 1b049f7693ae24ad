import type { Evidence, EvidencePair, Judgement, PythonRule } from "../model/rule.js";
import type { PythonModule } from "../python/syntax/module.js";
import { hasDjangoSessions } from "../session/access/foreign-sessions.js";
import { sayOfData } from "../session/data-rule.js";
import { type WizardStep, wizardSteps } from "../session/forms/wizard.js";
import { keepsSessionsInCookies } from "../settings/sessions/session-engine.js";

export const wizardStoredSecret: PythonRule = {
  meta: {
    id: "wizard-stored-secret",
    title: "Wizard keeps a secret between its steps",
    severity: "warning",
    status: "preview",
    suggestion: "none",
    seed: "Examine the code (views, middleware) to identify all places where `request.session` is used to store data.",
    cwe: [312, 522],
    references: [
      "https://django-formtools.readthedocs.io/en/latest/wizard.html",
      "https://docs.djangoproject.com/en/stable/topics/http/sessions/#using-cookie-based-sessions",
    ],
    docs: {
      why: "A form wizard keeps what was typed in each step in the session, or in a cookie, until the last step is done, or until the session expires if the visitor never finishes. A password from the first step stays there in clear text.",
      remedy:
        "Ask for the secret in the last step, or override `get_form_step_data()` or `process_step()` so that it is not kept.",
      verify: "Send the first step with a known password and look for it in the decoded session.",
      tests: ["no-secret-in-session"],
      limits:
        "The form has to stand in the same file or be one of Django's. Lists of forms that are given to `as_view()` or made by `get_form_list()` are not read; a method that handles what a step keeps is taken to filter it.",
    },
  },

  detect(module: PythonModule): readonly Evidence[] {
    return hasDjangoSessions(module)
      ? wizardSteps(module).map((step) => toEvidence(step, () => keepsSessionsInCookies(module)))
      : [];
  },

  judge({ head }: EvidencePair): Judgement | undefined {
    const { step, inCookie } = head.detail as Detail;
    if (step.guards.length > 0) return undefined;
    const severity = step.last ? "notice" : step.cookie ? "error" : "warning";
    const template =
      "Wizard step {form} keeps its {field} in the {store} until the wizard finishes.";
    const { confidence, values } = head;
    // What a cookie keeps is in the visitor's hands, whatever keeps the session.
    const readable = () => !step.cookie && inCookie();
    return sayOfData({ severity, confidence, template, values }, readable);
  },
};

/** For `judge`. */
interface Detail {
  readonly step: WizardStep;
  readonly inCookie: () => boolean;
}

function toEvidence(step: WizardStep, inCookie: Detail["inCookie"]): Evidence {
  return {
    identity: `${step.wizard} ${step.form}`,
    symbol: step.wizard,
    strength: step.guards.length > 0 ? 1 : 0,
    span: step.span,
    guards: step.guards,
    confidence: "medium",
    values: {
      form: step.form,
      field: step.fields.join(", "),
      store: step.cookie ? "cookie" : "session",
    },
    detail: { step, inCookie } satisfies Detail,
  };
}
