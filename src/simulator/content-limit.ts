import { type FaultAnswer, secondaryLimit } from "./faults.js";
import { createsContent, type RequestRecord } from "./request-log.js";

const WINDOW = 60_000;

/** Counts what each installation writes; refuses what is too much in any 60 seconds. */
export function createContentLimit(): (
  request: RequestRecord,
  perMinute: number | undefined,
) => FaultAnswer | undefined {
  const written = new Map<number, number[]>();
  return (request, perMinute) => {
    const { installationId } = request;
    if (perMinute === undefined || installationId === undefined || !createsContent(request)) {
      return undefined;
    }
    const now = request.at.getTime();
    const recent = (written.get(installationId) ?? []).filter((at) => now - at < WINDOW);
    written.set(installationId, recent);
    const [oldest] = recent;
    if (oldest !== undefined && recent.length >= perMinute) {
      return secondaryLimit(Math.max(1, Math.ceil((oldest + WINDOW - now) / 1000)));
    }
    recent.push(now);
    return undefined;
  };
}
