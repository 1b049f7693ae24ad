import type { AppClient } from "../client/client.js";
import { Gone } from "../client/errors.js";
import { array, at, record, text } from "../client/untrusted.js";

/** The App as it is registered on GitHub. */
export interface RegisteredApp {
  readonly name: string;
  readonly slug: string;
  /** Login of the account that owns it, and whether that is an organisation. */
  readonly owner: string;
  readonly ownedByOrganisation: boolean;
  /** Names of permissions with `read`, `write` or `admin`. */
  readonly permissions: Readonly<Record<string, unknown>>;
  readonly events: readonly string[];
}

/** Where the App's deliveries go. */
export interface Hook {
  readonly url: string;
  readonly contentType: string;
  readonly verifiesCertificate: boolean;
}

export async function readApp(app: AppClient): Promise<RegisteredApp> {
  const answer = record(await app.read("GET /app", {}));
  return {
    name: text(answer?.name) ?? "",
    slug: text(answer?.slug) ?? "",
    owner: text(at(answer, "owner", "login")) ?? "",
    ownedByOrganisation: at(answer, "owner", "type") === "Organization",
    permissions: record(answer?.permissions) ?? {},
    events: array(answer?.events).flatMap((event) => text(event) ?? []),
  };
}

/** Undefined where no address is set, or the webhook is not active. */
export async function readHook(app: AppClient): Promise<Hook | undefined> {
  try {
    const answer = record(await app.read("GET /app/hook/config", {}));
    const url = text(answer?.url);
    if (url === undefined || url === "") return undefined;
    return {
      url,
      contentType: text(answer?.content_type) ?? "form",
      verifiesCertificate: String(answer?.insecure_ssl ?? "0") === "0",
    };
  } catch (error) {
    if (error instanceof Gone) return undefined;
    throw error;
  }
}
