import { message } from "../model/message.js";
import type { Evidence, EvidencePair, Judgement, PythonRule, RuleMeta } from "../model/rule.js";
import type { Confidence, Severity } from "../model/severity.js";
import { normaliseText } from "../normalise-text.js";
import { keepsSessionsInCookies } from "../settings/sessions/session-engine.js";
import { type DataFact, dataFacts, PROTECTED, severityOf } from "./data-facts.js";
import type { SensitiveCategory } from "./words/wordlists.js";
import type { SessionWrite } from "./writes/writes.js";

/** What is particular to one kind of data. */
export interface DataRule {
  readonly meta: RuleMeta;
  readonly category: SensitiveCategory;
  /** Template of the message and the values of its holes; `key` is always there. */
  readonly describe: (fact: DataFact) => {
    readonly template: string;
    readonly values?: Readonly<Record<string, string>>;
  };
}

/** For `judge`, which sees only the pair. */
interface DataDetail {
  readonly severity: Severity;
  readonly template: string;
  readonly readable: boolean;
  /** Whether visitors can read the session; looked up when it decides. */
  readonly inCookie: () => boolean;
}

/**
 * Makes a rule of one kind of data. What was protected at base is for `removed-session-encryption`,
 * what is signed or encoded for `signed-but-readable-secret`.
 */
export function dataRule({ meta, category, describe }: DataRule): PythonRule {
  return {
    meta,
    detect: (module) =>
      dataFacts(module)
        .filter((fact) => fact.category === category)
        .map((fact) => {
          const { template, values } = describe(fact);
          const detail: DataDetail = {
            severity: severityOf(fact),
            template,
            readable: fact.readable !== undefined,
            inCookie: () => keepsSessionsInCookies(module),
          };
          return toEvidence(fact, { ...values, key: fact.write.key }, detail);
        }),
    judge: judgeData,
  };
}

export function toEvidence(
  { category, write, strength, confidence }: DataFact,
  values: Readonly<Record<string, string>>,
  detail: unknown,
): Evidence {
  const identity = `${write.key} ${category}`;
  return {
    identity,
    looseIdentity: identity,
    stored: storedAs(write, category),
    symbol: write.scope.symbol,
    strength,
    span: write.span,
    guards: [],
    confidence,
    values,
    detail,
  };
}

/** What a write stores, as it is written. */
export function storedAs({ value, valueScope }: SessionWrite, kind: string): string | undefined {
  if (value === undefined) return undefined;
  const { start, end } = value.span;
  return `${kind} ${normaliseText(valueScope.module.text.slice(start, end))}`;
}

const IN_COOKIE =
  " Sessions of this project are signed cookies: every visitor can read what his own holds.";

/** What a rule says of data that lies readable in the session. */
interface Saying {
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly template: string;
  readonly values: Readonly<Record<string, string>>;
}

/** Graver by one step where visitors can read the session, which is looked up only when it decides. */
export function sayOfData(saying: Saying, inCookie: () => boolean): Judgement {
  const { severity, confidence, template, values } = saying;
  if (severity === "error" || !inCookie()) {
    return { severity, confidence, message: message(template, values) };
  }
  const graver = severity === "notice" || confidence === "low" ? "warning" : "error";
  return { severity: graver, confidence, message: message(template + IN_COOKIE, values) };
}

function judgeData({ base, head }: EvidencePair): Judgement | undefined {
  const { severity, template, readable, inCookie } = head.detail as DataDetail;
  if (base !== undefined || readable || head.strength >= PROTECTED) return undefined;
  const { confidence, values } = head;
  return sayOfData({ severity, confidence, template, values }, inCookie);
}

const WHOLE: Readonly<Record<string, string>> = {
  api: "API",
  otp: "OTP",
  id: "ID",
  jwt: "JWT",
  ssh: "SSH",
  aws: "AWS",
  iban: "IBAN",
  cvv: "CVV",
  cvc: "CVC",
  ssn: "SSN",
  sso: "SSO",
  hiv: "HIV",
  mfa: "MFA",
  sms: "SMS",
};

/** The words of a list as a person writes them: `api key` is an `API key`. */
export function spell(phrase: string): string {
  const text = phrase === "apikey" ? "api key" : phrase;
  return text.replace(/\w+/g, (word) => WHOLE[word] ?? word);
}

/** With `a` or `an` before it. */
export function withArticle(phrase: string): string {
  const text = spell(phrase);
  return /^(?:[aeio]|[AEFHILMNORSX][A-Z])/.test(text) ? `an ${text}` : `a ${text}`;
}
