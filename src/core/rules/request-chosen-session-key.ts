import { message } from "../model/message.js";
import type { Evidence, EvidencePair, Judgement, Rule } from "../model/rule.js";
import type { PythonModule } from "../python/syntax/module.js";
import { type ChosenKey, chosenKeys } from "../session-key/chosen-key.js";

export const requestChosenSessionKey: Rule = {
  meta: {
    id: "request-chosen-session-key",
    title: "The request chooses the session key",
    severity: "error",
    status: "stable",
    suggestion: "none",
    seed: "Sending a link with a pre-set session ID in the URL … some applications might support session IDs in URLs.",
    cwe: [384, 472],
    references: [
      "https://docs.djangoproject.com/en/stable/topics/http/sessions/#session-security",
      "https://cheatsheetseries.owasp.org/cheatsheets/Session_Management_Cheat_Sheet.html#used-vs-accepted-session-id-exchange-mechanisms",
    ],
    docs: {
      why: "Django takes the session key from its own cookie and from nowhere else. Code that takes it from a URL, a form or a header lets an attacker send a link that puts the victim into the attacker's session, and keys end up in logs and referrers.",
      remedy:
        "Leave the key to `SessionMiddleware`. To hand a login over to another host or device, send a signed, single-use value (`signing.dumps`, loaded with `max_age`) and call `login()` there.",
      verify:
        "Open the page with the key of another session in the URL, in a clean browser: neither Set-Cookie nor the identity may change.",
      tests: ["key-from-cookie-only"],
      testsView: true,
      limits:
        "A key is followed through local names of the same function. A key that other code reads from the request, or that is stored first, is not seen.",
    },
  },

  detect(module: PythonModule): readonly Evidence[] {
    return chosenKeys(module).map(({ scope, statement, how, source }) => ({
      identity: `chosen ${how}`,
      symbol: scope.symbol,
      strength: source === undefined ? 1 : 0,
      span: statement.span,
      guards: [],
      confidence: source === "the URL" ? "medium" : "high",
      values: { function: scope.symbol, source: source ?? "elsewhere", how: HOW[how] },
    }));
  },

  judge({ head }: EvidencePair): Judgement | undefined {
    if (head.strength > 0) return undefined;
    const template =
      "`{function}` takes the session key from {source} and {how}: a link can make a victim use the attacker's session.";
    return {
      severity: "error",
      confidence: head.confidence,
      message: message(template, head.values),
    };
  },
};

const HOW: Readonly<Record<ChosenKey["how"], string>> = {
  session: "makes it the key of this session",
  store: "opens that session for the request",
  cookie: "passes it off as the session cookie",
  response: "sends it back as the session cookie",
  lookup: "goes on as the visitor of that session",
};
