import type { Span } from "../../model/source.js";
import type { PythonModule } from "../../python/syntax/module.js";
import type { AbstractValue, Constant } from "../evaluate/value.js";
import { starImports } from "../modules/effective-settings.js";
import type { Effective } from "../run/alternative.js";
import { settingFacts } from "./setting-facts.js";
import { FLAG, flagStrength } from "./strength.js";

/** What the module, and each of its settings classes, says of another setting. */
function statementsOf(module: PythonModule, setting: string): readonly Effective[] {
  if (!module.text.includes(setting) && starImports(module).length === 0) return [];
  return settingFacts(module, setting)
    .filter(({ place }) => place !== "runtime")
    .map(({ effective }) => effective);
}

/** Every value another setting can have in a module or in one of its settings classes. */
export function valuesIn(module: PythonModule, setting: string): Effective {
  return statementsOf(module, setting).flat();
}

/** Whether a flag is on, at least in production, wherever the module sets it or takes it from another. */
export function isOn(module: PythonModule, setting: string): boolean {
  const written = statementsOf(module, setting).filter((one) =>
    one.some(({ span, inherited }) => span ?? inherited),
  );
  return (
    written.length > 0 &&
    written.flat().every(({ value }) => flagStrength(setting, value) >= FLAG.conditional)
  );
}

/** Where the module sets it. */
export function spansOf(module: PythonModule, setting: string): readonly Span[] {
  return valuesIn(module, setting).flatMap(({ span }) => (span ? [span] : []));
}

/** What holds in production when no variable is set; undefined when the text does not say. */
export function constantOf(value: AbstractValue): Constant | undefined {
  switch (value.kind) {
    case "literal":
      return value.value;
    case "environment":
      return value.unset && constantOf(value.unset);
    case "conditional":
      return constantOf(value.production);
    default:
      return undefined;
  }
}

/** As `constantOf`, for settings that are texts. */
export function textOf(value: AbstractValue): string | undefined {
  const constant = constantOf(value);
  return typeof constant === "string" ? constant : undefined;
}
