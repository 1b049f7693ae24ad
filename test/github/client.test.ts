import nock from "nock";
import { describe, expect, it } from "vitest";
import { Gone, Postponed, Refused, Retryable, Superseded } from "../../src/github/client/errors.js";
import { systemTimers } from "../../src/github/client/timers.js";
import { BASE, connect, createJumpingTimers, createScript, expectToken, useWire } from "./wire.js";

const ROUTE = "GET /repos/{owner}/{repo}/pulls/{pull_number}/files";
const PATH = "/repos/o/r/pulls/1/files";
const PLACE = { owner: "o", repo: "r", pull_number: 1 };
const WRITE = "POST /repos/{owner}/{repo}/check-runs";
const WRITE_PATH = "/repos/o/r/check-runs";
const ERROR = { message: "Server Error" };

useWire();

describe("a read", () => {
  it.each([500, 502, 503])("is repeated after %i and then answered", async (status) => {
    expectToken();
    const script = createScript();
    script.on("GET", PATH, [status, ERROR], [200, []]);
    await expect(connect().forInstallation(1).read(ROUTE, PLACE)).resolves.toEqual([]);
    expect(script.sent).toHaveLength(2);
  });

  it("is repeated after a lost connection", async () => {
    expectToken();
    nock(BASE).get(PATH).replyWithError(new Error("ECONNRESET"));
    createScript().on("GET", PATH, [200, []]);
    await expect(connect().forInstallation(1).read(ROUTE, PLACE)).resolves.toEqual([]);
  });

  it("is repeated when the answer broke off", async () => {
    expectToken();
    nock(BASE).get(PATH).reply(200, '[{"filename": "set', { "content-type": "application/json" });
    createScript().on("GET", PATH, [200, []]);
    await expect(connect().forInstallation(1).read(ROUTE, PLACE)).resolves.toEqual([]);
  });

  it("is given up after three times", async () => {
    expectToken();
    const script = createScript();
    script.on("GET", PATH, [502, ERROR], [502, ERROR], [502, ERROR]);
    await expect(connect().forInstallation(1).read(ROUTE, PLACE)).rejects.toBeInstanceOf(Retryable);
  });

  it.each([
    [403, Gone],
    [404, Gone],
    [410, Gone],
    [406, Refused],
    [422, Refused],
  ])("that is answered %i is not repeated", async (status, kind) => {
    expectToken();
    createScript().on("GET", PATH, [status, { message: "no" }]);
    await expect(connect().forInstallation(1).read(ROUTE, PLACE)).rejects.toBeInstanceOf(kind);
  });

  it("ends with the signal of its job", async () => {
    expectToken();
    const job = new AbortController();
    const scope = nock(BASE).get(PATH).delay(10_000).reply(200, []);
    scope.on("request", () => job.abort(new Superseded("newer")));
    const reading = connect().forInstallation(1).during(job.signal).read(ROUTE, PLACE);
    await expect(reading).rejects.toBeInstanceOf(Superseded);
  });

  it("is not followed to another host", async () => {
    expectToken();
    nock(BASE).get(PATH).times(3).reply(302, "", { location: "http://169.254.169.254/latest" });
    await expect(connect().forInstallation(1).read(ROUTE, PLACE)).rejects.toBeInstanceOf(Retryable);
  });

  it("follows a renamed repository on GitHub's own host", async () => {
    expectToken();
    nock(BASE)
      .get(PATH)
      .reply(301, "", { location: `${BASE}/repositories/5/pulls/1/files` });
    createScript().on("GET", "/repositories/5/pulls/1/files", [200, []]);
    await expect(connect().forInstallation(1).read(ROUTE, PLACE)).resolves.toEqual([]);
  });
});

describe("a write", () => {
  it.each([500, 502, 504])("that is answered %i is sent once", async (status) => {
    expectToken();
    const script = createScript();
    script.on("POST", WRITE_PATH, [status, ERROR]);
    const client = connect().forInstallation(1);
    await expect(client.write(WRITE, { ...PLACE, name: "x" })).rejects.toBeInstanceOf(Retryable);
    expect(script.sent).toHaveLength(1);
  });

  it("is sent once when the connection is lost", async () => {
    expectToken();
    nock(BASE).post(WRITE_PATH).replyWithError(new Error("ECONNRESET"));
    const client = connect().forInstallation(1);
    await expect(client.write(WRITE, PLACE)).rejects.toBeInstanceOf(Retryable);
  });

  it("is sent once when GitHub hangs, and given up in time", async () => {
    expectToken();
    nock(BASE).post(WRITE_PATH).delay(10_000).reply(201, {});
    const client = connect({ requestTimeout: 200 }).forInstallation(1);
    const started = Date.now();
    await expect(client.write(WRITE, PLACE)).rejects.toBeInstanceOf(Retryable);
    expect(Date.now() - started).toBeLessThan(3_000);
  });

  it("under way is finished when its job is aborted, and the next one is not sent", async () => {
    expectToken();
    const job = new AbortController();
    const scope = nock(BASE).post(WRITE_PATH).delay(100).reply(201, { id: 9 });
    scope.on("request", () => job.abort(new Superseded("newer")));
    const client = connect({ timers: systemTimers }).forInstallation(1).during(job.signal);
    const first = client.write(WRITE, PLACE);
    const second = client.write(WRITE, PLACE);
    await expect(first).resolves.toEqual({ id: 9 });
    await expect(second).rejects.toBeInstanceOf(Superseded);
  });

  it("waits for the one before it", async () => {
    expectToken();
    let open = 0;
    let most = 0;
    nock(BASE)
      .post(WRITE_PATH)
      .times(3)
      .delay(20)
      .reply(201, () => {
        most = Math.max(most, ++open);
        open--;
        return {};
      });
    const client = connect().forInstallation(1);
    await Promise.all([1, 2, 3].map(() => client.write(WRITE, PLACE)));
    expect(most).toBe(1);
  });
});

describe("GraphQL", () => {
  const QUERY = "query { viewer { login } }";
  const MUTATION = "mutation { x }";

  it("repeats a query after 502", async () => {
    expectToken();
    createScript().on("POST", "/graphql", [502, ERROR], [200, { data: { viewer: null } }]);
    const client = connect().forInstallation(1);
    await expect(client.query(QUERY, {})).resolves.toEqual({ viewer: null });
  });

  it("sends a mutation once", async () => {
    expectToken();
    const script = createScript();
    script.on("POST", "/graphql", [502, ERROR]);
    const client = connect().forInstallation(1);
    await expect(client.mutate(MUTATION, {})).rejects.toBeInstanceOf(Retryable);
    expect(script.sent).toHaveLength(1);
  });

  it.each([
    ["NOT_FOUND", Gone],
    ["FORBIDDEN", Gone],
    ["UNPROCESSABLE", Refused],
    ["RATE_LIMITED", Retryable],
    [undefined, Retryable],
  ])("reads an error of type %s", async (type, kind) => {
    expectToken();
    createScript().on("POST", "/graphql", [
      200,
      { data: null, errors: [{ message: "no", ...(type === undefined ? {} : { type }) }] },
    ]);
    await expect(connect().forInstallation(1).query(QUERY, {})).rejects.toBeInstanceOf(kind);
  });

  it("goes to /api/graphql on GitHub Enterprise Server", async () => {
    const host = "http://127.0.0.1:4570";
    nock(host).post("/api/v3/app/installations/1/access_tokens").reply(201, { token: "t" });
    nock(host)
      .post("/api/graphql")
      .reply(200, { data: { ok: true } });
    const client = connect({ baseUrl: `${host}/api/v3` }).forInstallation(1);
    await expect(client.query(QUERY, {})).resolves.toEqual({ ok: true });
  });
});

describe("a token", () => {
  it("is asked for once and used again", async () => {
    expectToken(1, "one");
    nock(BASE, {
      reqheaders: {
        authorization: "token one",
        "user-agent": /^cyclekey/,
        "x-github-api-version": "2022-11-28",
      },
    })
      .get(PATH)
      .times(5)
      .reply(200, []);
    const github = connect();
    for (let i = 0; i < 5; i++) await github.forInstallation(1).read(ROUTE, PLACE);
  });

  it("belongs to one installation", async () => {
    expectToken(1, "one");
    expectToken(2, "two");
    for (const token of ["one", "two"]) {
      nock(BASE, { reqheaders: { authorization: `token ${token}` } })
        .get(PATH)
        .reply(200, [token]);
    }
    const github = connect();
    await expect(github.forInstallation(1).read(ROUTE, PLACE)).resolves.toEqual(["one"]);
    await expect(github.forInstallation(2).read(ROUTE, PLACE)).resolves.toEqual(["two"]);
  });

  it("is asked for again after an hour", async () => {
    const timers = createJumpingTimers();
    expectToken();
    expectToken();
    createScript().on("GET", PATH, [200, []], [200, []]);
    const client = connect({ timers }).forInstallation(1);
    await client.read(ROUTE, PLACE);
    await timers.sleep(60 * 60_000);
    await client.read(ROUTE, PLACE);
  });

  it("that was refused makes GitHub's answer Gone when the installation is suspended", async () => {
    createScript().on("POST", "/app/installations/1/access_tokens", [
      403,
      { message: "This installation has been suspended" },
    ]);
    await expect(connect().forInstallation(1).read(ROUTE, PLACE)).rejects.toBeInstanceOf(Gone);
  });
});

describe("a 401 in the middle of a job", () => {
  const BAD = [401, { message: "Bad credentials" }] as const;

  it("asks for a new token once and goes on, also with a write", async () => {
    expectToken(1, "old");
    expectToken(1, "new");
    const script = createScript();
    script.on("POST", WRITE_PATH, BAD, [201, { id: 1 }]);
    await expect(connect().forInstallation(1).write(WRITE, PLACE)).resolves.toEqual({ id: 1 });
    expect(script.sent).toHaveLength(2);
  });

  it("that comes again ends the attempt, for the job to try later", async () => {
    expectToken(1, "old");
    expectToken(1, "new");
    createScript().on("POST", WRITE_PATH, BAD, BAD);
    const writing = connect().forInstallation(1).write(WRITE, PLACE);
    await expect(writing).rejects.toBeInstanceOf(Retryable);
  });
});

describe("an installation that has not accepted a permission", () => {
  it("is none to work for, and is asked once", async () => {
    const refusal = { message: "The permissions requested are not granted to this installation." };
    createScript().on("POST", "/app/installations/1/access_tokens", [422, refusal]);
    await expect(connect().forInstallation(1).read(ROUTE, PLACE)).rejects.toBeInstanceOf(Gone);
  });
});

describe("an installation that was deleted", () => {
  it("costs one request when its token was not asked for yet", async () => {
    createScript().on("POST", "/app/installations/1/access_tokens", [404, { message: "no" }]);
    await expect(connect().forInstallation(1).write(WRITE, PLACE)).rejects.toBeInstanceOf(Gone);
  });

  it("costs two when the token has ended with it", async () => {
    expectToken();
    const script = createScript();
    script.on("POST", WRITE_PATH, [401, { message: "Bad credentials" }]);
    script.on("POST", "/app/installations/1/access_tokens", [404, { message: "no" }]);
    await expect(connect().forInstallation(1).write(WRITE, PLACE)).rejects.toBeInstanceOf(Gone);
    expect(script.sent).toHaveLength(2);
  });
});

describe("the permission to resolve threads", () => {
  const RESOLVER = { contents: "write", pull_requests: "write" };

  it("is asked for by the one request that needs it, where the installation grants it", async () => {
    const github = connect();
    const client = github.forInstallation(1);
    expect(client.threadResolver()).toBeUndefined();
    github.learnGrants(1, { contents: "read" });
    expect(client.threadResolver()).toBeUndefined();
    github.learnGrants(1, { contents: "write" });
    expectToken(1, "strong", RESOLVER);
    nock(BASE, { reqheaders: { authorization: "token strong" } })
      .post("/graphql")
      .reply(200, { data: { ok: true } });
    await expect(client.threadResolver()?.mutate("mutation { x }", {})).resolves.toEqual({
      ok: true,
    });
    expectToken(1, "weak");
    nock(BASE, { reqheaders: { authorization: "token weak" } })
      .post("/graphql")
      .reply(200, { data: { ok: true } });
    await client.mutate("mutation { x }", {});
    github.learnGrants(1, { contents: "read" });
    expect(client.threadResolver()).toBeUndefined();
  });
});

describe("the App itself", () => {
  it("signs its requests, and pages through what GitHub tells only it", async () => {
    const signed = { reqheaders: { authorization: /^bearer ey/i } };
    const link = `<${BASE}/app/hook/deliveries?per_page=2&cursor=v1_5>; rel="next"`;
    nock(BASE, signed).get("/app/hook/deliveries?per_page=2").reply(200, [1, 2], { link });
    nock(BASE, signed).get("/app/hook/deliveries?per_page=2&cursor=v1_5").reply(200, [3]);
    const app = connect().asApp();
    const first = await app.readPage("GET /app/hook/deliveries", { per_page: 2 });
    expect(first).toEqual({ items: [1, 2], next: { per_page: "2", cursor: "v1_5" } });
    const second = await app.readPage("GET /app/hook/deliveries", first.next ?? {});
    expect(second).toEqual({ items: [3], next: undefined });
  });

  it("is held by no installation's limit", async () => {
    expectToken();
    createScript().on("GET", PATH, [429, { message: "no" }, { "retry-after": "60" }]);
    const github = connect();
    await expect(github.forInstallation(1).read(ROUTE, PLACE)).rejects.toBeInstanceOf(Retryable);
    createScript().on("GET", "/app", [200, { id: 1 }]);
    await expect(github.asApp().read("GET /app", {})).resolves.toEqual({ id: 1 });
  });
});

describe("an answer that lacks something", () => {
  const QUERY = "query { repository { id } organisation { id } }";
  const lacking = (path: string, type = "NOT_FOUND") =>
    [
      200,
      {
        data: { repository: { id: "R_1" }, organisation: null },
        errors: [{ type, path: [path, "id"], message: "no" }],
      },
    ] as const;

  it("is an answer when nothing but what may be missing is missing", async () => {
    expectToken();
    createScript().on("POST", "/graphql", lacking("organisation"));
    const client = connect().forInstallation(1);
    await expect(client.query(QUERY, {}, ["organisation"])).resolves.toEqual({
      repository: { id: "R_1" },
      organisation: null,
    });
  });

  it("is an error when something else is missing, or nothing may be", async () => {
    expectToken();
    const script = createScript();
    script.on("POST", "/graphql", lacking("repository"), lacking("organisation"));
    const client = connect().forInstallation(1);
    await expect(client.query(QUERY, {}, ["organisation"])).rejects.toBeInstanceOf(Gone);
    await expect(client.query(QUERY, {})).rejects.toBeInstanceOf(Gone);
  });

  it("is an error when GitHub only failed to look", async () => {
    expectToken();
    createScript().on("POST", "/graphql", lacking("organisation", "SERVICE_UNAVAILABLE"));
    const client = connect().forInstallation(1);
    await expect(client.query(QUERY, {}, ["organisation"])).rejects.toBeInstanceOf(Retryable);
  });
});

describe("GitHub's limits", () => {
  it("hold the next request when an answer says that it was the last one", async () => {
    const timers = createJumpingTimers();
    expectToken();
    const reset = String(timers.now() / 1_000 + 100);
    createScript().on("GET", PATH, [
      200,
      [],
      { "x-ratelimit-remaining": "0", "x-ratelimit-reset": reset },
    ]);
    const client = connect({ timers }).forInstallation(1);
    await client.read(ROUTE, PLACE);
    await expect(client.read(ROUTE, PLACE)).rejects.toMatchObject({
      name: "Postponed",
      retryAfter: 101,
    });
  });

  it("close the installation for as long as Retry-After says", async () => {
    const timers = createJumpingTimers();
    expectToken();
    createScript().on("POST", WRITE_PATH, [
      403,
      { message: "You have exceeded a secondary rate limit" },
      { "retry-after": "30" },
    ]);
    const client = connect({ timers }).forInstallation(1);
    const first = await client.write(WRITE, PLACE).catch((error: unknown) => error);
    expect(first).toBeInstanceOf(Retryable);
    expect(first).toMatchObject({ retryAfter: 30 });
    const second = await client.read(ROUTE, PLACE).catch((error: unknown) => error);
    expect(second).toBeInstanceOf(Postponed);
    await timers.sleep(30_000);
    createScript().on("GET", PATH, [200, []]);
    await expect(client.read(ROUTE, PLACE)).resolves.toEqual([]);
  });

  it("leave other installations alone", async () => {
    expectToken(1);
    expectToken(2);
    createScript().on("GET", PATH, [429, { message: "no" }, { "retry-after": "60" }], [200, []]);
    const github = connect();
    await expect(github.forInstallation(1).read(ROUTE, PLACE)).rejects.toMatchObject({
      retryAfter: 60,
    });
    await expect(github.forInstallation(2).read(ROUTE, PLACE)).resolves.toEqual([]);
  });

  it("wait for the reset of the primary limit and a second more", async () => {
    const timers = createJumpingTimers();
    expectToken();
    createScript().on("GET", PATH, [
      403,
      { message: "API rate limit exceeded" },
      {
        "x-ratelimit-remaining": "0",
        "x-ratelimit-reset": String(timers.now() / 1_000 + 100),
      },
    ]);
    await expect(connect({ timers }).forInstallation(1).read(ROUTE, PLACE)).rejects.toMatchObject({
      retryAfter: 101,
    });
  });

  it("without a time wait a minute, then two", async () => {
    const timers = createJumpingTimers();
    expectToken();
    const limited = [403, { message: "You have exceeded a secondary rate limit" }] as const;
    createScript().on("POST", WRITE_PATH, limited, limited);
    const client = connect({ timers }).forInstallation(1);
    await expect(client.write(WRITE, PLACE)).rejects.toMatchObject({ retryAfter: 60 });
    await timers.sleep(60_000);
    await expect(client.write(WRITE, PLACE)).rejects.toMatchObject({ retryAfter: 120 });
  });
});

describe("a clock that is wrong", () => {
  const TOKENS = "/app/installations/1/access_tokens";

  /** What the JWT of a request says of its time, in seconds since the epoch. */
  function issuedAt(authorization: unknown): number {
    const [, claims = ""] = String(authorization).split(".");
    return JSON.parse(Buffer.from(claims, "base64url").toString()).iat;
  }

  it.each([
    [
      "ahead of",
      -3_600,
      "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued",
    ],
    [
      "behind",
      3_600,
      "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires",
    ],
  ])("and %s GitHub's is put right by GitHub's own", async (_, seconds, message) => {
    const theirs = Math.floor(Date.now() / 1_000) + seconds;
    const date = new Date(theirs * 1_000).toUTCString();
    const issued: number[] = [];
    const note = (authorization: string) => {
      issued.push(issuedAt(authorization));
      return true;
    };
    nock(BASE).post(TOKENS).matchHeader("authorization", note).reply(401, { message }, { date });
    nock(BASE)
      .post(TOKENS)
      .matchHeader("authorization", note)
      .reply(201, { token: "t1", expires_at: "2030-01-01T00:00:00Z", permissions: {} });
    createScript().on("GET", PATH, [200, []]);
    await expect(connect().forInstallation(1).read(ROUTE, PLACE)).resolves.toEqual([]);
    // Half a minute and more before GitHub's time, and less than the ten minutes that a JWT may live.
    const age = theirs - (issued.at(-1) ?? 0);
    expect(age).toBeGreaterThanOrEqual(25);
    expect(age).toBeLessThan(600);
  });
});
