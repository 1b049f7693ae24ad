import { message } from "../model/message.js";
import type { Evidence, EvidencePair, Judgement, Rule } from "../model/rule.js";
import type { Severity } from "../model/severity.js";
import type { SourceFile } from "../model/source.js";
import type { PythonModule } from "../python/syntax/module.js";
import { exposedKeys, type Leak } from "../session-key/exposed-key.js";
import { printedKeys } from "../template/session-key.js";

export const exposedSessionKey: Rule = {
  meta: {
    id: "exposed-session-key",
    title: "Session key exposed outside its cookie",
    severity: "error",
    status: "stable",
    suggestion: "none",
    seed: "Attacker Obtains a Session ID",
    cwe: [598, 532, 200],
    references: [
      "https://docs.djangoproject.com/en/stable/topics/http/sessions/#session-ids-in-urls",
      "https://cheatsheetseries.owasp.org/cheatsheets/Session_Management_Cheat_Sheet.html#logging-sessions-life-cycle-monitoring-creation-usage-and-destruction-of-session-ids",
    ],
    docs: {
      why: "Anyone who has the session key has the session. In its HttpOnly cookie it is out of reach of scripts and logs; a URL ends up in histories, referrers and proxy logs, a page or a JSON response can be read by every script, and a log by everyone who reads logs.",
      remedy:
        "Send the key nowhere. To tell sessions apart in a log, log a keyed hash: `salted_hmac('session-log', key).hexdigest()`. To name a cart or a device, use an id of its own.",
      verify:
        "Search the site's responses and its log for the value of a test client's session cookie: it must not be there.",
      tests: [],
      limits:
        "A key is followed through local names and containers of the same function. Of a template only what it prints is read, not what an `{% if %}` or a tag makes of the key.",
    },
  },

  detect(module: PythonModule): readonly Evidence[] {
    return exposedKeys(module).map(({ scope, span, leak, truncated }) => ({
      identity: `${leak}${truncated ? " in part" : ""}`,
      symbol: scope.symbol,
      strength: 0,
      span,
      guards: [],
      confidence: "high",
      values: {
        function: scope.symbol,
        where: WHERE[leak],
        leak,
        shown: truncated ? "part" : "whole",
      },
    }));
  },

  detectInTemplate({ text }: SourceFile): readonly Evidence[] {
    return printedKeys(text).map(({ span, truncated }) => ({
      identity: `page${truncated ? " in part" : ""}`,
      symbol: "",
      strength: 0,
      span,
      guards: [],
      confidence: "high",
      values: {
        leak: "template",
        shown: truncated ? "part" : "whole",
      },
    }));
  },

  judge({ base, head }: EvidencePair): Judgement | undefined {
    if (base !== undefined) return undefined;
    const leak = head.values.leak as Leak;
    const part = head.values.shown === "part";
    if (part && head.values.function === undefined) return undefined;
    const template = part
      ? "`{function}` shows a part of the session key: {where}."
      : head.values.function === undefined
        ? PRINTED
        : "The session key leaves its cookie in `{function}`: {where}. Anyone who reads it there can take over the visitor's session.";
    return {
      severity: part ? "notice" : SEVERITY[leak],
      confidence: head.confidence,
      message: message(template, head.values),
    };
  },
};

const PRINTED =
  "This page prints the session key: every script on it can read the key and take over the visitor's session.";

const WHERE: Readonly<Record<Leak, string>> = {
  url: "it goes into a URL",
  response: "it goes into the body of a response",
  header: "it goes into a response header",
  template: "it is given to a template",
  log: "it is written to a log",
  service: "it is sent to another service",
  mail: "it is sent by mail",
};

const SEVERITY: Readonly<Record<Leak, Severity>> = {
  url: "error",
  response: "error",
  header: "error",
  template: "error",
  log: "warning",
  service: "warning",
  mail: "warning",
};
