/** One request of the bot, as tests count them. */
export interface RequestRecord {
  /** 0-based, over everything that arrived at the API. */
  readonly index: number;
  readonly method: string;
  /** Without `/api/v3` and without the query: `/repos/acme/shop/pulls/1/files`, or `/graphql`. */
  readonly path: string;
  /** With its `?`; empty without one. */
  readonly search: string;
  /** Text of the body, as it came. */
  readonly body: string;
  readonly at: Date;
  /** The exchange of the App's JWT for a token: once an hour, and not counted in budgets. */
  readonly tokenRequest: boolean;
  /** Undefined for what the App asks as itself, and for unknown tokens. */
  readonly installationId: number | undefined;
  /** HTTP status of the answer; 0 when there was none. */
  status: number;
}

/** Whether GitHub counts it as making content: every write but those on tokens and deliveries. */
export function createsContent(request: RequestRecord): boolean {
  if (request.path === "/graphql") return /"query":"(?:\s|\\n)*mutation\b/.test(request.body);
  return request.method !== "GET" && request.path.startsWith("/repos/");
}
