import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

/**
 * Names a finding for as long as its evidence lives: rule, path, enclosing symbol, identity and the
 * n-th occurrence of these, but no line number. 32 hexadecimal digits of a SHA-256, so that nobody
 * can write code whose finding passes for one that was commented before.
 */
export function fingerprint(
  rule: string,
  path: string,
  symbol: string,
  identity: string,
  occurrence: number,
): string {
  const parts = [rule, path, symbol, identity, String(occurrence)];
  const text = parts.map((part) => `${part.length}:${part}`).join("\n");
  return bytesToHex(sha256(utf8ToBytes(text))).slice(0, 32);
}
