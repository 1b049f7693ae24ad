import { createPrivateKey } from "node:crypto";
import { readFileSync } from "node:fs";

const HEADER = /-----BEGIN ((?:RSA )?PRIVATE KEY)-----([^-]*)-----END \1-----/;
const REMEDY = "use the .pem file that GitHub generated for the App";

/** A key, or what is wrong. */
export type KeyResult = { readonly key: string } | { readonly problem: string };

/**
 * The App's private key as PEM. Taken as Probot takes it: with real newlines, with `\n` written out,
 * on one line, or base64 of any of these.
 */
export function readPrivateKey(
  value: string | undefined,
  path: string | undefined,
  readFile: (path: string) => string = (name) => readFileSync(name, "utf8"),
): KeyResult {
  if (value) return normalise(value, "PRIVATE_KEY");
  if (!path) {
    return { problem: `PRIVATE_KEY and PRIVATE_KEY_PATH are not set: ${REMEDY}` };
  }
  try {
    return normalise(readFile(path), "PRIVATE_KEY_PATH");
  } catch {
    return { problem: `PRIVATE_KEY_PATH names a file that cannot be read: ${REMEDY}` };
  }
}

function normalise(value: string, variable: string): KeyResult {
  const trimmed = value.trim();
  const text = trimmed.startsWith("-----")
    ? trimmed
    : Buffer.from(trimmed, "base64").toString("utf8").trim();
  const [, label, body] = HEADER.exec(text.replaceAll("\\n", "\n")) ?? [];
  if (label === undefined || body === undefined) {
    return { problem: `${variable} is no private key in PEM or base64: ${REMEDY}` };
  }
  const lines = body.replace(/\s+/g, "").match(/.{1,64}/g) ?? [];
  const pem = `-----BEGIN ${label}-----\n${lines.join("\n")}\n-----END ${label}-----\n`;
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyType !== "rsa") {
      return { problem: `${variable} is no RSA key: ${REMEDY}` };
    }
    return { key: key.export({ type: "pkcs8", format: "pem" }).toString() };
  } catch {
    return { problem: `${variable} is a damaged or encrypted key: ${REMEDY}` };
  }
}
