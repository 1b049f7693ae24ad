import { MIDDLEWARE_SETTINGS } from "../django/middleware.js";
import { REMOTE_USER } from "../django/remote-user.js";
import { headerIdentity } from "../login/proof/header-identity.js";
import { message } from "../model/message.js";
import type { Evidence, EvidencePair, Judgement, Rule } from "../model/rule.js";
import type { PythonModule } from "../python/syntax/module.js";
import { listedElements } from "../settings/lists/list-elements.js";

export const headerTrustingLogin: Rule = {
  meta: {
    id: "header-trusting-login",
    title: "Login trusts an identity that clients can send",
    severity: "warning",
    status: "preview",
    suggestion: "none",
    seed: "ensure it correctly integrates with Django's session framework",
    cwe: [290],
    references: [
      "https://docs.djangoproject.com/en/stable/howto/auth-remote-user/",
      "https://docs.djangoproject.com/en/stable/topics/auth/customizing/#writing-an-authentication-backend",
    ],
    docs: {
      why: "A visitor who can reach the site past the proxy, or through a proxy that passes the header on, is whoever the header says, without a password.",
      remedy:
        "Have the web server set `REMOTE_USER`, strip the header from every incoming request, and let nobody reach the site past the proxy.",
      verify:
        '`client.get("/", HTTP_X_REMOTE_USER="admin")` must be answered as for an anonymous visitor, unless the proxy is known to strip the header.',
      tests: [],
      limits:
        "What the proxy strips is not known. A backend is judged by the parameters and calls of its own `authenticate()`; what those calls check is not followed.",
    },
  },

  detect(module: PythonModule): readonly Evidence[] {
    const settings = ["AUTHENTICATION_BACKENDS", ...MIDDLEWARE_SETTINGS];
    const listed = settings
      .flatMap((setting) => listedElements(module, [setting]))
      .filter(({ element }) => /RemoteUser\w*$/.test(element.text))
      .map(
        ({ symbol, setting, element }): Evidence => ({
          identity: element.text,
          // One of the project's own gives way to Django's: nothing is trusted that was not before.
          looseIdentity: `${setting} remote user`,
          symbol,
          strength: 0,
          span: element.span,
          guards: [],
          confidence: "high",
          values: { name: element.text, list: setting, header: "REMOTE_USER" },
        }),
      );
    return [...listed, ...headerIdentity(module)];
  },

  judge({ base, head }: EvidencePair): Judgement | undefined {
    if (head.identity === "authenticate") {
      return { severity: "warning", confidence: "medium", message: message(BACKEND, head.values) };
    }
    if (head.identity.startsWith("header ")) {
      return { severity: "warning", confidence: "high", message: message(HEADER, head.values) };
    }
    const severity = REMOTE_USER[head.identity];
    if (severity === undefined || base !== undefined) return undefined;
    return {
      severity,
      confidence: "high",
      message: message(LISTED, head.values),
    };
  },
};

const HEADER =
  "Identity now comes from the request header `{header}`; clients can send it unless the proxy strips it.";
const LISTED =
  "`{name}` in {list} takes the visitor's name from `{header}`: whoever can set it is logged in as anybody.";
const BACKEND =
  "`{name}` hands out a user for a name alone: nothing in its authenticate() checks a secret.";
