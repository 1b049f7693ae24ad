import { nearestName } from "../core/report/nearest-name.js";
import { renderRule, renderRuleList } from "../core/report/rule-text.js";
import { RULES } from "../core/rules/index.js";
import { UserError } from "../git/user-error.js";
import { writeOut } from "./output.js";
import { terminalPalette } from "./terminal-palette.js";

/** Prints every rule on a line. */
export function listRules(): Promise<void> {
  return writeOut(renderRuleList(RULES, terminalPalette(process.stdout)));
}

/**
 * Prints what there is to say of one rule.
 *
 * @throws UserError when there is no rule of that name.
 */
export async function explainRule(name: string): Promise<void> {
  const rule = RULES.find(({ meta }) => meta.id === name);
  if (rule === undefined) {
    const nearest = nearestName(
      name,
      RULES.map(({ meta }) => meta.id),
    );
    const guess = nearest === undefined ? "" : ` Did you mean ${nearest}?`;
    throw new UserError(`there is no rule ${name}.${guess} See cyclekey rules.`);
  }
  await writeOut(renderRule(rule, terminalPalette(process.stdout)));
}
