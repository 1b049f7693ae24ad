import type { Evidence } from "../model/rule.js";
import type { PythonModule } from "../python/syntax/module.js";
import type { Call, Statement } from "../python/syntax/syntax.js";
import { calleeName, dottedName, walkSymbols } from "../python/syntax/walk.js";
import { describeSeconds } from "./evaluate/describe.js";
import { evaluate } from "./evaluate/evaluate.js";
import { type AbstractValue, isDuration } from "./evaluate/value.js";
import { defaultOf } from "./facts/strength.js";
import type { SettingPlace } from "./fixes.js";
import { classOfModule } from "./modules/class-of-module.js";
import { moduleScope } from "./modules/effective-settings.js";

/** Identity of the facts made here; no setting is called so. */
export const EXPIRY = "set_expiry";

/** What `session.set_expiry(x)` asks for: seconds, `0` for "until the browser closes". */
export interface Expiry {
  readonly seconds: number;
  readonly shown: string;
}

/**
 * The calls of `session.set_expiry` in the touched code, each with the strength that `strengthOf`
 * gives its longest expiry. A call whose argument the text does not determine is left out.
 */
export function expiryEvidence(
  module: PythonModule,
  strengthOf: (expiry: Expiry) => number,
): readonly Evidence[] {
  if (!module.text.includes(EXPIRY)) return [];
  const kind = classOfModule(module);
  if (kind === "test" || kind === "development") return [];
  const scope = moduleScope(module);
  return [...walkSymbols(module.touchedSyntax)].flatMap(({ statement, symbol }) => {
    const argument = expiryCall(statement)?.args[0];
    const expiry = argument && longest(evaluate(argument.value, scope));
    if (expiry === undefined) return [];
    const detail: SettingPlace = {
      enclosing: undefined,
      text: module.text.slice(statement.span.start, statement.span.end),
      place: "runtime",
      weakDefault: false,
    };
    return [
      {
        identity: EXPIRY,
        symbol,
        strength: strengthOf(expiry),
        span: statement.span,
        guards: [],
        confidence: "high" as const,
        values: { seconds: String(expiry.seconds), value: expiry.shown },
        detail,
      },
    ];
  });
}

/** Django's own login and what is imported under a name of it. */
const LOGIN = /^(?:a|auth_|django_)?login$/;

/**
 * The logins of the touched code of a module that asks for no expiry anywhere: their sessions live as
 * long as SESSION_COOKIE_AGE says.
 */
export function loginsWithoutExpiry(module: PythonModule): readonly Evidence[] {
  if (module.text.includes(EXPIRY) || !/login[ \t]*\(/.test(module.text)) return [];
  const kind = classOfModule(module);
  if (kind === "test" || kind === "development") return [];
  const symbols = [...walkSymbols(module.touchedSyntax)].flatMap(({ statement, symbol }) => {
    const value = statement.kind === "expression" ? statement.value : undefined;
    const call = value?.kind === "await" ? value.value : value;
    const name = call?.kind === "call" ? (calleeName(call)?.split(".").at(-1) ?? "") : "";
    return LOGIN.test(name) ? [symbol] : [];
  });
  return [...new Set(symbols)].map((symbol) => ({
    identity: EXPIRY,
    symbol,
    strength: 0,
    span: undefined,
    guards: [],
    confidence: "high" as const,
    values: { seconds: String(globalAge()), value: "SESSION_COOKIE_AGE" },
  }));
}

function expiryCall(statement: Statement): Call | undefined {
  if (statement.kind !== "expression" || statement.value.kind !== "call") return undefined;
  const { callee, args } = statement.value;
  if (callee.kind !== "attribute" || callee.name !== EXPIRY || args.length !== 1) return undefined;
  return /(?:^|\.)session$/.test(dottedName(callee.object) ?? "") ? statement.value : undefined;
}

function longest(value: AbstractValue): Expiry | undefined {
  const options = value.kind === "choice" ? value.options : [value];
  const all = options.map(expiryOf);
  if (all.some((one) => one === undefined)) return undefined;
  return all.reduce((a, b) => (a && b && b.seconds > a.seconds ? b : a));
}

function expiryOf(value: AbstractValue): Expiry | undefined {
  switch (value.kind) {
    case "literal": {
      if (value.value === null) return { seconds: globalAge(), shown: "SESSION_COOKIE_AGE" };
      const seconds = typeof value.value === "number" ? value.value : undefined;
      const found = isDurationSeconds(value) ?? seconds;
      if (found === undefined || found < 0) return undefined;
      return {
        seconds: found,
        shown: found === 0 ? "the end of the browser session" : describeSeconds(found),
      };
    }
    case "environment":
      return value.unset && expiryOf(value.unset);
    case "conditional":
      return expiryOf(value.production);
    default:
      return undefined;
  }
}

function isDurationSeconds(value: Extract<AbstractValue, { kind: "literal" }>): number | undefined {
  return isDuration(value.value) ? value.value.seconds : undefined;
}

/** What `None` means, unless the project says otherwise. */
function globalAge(): number {
  return Number(defaultOf("SESSION_COOKIE_AGE"));
}
