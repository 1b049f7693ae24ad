import { generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { ConfigurationError } from "../../src/bot/configuration-error.js";
import { readEnvironment } from "../../src/bot/environment.js";
import { readPrivateKey } from "../../src/bot/private-key.js";

const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const PKCS8 = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
const PKCS1 = privateKey.export({ type: "pkcs1", format: "pem" }).toString();
const EC = generateKeyPairSync("ec", { namedCurve: "P-256" })
  .privateKey.export({ type: "pkcs8", format: "pem" })
  .toString();
const SECRET = "0123456789abcdef0123456789abcdef";
const good = { APP_ID: "12", PRIVATE_KEY: PKCS8, WEBHOOK_SECRET: SECRET };

describe("the environment", () => {
  it("is read with its defaults", () => {
    expect(readEnvironment(good)).toEqual({
      appId: 12,
      privateKey: PKCS8,
      webhookSecrets: [SECRET],
      baseUrl: "https://api.github.com",
      host: "localhost",
      port: 3000,
      logLevel: "info",
      docsUrl: undefined,
    });
  });

  it.each([
    ["https://git.example.com/acme/cyclekey/blob/main/docs/rules/", true],
    ["https://docs.example.com:8443/rules", true],
    ["http://docs.example.com/rules", false],
    ["https://docs.example.com/rules)[x](https://evil.example", false],
    ["https://docs.example.com/a b", false],
    ["javascript:alert(1)", false],
  ])("takes the address of the rules' pages when it is one: %s", (DOCS_URL, sound) => {
    const read = () => readEnvironment({ ...good, DOCS_URL }).docsUrl;
    if (sound) expect(read()).toBe(DOCS_URL.replace(/\/$/, ""));
    else expect(read).toThrow(/^DOCS_URL is no https address/);
  });

  it("takes a second secret while the first is rotated", () => {
    const previous = SECRET.split("").reverse().join("");
    expect(readEnvironment({ ...good, WEBHOOK_SECRET_PREVIOUS: previous }).webhookSecrets).toEqual([
      SECRET,
      previous,
    ]);
  });

  it.each([
    [{ GHE_HOST: "git.example.com" }, "https://git.example.com/api/v3"],
    [{ GHE_HOST: "git.example.com:8443" }, "https://git.example.com:8443/api/v3"],
    [{ GHE_HOST: "127.0.0.1:4570", GHE_PROTOCOL: "http" }, "http://127.0.0.1:4570/api/v3"],
    [{ GHE_HOST: "localhost", GHE_PROTOCOL: "http" }, "http://localhost/api/v3"],
    [{ GHE_HOST: "[::1]:80", GHE_PROTOCOL: "http" }, "http://[::1]:80/api/v3"],
  ])("reads where GitHub is from %o", (more, baseUrl) => {
    expect(readEnvironment({ ...good, ...more }).baseUrl).toBe(baseUrl);
  });

  it.each([
    ["APP_ID", { APP_ID: "" }],
    ["APP_ID", { APP_ID: "Iv1.abc" }],
    ["PRIVATE_KEY", { PRIVATE_KEY: "" }],
    ["PRIVATE_KEY", { PRIVATE_KEY: "not a key at all" }],
    ["PRIVATE_KEY", { PRIVATE_KEY: EC }],
    ["PRIVATE_KEY", { PRIVATE_KEY: PKCS8.replace(/\n.{20}/, "\n") }],
    ["PRIVATE_KEY_PATH", { PRIVATE_KEY: "", PRIVATE_KEY_PATH: "/nowhere/key.pem" }],
    ["WEBHOOK_SECRET", { WEBHOOK_SECRET: "" }],
    ["WEBHOOK_SECRET", { WEBHOOK_SECRET: "development" }],
    ["WEBHOOK_SECRET", { WEBHOOK_SECRET: SECRET.slice(1) }],
    ["WEBHOOK_SECRET", { WEBHOOK_SECRET: "x".repeat(40) }],
    ["WEBHOOK_SECRET_PREVIOUS", { WEBHOOK_SECRET_PREVIOUS: "development" }],
    ["GHE_HOST", { GHE_HOST: "https://git.example.com" }],
    ["GHE_HOST", { GHE_HOST: "git.example.com/path" }],
    ["GHE_PROTOCOL", { GHE_HOST: "git.example.com", GHE_PROTOCOL: "http" }],
    ["GHE_PROTOCOL", { GHE_HOST: "127.0.0.1.evil.com", GHE_PROTOCOL: "http" }],
    ["GHE_PROTOCOL", { GHE_HOST: "git.example.com", GHE_PROTOCOL: "ftp" }],
    ["GHE_PROTOCOL", { GHE_PROTOCOL: "http" }],
    ["PORT", { PORT: "http" }],
    ["PORT", { PORT: "65536" }],
    ["HOST", { HOST: "a b" }],
    ["LOG_LEVEL", { LOG_LEVEL: "loud" }],
  ])("is refused for %s in %o, by name, on one line, without the value", (variable, change) => {
    const read = () => readEnvironment({ ...good, ...change } as NodeJS.ProcessEnv);
    expect(read).toThrow(ConfigurationError);
    const message = messageOf(read);
    expect(message).toContain(variable);
    expect(message).not.toContain("\n");
    for (const value of Object.values<string>(change)) {
      if (value.length > 12) expect(message).not.toContain(value);
    }
  });

  it("names everything that is wrong at once", () => {
    const message = messageOf(() => readEnvironment({}));
    for (const variable of ["APP_ID", "PRIVATE_KEY", "WEBHOOK_SECRET"]) {
      expect(message).toContain(variable);
    }
  });
});

describe("a private key", () => {
  it.each([
    ["PKCS#8", PKCS8],
    ["PKCS#1", PKCS1],
    ["with newlines written out", PKCS1.replaceAll("\n", "\\n")],
    ["on one line", PKCS1.replaceAll("\n", " ")],
    ["in base64", Buffer.from(PKCS1).toString("base64")],
    [
      "in base64, with newlines written out",
      Buffer.from(PKCS8.replaceAll("\n", "\\n")).toString("base64"),
    ],
    ["with CRLF", PKCS8.replaceAll("\n", "\r\n")],
  ])("is taken %s", (_, value) => {
    expect(readPrivateKey(value, undefined)).toEqual({ key: PKCS8 });
  });

  it("is read from a file", () => {
    expect(readPrivateKey(undefined, "key.pem", () => PKCS1)).toEqual({ key: PKCS8 });
  });
});

function messageOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    return (error as Error).message;
  }
  return "";
}
