import { ConfigurationError } from "./configuration-error.js";
import { readPrivateKey } from "./private-key.js";

/** What the operator decided, checked. */
export interface Environment {
  readonly appId: number;
  /** PEM, PKCS#8. */
  readonly privateKey: string;
  /** The webhook secret, and the one before it while it is being rotated. */
  readonly webhookSecrets: readonly string[];
  /** REST base of GitHub. */
  readonly baseUrl: string;
  readonly host: string;
  readonly port: number;
  readonly logLevel: LogLevel;
  /** Where docs/rules can be read; undefined: no rule is linked. */
  readonly docsUrl: string | undefined;
}

const LOG_LEVELS = ["trace", "debug", "info", "warn", "error", "fatal", "silent"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Shorter secrets can be guessed by whoever sees one signed delivery. */
const SECRET_LENGTH = 32;
const HOST_AND_PORT = /^(\[[0-9a-fA-F:.]{2,45}\]|[A-Za-z0-9.-]{1,253})(?::(\d{1,5}))?$/;
const LOOPBACK = /^(localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

type Result<T> = { readonly value: T } | { readonly problem: string };

/**
 * The only reader of the environment.
 *
 * @throws ConfigurationError naming every variable that is wrong, never its value.
 */
export function readEnvironment(env: NodeJS.ProcessEnv): Environment {
  const problems: string[] = [];
  function take<T>(result: Result<T>, fallback: T): T {
    if ("value" in result) return result.value;
    problems.push(result.problem);
    return fallback;
  }
  const key = readPrivateKey(env.PRIVATE_KEY, env.PRIVATE_KEY_PATH);
  const environment: Environment = {
    appId: take(readAppId(env.APP_ID), 0),
    privateKey: take("key" in key ? { value: key.key } : key, ""),
    webhookSecrets: [
      take(readSecret("WEBHOOK_SECRET", env.WEBHOOK_SECRET ?? ""), ""),
      ...(env.WEBHOOK_SECRET_PREVIOUS
        ? [take(readSecret("WEBHOOK_SECRET_PREVIOUS", env.WEBHOOK_SECRET_PREVIOUS), "")]
        : []),
    ],
    baseUrl: take(readBaseUrl(env.GHE_HOST, env.GHE_PROTOCOL), ""),
    // Not the world: whoever puts it behind a proxy in another container says so.
    host: take(readHost(env.HOST), ""),
    port: take(readPort(env.PORT), 0),
    logLevel: take(readLogLevel(env.LOG_LEVEL), "info"),
    docsUrl: take(readDocsUrl(env.DOCS_URL), undefined),
  };
  if (problems.length > 0) throw new ConfigurationError(problems);
  return environment;
}

function readAppId(value: string | undefined): Result<number> {
  if (!value) return { problem: "APP_ID is not set: use the number on the App's settings page" };
  return /^[1-9]\d{0,14}$/.test(value)
    ? { value: Number(value) }
    : { problem: "APP_ID is not a number: use the one on the App's settings page" };
}

function readSecret(variable: string, value: string): Result<string> {
  const remedy = "make one with `openssl rand -hex 32` and give it to the App's settings too";
  if (value === "") return { problem: `${variable} is not set: ${remedy}` };
  // Probot falls back to this one, so the whole world knows it.
  if (value === "development") {
    return { problem: `${variable} is Probot's public default: ${remedy}` };
  }
  if (value.length < SECRET_LENGTH) {
    return { problem: `${variable} is shorter than ${SECRET_LENGTH} characters: ${remedy}` };
  }
  if (new Set(value).size < 8) {
    return { problem: `${variable} repeats a few characters: ${remedy}` };
  }
  return { value };
}

function readBaseUrl(host: string | undefined, protocol = "https"): Result<string> {
  if (!host) {
    return protocol === "https" || protocol === ""
      ? { value: "https://api.github.com" }
      : { problem: "GHE_PROTOCOL is set without GHE_HOST: remove it" };
  }
  const [, name, port] = HOST_AND_PORT.exec(host) ?? [];
  if (name === undefined || Number(port ?? 1) > 65_535) {
    return { problem: "GHE_HOST is no host name: give it without protocol and path" };
  }
  if (protocol !== "https" && protocol !== "http" && protocol !== "") {
    return { problem: "GHE_PROTOCOL is neither https nor http: remove it for https" };
  }
  if (protocol === "http" && !LOOPBACK.test(name)) {
    return {
      problem: "GHE_PROTOCOL is http, which would send tokens in the clear: use https",
    };
  }
  return { value: `${protocol || "https"}://${host}/api/v3` };
}

function readHost(value: string | undefined): Result<string> {
  if (!value) return { value: "localhost" };
  return /^[A-Za-z0-9.:-]{1,253}$/.test(value)
    ? { value }
    : { problem: "HOST is no host name or address: use localhost or 0.0.0.0" };
}

function readPort(value: string | undefined): Result<number> {
  if (!value) return { value: 3000 };
  return /^\d{1,5}$/.test(value) && Number(value) <= 65_535
    ? { value: Number(value) }
    : { problem: "PORT is no port: use a number from 0 to 65535" };
}

function readLogLevel(value: string | undefined): Result<LogLevel> {
  if (!value) return { value: "info" };
  const level = LOG_LEVELS.find((name) => name === value);
  return level === undefined
    ? { problem: `LOG_LEVEL is unknown: use one of ${LOG_LEVELS.join(", ")}` }
    : { value: level };
}

/** It is written into Markdown, so it holds nothing that would end a link. */
function readDocsUrl(value: string | undefined): Result<string | undefined> {
  if (!value) return { value: undefined };
  return /^https:\/\/[\w.-]+(?::\d{1,5})?(?:\/[\w.~%-]+)*\/?$/.test(value)
    ? { value: value.replace(/\/$/, "") }
    : { problem: "DOCS_URL is no https address: use that of the folder docs/rules" };
}
