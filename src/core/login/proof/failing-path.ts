import type { Comparison, Expression, Statement } from "../../python/syntax/syntax.js";
import { lastName } from "../../session/access/session-expression.js";
import { pathTo, type Scope, type Step } from "../../session/bindings/scopes.js";
import { alwaysLeaves } from "../paths/ways-out.js";
import { comparedSecret } from "./auth-comparisons.js";
import { CHECKING_CALLS } from "./auth-words.js";
import { type Proof, rootOf } from "./proof.js";

/** Whether somebody proved who they are where a test holds; undefined when it says nothing of that. */
type Outcome = "proved" | "refused" | undefined;

/** Whether a statement runs only when nobody proved who they are. The innermost test decides. */
export function isOnFailingPath(statement: Statement, scope: Scope, proof: Proof): boolean {
  for (const step of pathTo(scope.body, statement).toReversed()) {
    const outcome = withinOf(step, statement, proof) ?? behindOf(step, proof);
    if (outcome !== undefined) return outcome === "refused";
  }
  return false;
}

/** What the branch of an `if` that holds the statement says. */
function withinOf({ block, index }: Step, statement: Statement, proof: Proof): Outcome {
  const at = block[index];
  if (at?.kind !== "if" || at === statement) return undefined;
  const branch = at.branches.find(({ body }) => body.some((one) => holds(one, statement)));
  if (branch !== undefined) return outcomeOf(branch.test, proof, 0);
  const outcomes = at.branches.map(({ test }) => outcomeOf(test, proof, 0));
  if (outcomes.includes("refused")) return "proved";
  return outcomes.includes("proved") ? "refused" : undefined;
}

function holds(outer: Statement, inner: Statement): boolean {
  return outer.span.start <= inner.span.start && inner.span.end <= outer.span.end;
}

/** What is left after `if member: ... return`. */
function behindOf({ block, index }: Step, proof: Proof): Outcome {
  for (const one of block.slice(0, index).toReversed()) {
    if (one.kind !== "if" || one.branches.length !== 1 || one.orelse !== undefined) continue;
    const [branch] = one.branches;
    if (branch === undefined || !alwaysLeaves(branch.body)) continue;
    const outcome = outcomeOf(branch.test, proof, 0);
    if (outcome !== undefined) return outcome === "proved" ? "refused" : "proved";
  }
  return undefined;
}

const MAX_DEPTH = 8;

function outcomeOf(test: Expression, proof: Proof, depth: number): Outcome {
  if (depth > MAX_DEPTH) return undefined;
  const inner = (one: Expression) => outcomeOf(one, proof, depth + 1);
  switch (test.kind) {
    case "unary":
      return test.operator === "not" ? opposite(inner(test.operand)) : undefined;
    case "boolean": {
      const outcomes = [inner(test.left), inner(test.right)];
      const decisive = test.operator === "and" ? "proved" : "refused";
      return outcomes.includes(decisive) ? decisive : undefined;
    }
    case "comparison":
      return ofComparison(test, proof);
    case "await":
    case "walrus":
      return inner(test.value);
    default:
      return isProof(test, proof) ? "proved" : undefined;
  }
}

function opposite(outcome: Outcome): Outcome {
  if (outcome === undefined) return undefined;
  return outcome === "proved" ? "refused" : "proved";
}

function ofComparison(test: Comparison, proof: Proof): Outcome {
  const [operator] = test.operators;
  const equal = operator === "==" || operator === "is";
  if (comparedSecret(test) === "credential") return equal ? "proved" : "refused";
  const [left, right] = test.operands;
  if (left === undefined || right === undefined || !isProof(left, proof)) return undefined;
  const nothing =
    (right.kind === "constant" && right.value !== true) ||
    (right.kind === "number" && right.value === 0);
  if (!nothing) return "proved";
  return equal ? "refused" : "proved";
}

/** `member`, `member.exists()`, `len(members)`, `check_password(...)`. */
function isProof(expression: Expression, proof: Proof): boolean {
  if (expression.kind === "name") return proof.records.has(expression.id);
  if (expression.kind !== "call") return false;
  const name = lastName(expression.callee) ?? "";
  if (CHECKING_CALLS.has(name)) return true;
  const [argument] = expression.args;
  if (name === "len" && argument !== undefined) return isProof(argument.value, proof);
  return /^(?:exists|count|first|get)$/.test(name) && proof.records.has(rootOf(expression) ?? "");
}
