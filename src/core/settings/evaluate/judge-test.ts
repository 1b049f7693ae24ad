import type { Expression } from "../../python/syntax/syntax.js";
import { evaluate } from "./evaluate.js";
import { testInProduction } from "./production-test.js";
import type { Scope } from "./scope.js";
import { type AbstractValue, isTruthy } from "./value.js";

export interface TestVerdict {
  /** Undefined when the text does not say. */
  readonly holds: boolean | undefined;
  readonly on?: "production" | "environment";
}

/** Whether a branch runs on a production site, and what that hangs on. */
export function judgeTest(test: Expression, scope: Scope): TestVerdict {
  const named = testInProduction(test);
  if (named !== undefined) return { holds: named, on: "production" };
  return judgeValue(evaluate(test, scope));
}

function judgeValue(value: AbstractValue): TestVerdict {
  switch (value.kind) {
    case "literal":
      return { holds: isTruthy(value.value) };
    case "conditional":
      return { holds: judgeValue(value.production).holds, on: "production" };
    case "environment":
      return value.unset === undefined
        ? { holds: undefined }
        : { holds: judgeValue(value.unset).holds, on: "environment" };
    default:
      return { holds: undefined };
  }
}
