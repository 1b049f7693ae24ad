import { classifyWords, wordsOf } from "../django/module-class.js";
import type { FileChange } from "../model/change.js";
import { message } from "../model/message.js";
import type { Evidence, EvidencePair, Fix, Judgement, Rule } from "../model/rule.js";
import type { SourceFile } from "../model/source.js";
import { restoreToken } from "../template/form-fixes.js";
import { type PostForm, readPostForms } from "../template/forms.js";
import { isDjangoTemplate, sendsTokenByScript } from "../template/page.js";

/** What is known of a form's token. */
const STRENGTH = { token: 2, unseen: 1, none: 0 } as const;

export interface FormDetail {
  readonly form: PostForm;
  /** The page is written for Django, as far as it tells. */
  readonly isDjango: boolean;
  /** The page sends the token in a header. */
  readonly byScript: boolean;
}

export const removedCsrfToken: Rule = {
  language: "template",
  meta: {
    id: "removed-csrf-token",
    title: "POST form without a CSRF token",
    severity: "error",
    status: "stable",
    suggestion: "safe",
    seed: "`{% csrf_token %}` template tag",
    cwe: [352],
    references: [
      "https://docs.djangoproject.com/en/stable/howto/csrf/#using-csrf-protection",
      "https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html",
    ],
    docs: {
      why: "Without the token Django refuses the form with 403, unless the view is exempt from the check; then any page can submit it in the visitor's name. Removing the token is often the first half of such an exemption.",
      remedy:
        "Put `{% csrf_token %}` right behind the form's start tag, in Jinja `{{ csrf_input }}`.",
      verify:
        "Send the form with a client that checks CSRF: with the token it is accepted, without it refused.",
      tests: ["csrf-token-in-form"],
      limits:
        "What partials, blocks, custom tags and scripts put into a form is not read: where one of them comes with the change, nothing is said. Forms whose method or attributes are computed, and forms that a script sends, are left out, as are pages for tests and development.",
    },
  },

  detect(file: SourceFile): readonly Evidence[] {
    if (/^(?:test|development)$/.test(classifyWords(wordsOf(file.path)))) return [];
    const forms = readPostForms(file.text);
    const byScript = sendsTokenByScript(file.text);
    const isDjango = isDjangoTemplate(file.text);
    return forms.map((form) => ({
      identity: "(post form)",
      symbol: form.key,
      strength: strengthOf(form, byScript),
      span: form.span,
      guards: form.tokens,
      confidence: "high",
      values: {},
      detail: { form, isDjango, byScript } satisfies FormDetail,
    }));
  },

  judge({ base, head }: EvidencePair): Judgement | undefined {
    const { form, isDjango, byScript } = head.detail as FormDetail;
    if (base === undefined) {
      const isOpen = head.strength === STRENGTH.none && form.target === "own-site" && isDjango;
      return isOpen
        ? { severity: "warning", confidence: "medium", message: message(NEW) }
        : undefined;
    }
    if (base.strength !== STRENGTH.token || byScript || form.isUnseen) return undefined;
    if (head.strength === STRENGTH.none) {
      return { severity: "error", confidence: "high", message: message(REMOVED) };
    }
    // A partial that was there before may have taken the token over; one that is new surely did.
    const { helpers } = (base.detail as FormDetail).form;
    return form.helpers.every((one) => helpers.includes(one))
      ? { severity: "warning", confidence: "medium", message: message(REMOVED) }
      : undefined;
  },

  suggest({ base, head }: EvidencePair, change: FileChange): readonly Fix[] {
    return restoreToken(
      (base?.detail as FormDetail | undefined)?.form,
      (head.detail as FormDetail).form,
      change,
    );
  },
};

function strengthOf(form: PostForm, byScript: boolean): number {
  if (form.tokens.length > 0 || form.target === "other-site") return STRENGTH.token;
  const isUnseen = byScript || form.isUnseen || form.helpers.length > 0;
  return isUnseen ? STRENGTH.unseen : STRENGTH.none;
}

const REMOVED = "This POST form no longer carries a CSRF token.";
const NEW = "This POST form carries no CSRF token.";
