import { createHmac, timingSafeEqual } from "node:crypto";

const SHAPE = /^sha256=([0-9a-f]{64})$/;

/** Whether the header has the shape of a signature, which costs nothing to ask before reading a body. */
export function looksSigned(header: string | undefined): header is string {
  return header !== undefined && SHAPE.test(header);
}

/**
 * Whether the body was signed with one of the secrets. Over the bytes as they came: a text would
 * read several broken byte sequences as the same. All secrets are tried, in constant time each.
 */
export function isSignedBy(secrets: readonly string[], body: Uint8Array, header: string): boolean {
  const given = Buffer.from(SHAPE.exec(header)?.[1] ?? "", "hex");
  let signed = false;
  for (const secret of secrets) {
    const digest = createHmac("sha256", secret).update(body).digest();
    if (given.length === digest.length && timingSafeEqual(given, digest)) signed = true;
  }
  return signed;
}
