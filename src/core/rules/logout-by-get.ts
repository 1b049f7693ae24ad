import { type LogoutView, logoutViews } from "../login/logout/logout-views.js";
import { message } from "../model/message.js";
import type { Evidence, EvidencePair, Judgement, Rule } from "../model/rule.js";
import type { PythonModule } from "../python/syntax/module.js";

export const logoutByGet: Rule = {
  meta: {
    id: "logout-by-get",
    title: "Logout works with a GET request",
    severity: "warning",
    status: "stable",
    suggestion: "needs-review",
    seed: "Ensure that your logout process properly invalidates the user's session on the server-side.",
    cwe: [352],
    references: [
      "https://docs.djangoproject.com/en/stable/releases/4.1/#log-out-via-get",
      "https://docs.djangoproject.com/en/stable/topics/http/decorators/#django.views.decorators.http.require_POST",
      "https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html",
    ],
    docs: {
      why: "A logout that a GET request can reach is triggered by any link, image or prefetching browser: other pages can log your visitors out at will. Django's own `LogoutView` refuses GET since 5.0.",
      remedy:
        "Put `@require_POST` (`django.views.decorators.http`) on the view, or leave out `get()` of a class, and log out with a small form that carries `{% csrf_token %}`.",
      verify: "`client.get(reverse('logout'))` must answer 405 and leave the visitor logged in.",
      tests: [],
      limits:
        "A view that is new is only a notice: logging out by a link is what most sites do. Logouts are found by the name of their function or class. A decorator in the URL configuration is not seen; a view that asks for the request's method anywhere is taken to refuse GET. Logouts that an identity provider calls are left out.",
    },
  },

  detect(module: PythonModule): readonly Evidence[] {
    return logoutViews(module).map((view) => ({
      identity: "(logout by get)",
      symbol: view.symbol,
      strength: view.byGet ? 0 : 1,
      span: view.span,
      guards: view.guards,
      // The URL configuration may wrap the view.
      confidence: "medium",
      values: { view: view.name },
      detail: view,
    }));
  },

  judge({ base, head }: EvidencePair): Judgement | undefined {
    const { byGet, isUnseen } = head.detail as LogoutView;
    if (!byGet || isUnseen) return undefined;
    return base === undefined
      ? { severity: "notice", confidence: head.confidence, message: message(NEW, head.values) }
      : { severity: "warning", confidence: head.confidence, message: message(OPENED, head.values) };
  },
};

const OPENED = "`{view}` now logs out on a GET request: any page can log your users out.";
const NEW = "`{view}` logs out on a GET request: any page can log your users out.";
