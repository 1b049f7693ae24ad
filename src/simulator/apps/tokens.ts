import { randomBytes, verify } from "node:crypto";
import type {
  AppRecord,
  InstallationRecord,
  Permissions,
  TokenRecord,
} from "../platform/app-records.js";
import { ApiError } from "../platform/errors.js";
import type { Platform } from "../platform/platform.js";

const HOUR = 3600_000;
/** GitHub refuses a JWT that would live longer than ten minutes. */
const LONGEST_JWT = 600;

const BAD_CREDENTIALS = "Bad credentials";

function decode(part: string | undefined): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(Buffer.from(part ?? "", "base64url").toString());
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function credentials(header: string | undefined): string {
  const [, token] = /^(?:bearer|token) (\S+)$/i.exec(header ?? "") ?? [];
  if (token === undefined) throw new ApiError(401, "Requires authentication");
  return token;
}

/** The App whose private key signed the JWT in an Authorization header. */
export function authenticateApp(platform: Platform, header: string | undefined): AppRecord {
  const [head, claims, signature] = credentials(header).split(".");
  const { iss, iat, exp } = decode(claims);
  const app = platform.apps.find((one) => one.id === Number(iss));
  if (app === undefined || signature === undefined || decode(head).alg !== "RS256") {
    throw new ApiError(401, "A JSON web token could not be decoded");
  }
  const signed = Buffer.from(`${head}.${claims}`);
  if (!verify("sha256", signed, app.publicKey, Buffer.from(signature, "base64url"))) {
    throw new ApiError(401, "A JSON web token could not be decoded");
  }
  const now = Date.now() / 1000;
  if (typeof exp !== "number" || exp <= now || exp > now + LONGEST_JWT) {
    throw new ApiError(401, "'Expiration time' claim ('exp') is too far in the future");
  }
  if (typeof iat !== "number" || iat > now) {
    throw new ApiError(401, "'Issued at' claim ('iat') must be an Integer representing the time");
  }
  return app;
}

/** `repositories` narrows it to some of the installation's. */
export function issueToken(
  platform: Platform,
  installation: InstallationRecord,
  permissions: Permissions,
  repositories?: ReadonlySet<number>,
): { readonly token: string; readonly expiresAt: Date } {
  const token = `ghs_${randomBytes(18).toString("hex")}`;
  const expiresAt = new Date(Date.now() + HOUR);
  const sees = (id: number) => installation.repositories.has(id) && (repositories?.has(id) ?? true);
  platform.tokens.set(token, { installation, permissions, sees, expiresAt });
  return { token, expiresAt };
}

/** The installation that a token in an Authorization header stands for. */
export function authenticateInstallation(
  platform: Platform,
  header: string | undefined,
): TokenRecord {
  const record = platform.tokens.get(credentials(header));
  const known = record !== undefined && platform.installations.includes(record.installation);
  if (!known || record.expiresAt.getTime() <= Date.now()) throw new ApiError(401, BAD_CREDENTIALS);
  refuseSuspended(record.installation);
  return record;
}

export function refuseSuspended(installation: InstallationRecord): void {
  if (installation.suspendedAt === undefined) return;
  throw new ApiError(403, "This installation has been suspended");
}

/** Whose token it is, good or not; undefined for any other header. */
export function callerOf(platform: Platform, header: string | undefined): number | undefined {
  const [, token = ""] = /^(?:bearer|token) (\S+)$/i.exec(header ?? "") ?? [];
  return platform.tokens.get(token)?.installation.id;
}
