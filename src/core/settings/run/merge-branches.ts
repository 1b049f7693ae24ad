import { SETTING_DEFAULTS } from "../../django/setting-defaults.js";
import {
  type AbstractValue,
  type Constant,
  fromEnvironment,
  inProduction,
  UNSET,
} from "../evaluate/value.js";
import type { Alternative, Effective } from "./alternative.js";
import type { State } from "./run.js";

/** Branches that are not reached where the condition is as in production. */
interface Skipped {
  readonly on: "production" | "environment";
  readonly skipped: readonly State[];
}

const NOT_WRITTEN: Effective = [{ value: UNSET, span: undefined }];

/**
 * Leaves in `state` what holds after one of the reached branches ran: every alternative of each.
 * What a skipped branch would have made of a name shows in that its value becomes conditional.
 */
export function mergeBranches(
  state: State,
  reached: readonly State[],
  condition?: Skipped | undefined,
): void {
  const before = new Map(state);
  const all = [...reached, ...(condition?.skipped ?? [])];
  const names = new Set(all.flatMap((branch) => [...branch.keys()]));
  for (const name of names) {
    const old = before.get(name);
    if (all.every((branch) => branch.get(name) === old)) continue;
    const merged = unique(reached.flatMap((branch) => branch.get(name) ?? NOT_WRITTEN));
    const elsewhere = condition?.skipped.flatMap((branch) => branch.get(name) ?? []) ?? [];
    state.set(
      name,
      condition
        ? merged.map((one) =>
            decidesNothing(name, one.value, elsewhere)
              ? one
              : makeConditional(one, condition.on, elsewhere),
          )
        : merged,
    );
  }
}

function unique(alternatives: Effective): Effective {
  return [...new Set(alternatives)];
}

/** Whether the branches not taken write what holds anyway, so that their condition is none of the value's. */
function decidesNothing(name: string, value: AbstractValue, elsewhere: Effective): boolean {
  const held = value.kind === "unset" ? SETTING_DEFAULTS[name]?.value : constantOf(value);
  return (
    held !== undefined &&
    elsewhere.length > 0 &&
    elsewhere.every((one) => constantOf(one.value) === held)
  );
}

function constantOf(value: AbstractValue): Constant | undefined {
  return value.kind === "literal" ? value.value : undefined;
}

/** Nothing may give the value in production: then the branch not taken is what to point at. */
function makeConditional(
  alternative: Alternative,
  on: Skipped["on"],
  elsewhere: Effective,
): Alternative {
  const { value, inherited } = alternative;
  const notTaken = inherited ? undefined : elsewhere.find((one) => one.span)?.span;
  const span = alternative.span ?? notTaken;
  return {
    ...alternative,
    span,
    value:
      on === "environment"
        ? fromEnvironment(value)
        : value.kind === "conditional"
          ? value
          : inProduction("DEBUG", value),
  };
}
