import { createSign } from "node:crypto";
import type { GitHubWorld } from "../../src/simulator/world.js";

export interface ApiAnswer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever came back.
  readonly body: any;
}

/** The App as it speaks to the embedded GitHub, with nothing but fetch. */
export interface ApiClient {
  jwt(claims?: Readonly<Record<string, unknown>>): string;
  token(): Promise<string>;
  send(method: string, path: string, body?: unknown, token?: string): Promise<ApiAnswer>;
  graphql(query: string, variables?: Readonly<Record<string, unknown>>): Promise<ApiAnswer>;
}

export function createApiClient(
  world: GitHubWorld,
  {
    app,
    privateKey,
    installation,
  }: Pick<GitHubWorld, "app" | "privateKey" | "installation"> = world,
): ApiClient {
  let known: Promise<string> | undefined;

  function jwt(claims: Readonly<Record<string, unknown>> = {}): string {
    const now = Math.floor(Date.now() / 1000);
    const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const head = encode({ alg: "RS256", typ: "JWT" });
    const body = encode({ iss: app.id, iat: now - 60, exp: now + 500, ...claims });
    const signature = createSign("sha256").update(`${head}.${body}`).sign(privateKey, "base64url");
    return `${head}.${body}.${signature}`;
  }

  async function request(path: string, method: string, body: unknown, token: string) {
    const response = await fetch(`${world.url}/api${path}`, {
      method,
      headers: { authorization: `token ${token}`, "user-agent": "test" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const json = response.headers.get("content-type")?.includes("application/json");
    return {
      status: response.status,
      headers: response.headers,
      body: json && text !== "" ? JSON.parse(text) : text,
    };
  }

  async function token(): Promise<string> {
    const path = `/v3/app/installations/${installation.id}/access_tokens`;
    known ??= request(path, "POST", {}, jwt()).then(({ body }) => body.token as string);
    return known;
  }

  return {
    jwt,
    token,
    async send(method, path, body, as) {
      return request(`/v3${path}`, method, body, as ?? (await token()));
    },
    async graphql(query, variables = {}) {
      return request("/graphql", "POST", { query, variables }, await token());
    },
  };
}

/** `/repos/acme/shop` + path. */
export function at(path: string): string {
  return `/repos/acme/shop${path}`;
}
