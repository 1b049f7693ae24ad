import type { Confidence } from "../model/severity.js";
import type { Span } from "../model/source.js";
import type { PythonModule } from "../python/syntax/module.js";
import { pathTo } from "../session/bindings/scopes.js";
import { type SessionWrite, sessionWrites } from "../session/writes/writes.js";
import { type Elevation, elevationOf } from "./identity/elevation-keys.js";
import { loginFacts } from "./login-facts.js";
import { isRotatedByCallers, isRotatedByDecorator, mayRotateElsewhere } from "./paths/callers.js";
import { coveringStatements, guardSpans } from "./paths/path-rule.js";
import { isLogoutName, readAuthEvidence } from "./proof/auth-evidence.js";

/** A write that gives a visitor more rights than they came with; the first of its block. */
export interface ElevationFact {
  readonly write: SessionWrite;
  readonly elevation: Elevation;
  readonly rotated: boolean;
  readonly guards: readonly Span[];
  readonly confidence: Confidence;
}

/** Writes that are followed in one module: each costs a walk over its function. */
const MAX_WRITES = 40;

/**
 * The writes of what a hunk touches by which a visitor gains rights. Where the same function logs
 * somebody in without a new key, that is the finding.
 */
export function elevationFacts(module: PythonModule): readonly ElevationFact[] {
  const unrotated = new Set(
    loginFacts(module)
      .sinks.filter((sink) => sink.claimed && !sink.rotated)
      .map((sink) => sink.write.scope.definition),
  );
  const blocks = new Set<unknown>();
  return sessionWrites(module)
    .filter(({ scope }) => scope.definition !== undefined && !unrotated.has(scope.definition))
    .flatMap((write) => {
      const elevation =
        elevationOf(write, false) ?? elevationOf(write, readAuthEvidence(write.scope).behindLogin);
      const block = pathTo(write.scope.body, write.statement).at(-1)?.block;
      if (elevation === undefined || blocks.has(block) || isLogoutName(write.scope)) return [];
      blocks.add(block);
      return [{ write, elevation }];
    })
    .slice(0, MAX_WRITES)
    .map(({ write, elevation }) => readElevation(write, elevation));
}

function readElevation(write: SessionWrite, elevation: Elevation): ElevationFact {
  const { scope, statement } = write;
  const covering = coveringStatements(statement, scope, "rotates");
  return {
    write,
    elevation,
    rotated: covering.length > 0 || isRotatedByDecorator(scope) || isRotatedByCallers(scope),
    guards: guardSpans(covering, scope, "rotates"),
    confidence: mayRotateElsewhere(scope) ? "low" : "medium",
  };
}
