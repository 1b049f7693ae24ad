import type { RuleLevel } from "../model/configuration.js";
import type { Judgement, Rule } from "../model/rule.js";

/** The rules as the configuration wants them: without those that are off, with its severities. */
export function configureRules(
  rules: readonly Rule[],
  levels: ReadonlyMap<string, RuleLevel>,
): readonly Rule[] {
  return rules.flatMap((rule) => {
    const level = levels.get(rule.meta.id);
    if (level === "off") return [];
    return level === undefined ? [rule] : [{ ...rule, judge: judgeAs(rule, level) }];
  });
}

function judgeAs(rule: Rule, severity: Judgement["severity"]): Rule["judge"] {
  return (pair) => {
    const judgement = rule.judge(pair);
    return judgement && { ...judgement, severity };
  };
}
