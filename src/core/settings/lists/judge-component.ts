import type { EvidencePair } from "../../model/rule.js";
import type { Confidence, Severity } from "../../model/severity.js";
import { type ComponentDetail, PRESENCE } from "./list-component.js";
import { holds } from "./list-value.js";

/** What became of a component of a list, and how grave that is where the list has to hold it. */
export interface ComponentChange {
  /** `traded`: another component that resembles it has come, and does not do the same. */
  readonly how: "gone" | "traded" | "sometimes" | "replaced" | "unsure";
  readonly severity: Severity;
  readonly confidence: Confidence;
}

/**
 * Undefined where nothing is lost, where it may have gone to what was not read, or where production
 * puts it back. A module or a class that is new loses a component only where it takes it out by name.
 */
export function judgeComponent(pair: EvidencePair): ComponentChange | undefined {
  const change = changeOf(pair);
  if (change === undefined) return undefined;
  const serving = (pair.head.detail as ComponentDetail).inProduction();
  return serving === PRESENCE.present ? undefined : change;
}

function changeOf({ base, head }: EvidencePair): ComponentChange | undefined {
  const is = head.detail as ComponentDetail | undefined;
  if (is === undefined) return undefined;
  const was = base?.detail as ComponentDetail | undefined;
  if (is.presence === PRESENCE.removed) {
    const sure = was?.presence === PRESENCE.present;
    return { how: "gone", severity: "error", confidence: sure ? "high" : "medium" };
  }
  if (was?.presence !== PRESENCE.present) return undefined;
  switch (is.presence) {
    case PRESENCE.absent: {
      const traded = is.replacement !== undefined && !stoodThere(was, is.replacement.text);
      return { how: traded ? "traded" : "gone", severity: "error", confidence: "high" };
    }
    case PRESENCE.sometimes:
      return { how: "sometimes", severity: "warning", confidence: "medium" };
    case PRESENCE.replaced:
      return stoodThere(was, is.replacement?.text)
        ? { how: "gone", severity: "error", confidence: "medium" }
        : { how: "replaced", severity: "warning", confidence: "medium" };
    case PRESENCE.unknown:
      return is.unknown.every((source) => was.unknown.includes(source))
        ? { how: "unsure", severity: "warning", confidence: "low" }
        : undefined;
    default:
      return undefined;
  }
}

/** What stood beside the component before has not come in its place. */
function stoodThere(was: ComponentDetail, path: string | undefined): boolean {
  return path !== undefined && was.fact.lists.some((list) => holds(list, path));
}
