import { message } from "../model/message.js";
import type { Evidence, EvidencePair, Judgement, PythonRule, RuleMeta } from "../model/rule.js";
import type { Severity } from "../model/severity.js";
import type { Span } from "../model/source.js";
import type { PythonModule } from "../python/syntax/module.js";
import { describeValue } from "./evaluate/describe.js";
import { type AbstractValue, UNSET } from "./evaluate/value.js";
import { type InProduction, inProduction } from "./facts/production-siblings.js";
import {
  NOTHING,
  type SettingFact,
  saysNothing,
  settingFacts,
  type Weakest,
  weakest,
} from "./facts/setting-facts.js";
import { fixSetting, revertSetting, type SettingPlace } from "./fixes.js";
import { atMost } from "./flag-severity.js";
import { touchedSource } from "./modules/touched-source.js";

/** One side of a pair, as a setting's judge sees it. */
export interface SettingState {
  readonly value: AbstractValue;
  readonly strength: number;
  /** Whether a statement of this module gives the value. */
  readonly written: boolean;
  readonly place: SettingPlace["place"];
}

/** What a rule says of a change; `undefined` for nothing. */
export interface SettingJudgement {
  readonly severity: Severity;
  /** May hold `{base}` and `{head}`. */
  readonly template: string;
  readonly values?: Readonly<Record<string, string>>;
}

/** All that is particular to the rule of one setting. */
export interface SettingRule {
  readonly meta: RuleMeta;
  readonly setting: string;
  readonly concerns: RegExp;
  /** Documented line that is right whatever base was; absent when only base knows. */
  readonly fixLine?: string | ((head: string) => string | undefined);
  /** `module` is where the value holds; undefined where no file says anything of the setting. */
  readonly strengthOf: (value: AbstractValue, module?: PythonModule) => number;
  /** False for modules in which the name means something else. */
  readonly appliesTo?: (module: PythonModule) => boolean;
  /** False when a write while the site runs is none of this rule's business. */
  readonly atRuntime?: false;
  /** Assignments of other settings that the strength hangs on. */
  readonly guards?: (module: PythonModule) => readonly Span[];
  /** Other facts about the same version, for messages; read only when the setting is. */
  readonly describe?: (module: PythonModule) => Readonly<Record<string, string>>;
  /** Replaces the facts of one version where another setting decides. */
  readonly overrule?: (module: PythonModule, fact: SettingFact) => SettingFact;
  /** True where a new module counts as weak however weak the modules are that it starts from. */
  readonly againstDefault?: true;
  /** `base` is what would hold without this module or class when the fact is new. */
  readonly judge: (
    base: SettingState,
    head: SettingState,
    pair: EvidencePair,
  ) => SettingJudgement | undefined;
}

interface SettingDetail extends SettingPlace {
  readonly module: PythonModule;
  readonly state: SettingState;
  readonly sure: boolean;
  /** What would hold without this module or class. */
  readonly assumed: () => SettingState;
  /** What production ends up with where it starts from this module; looked up when it decides. */
  readonly inProduction: () => InProduction | undefined;
  /** Of a module that was deleted: whether others of its folder are left. Else a whole site is gone. */
  readonly folderIsThere: (() => boolean) | undefined;
}

/** Makes a rule of what is particular to one setting. */
export function settingRule(rule: SettingRule): PythonRule {
  return {
    meta: rule.meta,
    concerns: rule.concerns,
    detect: (module) => detectSetting(rule, module),
    judge: (pair) => judgePair(rule, pair),
    suggest: (pair, change) => {
      const { fixLine } = rule;
      const line = typeof fixLine === "function" ? fixLine(change.head) : fixLine;
      const inherits = settingStateOf(pair.head)?.written === false;
      const head = inherits ? { ...pair.head, span: undefined } : pair.head;
      const fixes = fixSetting(pair.base, head, change, line);
      const isSafe = rule.meta.suggestion === "safe";
      return isSafe ? [...fixes, ...revertSetting(head, change)] : fixes;
    },
  };
}

/** One rule on several settings; `meta` is that of the first. */
export function settingsRule(first: SettingRule, ...others: readonly SettingRule[]): PythonRule {
  const parts = new Map([first, ...others].map((part) => [part.setting, settingRule(part)]));
  return {
    meta: first.meta,
    concerns: first.concerns,
    detect: (module) => [...parts.values()].flatMap((part) => part.detect(module)),
    judge: (pair) => parts.get(pair.head.identity)?.judge(pair),
    suggest: (pair, change) => parts.get(pair.head.identity)?.suggest?.(pair, change) ?? [],
  };
}

function detectSetting(rule: SettingRule, module: PythonModule): readonly Evidence[] {
  if (rule.appliesTo?.(module) === false) return [];
  const facts = isGone(module) ? [GONE] : settingFacts(module, rule.setting);
  return facts
    .filter(({ place }) => place !== "runtime" || rule.atRuntime !== false)
    .map((fact) => toEvidence(rule, module, rule.overrule?.(module, fact) ?? fact));
}

/** What a settings module that was deleted says: nothing. */
const GONE: SettingFact = {
  symbol: "",
  place: "module",
  effective: NOTHING,
  taken: () => NOTHING,
};

function isGone(module: PythonModule): boolean {
  return module.side === "RIGHT" && module.changed && saysNothing(module);
}

function toEvidence(rule: SettingRule, module: PythonModule, fact: SettingFact): Evidence {
  const found = weakest(fact.effective, (value) => rule.strengthOf(value, module));
  const span = found.span ?? importLine(found, module);
  const detail: SettingDetail = {
    module,
    enclosing: span && enclosing(module, span),
    text: span ? module.text.slice(span.start, span.end) : "",
    place: fact.place,
    weakDefault: found.value.kind === "environment",
    state: stateOf(found, fact),
    sure: found.sure,
    assumed: () => assumedBase(rule, module, fact),
    inProduction: () =>
      fact.place === "runtime"
        ? undefined
        : inProduction(module, rule.setting, fact.place, rule.strengthOf),
    folderIsThere:
      fact === GONE ? () => module.siblings().some((name) => name.endsWith(".py")) : undefined,
  };
  return {
    identity: rule.setting,
    symbol: fact.symbol,
    strength: found.strength,
    span,
    via: fact.header ?? (span && touchedSource(module, span)),
    guards: rule.guards?.(module) ?? [],
    confidence: confidenceOf(detail),
    values: {
      setting: rule.setting,
      value: describeValue(rule.setting, found.value),
      ...rule.describe?.(module),
    },
    detail,
  };
}

/**
 * Where a value comes in that the change set leaves as it is, or by a statement that it touches: then
 * this module is the cause of what changes. Else the changed module answers for its values.
 */
function importLine({ inherited }: Weakest, module: PythonModule): Span | undefined {
  if (inherited === undefined) return undefined;
  const { via, changed } = inherited;
  const isTouched = module.touched.some(
    ({ span, keyword }) => keyword !== "class" && span.start <= via.start && via.end <= span.end,
  );
  return changed && !isTouched ? undefined : via;
}

function stateOf(found: Weakest, fact: SettingFact): SettingState {
  const { value, strength, span } = found;
  return { value, strength, written: span !== undefined, place: fact.place };
}

function enclosing(module: PythonModule, span: Span): Span | undefined {
  return module.statements.find((one) => one.span.start <= span.start && span.end <= one.span.end)
    ?.span;
}

function confidenceOf({ state, sure }: SettingDetail): Evidence["confidence"] {
  if (state.value.kind === "unknown") return "low";
  return sure && state.value.kind !== "inherited" ? "high" : "medium";
}

function judgePair(rule: SettingRule, pair: EvidencePair): Judgement | undefined {
  const head = settingStateOf(pair.head);
  const base = pair.base ? settingStateOf(pair.base) : withoutIt(pair.head);
  if (head === undefined || base === undefined || head.strength >= base.strength) return undefined;
  const { inProduction: look, folderIsThere } = pair.head.detail as SettingDetail;
  if (folderIsThere?.() === false) return undefined;
  const serving = look();
  if (serving !== undefined && serving.strength >= base.strength) return undefined;
  const judged = rule.judge(base, head, pair);
  if (judged === undefined) return undefined;
  const relied = serving !== undefined && serving.strength > head.strength;
  const limit = relied ? "notice" : folderIsThere ? "warning" : "error";
  const judgement = { ...judged, severity: atMost(judged.severity, limit) };
  const vague = pair.base !== undefined && pair.base.confidence !== "high";
  const doubt = vague && pair.head.confidence === "high" ? "medium" : pair.head.confidence;
  return {
    severity: doubt === "low" && judgement.severity === "error" ? "warning" : judgement.severity,
    confidence: doubt,
    message: message(
      judgement.template + reliedOn(head) + (relied ? RELIED : folderIsThere ? DELETED : ""),
      {
        setting: rule.setting,
        base: pair.base?.values.value ?? describeValue(rule.setting, base.value),
        head: pair.head.values.value ?? "",
        from: head.value.kind === "inherited" ? head.value.from : "",
        production: serving?.path ?? "",
        ...judgement.values,
      },
    ),
  };
}

const DELETED = " The module that said so is deleted, and no other takes its place.";
const RELIED = " Production now relies on what {production} says.";

/** The state behind the evidence of a setting; undefined for evidence of another kind. */
export function settingStateOf(evidence: Evidence): SettingState | undefined {
  return (evidence.detail as SettingDetail | undefined)?.state;
}

/** The module behind the evidence of a setting: only a judge may ask through it what is not at hand. */
export function settingModuleOf(evidence: Evidence): PythonModule | undefined {
  return (evidence.detail as SettingDetail | undefined)?.module;
}

/** A file or class that is new says something only where it writes the setting. */
function withoutIt({ detail }: Evidence): SettingState | undefined {
  const { state, assumed } = detail as SettingDetail;
  return state.written ? assumed() : undefined;
}

/** What the modules and classes say that a new one starts from, or else Django. */
function assumedBase(rule: SettingRule, module: PythonModule, fact: SettingFact): SettingState {
  const { place, taken } = fact;
  const found = weakest(taken(), (value) => rule.strengthOf(value, module));
  const strength = rule.strengthOf(UNSET);
  const { kind } = found.value;
  const isSaid = kind !== "unset" && kind !== "inherited" && kind !== "unknown";
  if (!isSaid || (rule.againstDefault && found.strength < strength)) {
    return { value: UNSET, strength, written: false, place };
  }
  return { value: found.value, strength: found.strength, written: false, place };
}

function reliedOn(head: SettingState): string {
  if (head.place === "runtime") return " It is set while the site runs, for every later request.";
  return head.value.kind === "inherited"
    ? " Nothing sets it here any more; what {from} says was not read."
    : "";
}
