import { type FaultAnswer, type Faults, secondaryLimit } from "../platform/faults.js";
import { createsContent, type RequestRecord } from "../platform/request-log.js";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

interface Spent {
  readonly at: number;
  readonly content: number;
  readonly points: number;
}

interface Budget {
  readonly of: "content" | "points";
  readonly window: number;
  readonly most: number | undefined;
}

/** Counts what each installation asks for; refuses what is too much in any minute or hour. */
export function createSecondaryLimits(): (
  request: RequestRecord,
  faults: Faults,
) => FaultAnswer | undefined {
  const spent = new Map<number, readonly Spent[]>();
  return (request, { contentPerMinute, contentPerHour, pointsPerMinute }) => {
    const { installationId } = request;
    if (installationId === undefined) return undefined;
    const at = request.at.getTime();
    const writes = createsContent(request);
    const now: Spent = { at, content: writes ? 1 : 0, points: writes ? 5 : 1 };
    const before = (spent.get(installationId) ?? []).filter((one) => at - one.at < HOUR);
    const budgets: readonly Budget[] = [
      { of: "content", window: MINUTE, most: contentPerMinute },
      { of: "content", window: HOUR, most: contentPerHour },
      { of: "points", window: MINUTE, most: pointsPerMinute },
    ];
    for (const { of, window, most } of budgets) {
      if (most === undefined || now[of] === 0) continue;
      const recent = before.filter((one) => one[of] > 0 && at - one.at < window);
      const [oldest] = recent;
      if (oldest === undefined || total(recent, of) + now[of] <= most) continue;
      spent.set(installationId, before);
      return secondaryLimit(Math.max(1, Math.ceil((oldest.at + window - at) / 1_000)));
    }
    spent.set(installationId, [...before, now]);
    return undefined;
  };
}

function total(spent: readonly Spent[], of: "content" | "points"): number {
  return spent.reduce((sum, one) => sum + one[of], 0);
}
