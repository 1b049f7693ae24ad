/** One request of the bot, as tests count them. */
export interface RequestRecord {
  /** 0-based, over everything that arrived at the API. */
  readonly index: number;
  readonly method: string;
  /** Without `/api/v3` and without the query: `/repos/acme/shop/pulls/1/files`, or `/graphql`. */
  readonly path: string;
  /** Text of the body, as it came. */
  readonly body: string;
  readonly at: Date;
  /** The exchange of the App's JWT for a token: once an hour, and not counted in budgets. */
  readonly tokenRequest: boolean;
  /** HTTP status of the answer; 0 when there was none. */
  status: number;
}

/** What goes wrong with a request: no answer ever, a 502, or a connection that ends. */
export type Fault = "hang" | "bad-gateway" | "drop";

export type Interference = (
  request: RequestRecord,
) => Fault | undefined | Promise<Fault | undefined>;

/** Where a test interferes: before anything happened, or after it happened and before the answer. */
export interface Faults {
  beforeRequest?: Interference | undefined;
  afterEffect?: Interference | undefined;
}
