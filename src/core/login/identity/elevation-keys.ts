import { isOneOf } from "../../session/words/tokens.js";
import type { SessionWrite } from "../../session/writes/writes.js";
import { isPutDown } from "./identity-keys.js";
import { ELEVATION_KEYS, RIGHTS_KEYS } from "./identity-words.js";

/** What a write gives a visitor who is logged in already: rights, or only the time they were given. */
export type Elevation = "rights" | "time";

/** What the visitor gains by a write; undefined for other keys and for what is taken back. */
export function elevationOf(write: SessionWrite, behindLogin: boolean): Elevation | undefined {
  const tokens = write.path[0]?.tokens ?? [];
  if (write.path.length !== 1 || write.place.fresh || isPutDown(write)) return undefined;
  if (isOneOf(tokens, ELEVATION_KEYS)) return tokens.at(-1) === "at" ? "time" : "rights";
  return behindLogin && isOneOf(tokens, RIGHTS_KEYS) ? "rights" : undefined;
}
