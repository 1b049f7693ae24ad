import type { Finding } from "../model/finding.js";
import { type Confidence, compareSeverity } from "../model/severity.js";

const SURENESS: Readonly<Record<Confidence, number>> = { high: 2, medium: 1, low: 0 };

/** Gravest first; what is equally grave keeps its order. */
export function sortByGravity(findings: readonly Finding[]): readonly Finding[] {
  return [...findings].sort(
    (a, b) =>
      compareSeverity(b.severity, a.severity) || SURENESS[b.confidence] - SURENESS[a.confidence],
  );
}
