import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { Finding } from "../model/finding.js";

/**
 * What a comment tells of a finding, as 16 hexadecimal digits: its gravity and its values. A
 * fingerprint names a setting whatever its value, so without this a mild change could be accepted
 * and a grave one pushed behind it.
 */
export function digestOf({ rule, severity, message }: Finding): string {
  const values = Object.entries(message.values).sort(([a], [b]) => (a < b ? -1 : 1));
  const text = JSON.stringify([rule, severity, values]);
  return bytesToHex(sha256(utf8ToBytes(text))).slice(0, 16);
}
