import nock from "nock";
import { describe, expect, it } from "vitest";
import { Gone, Postponed, Refused, Retryable, Superseded } from "../../src/github/errors.js";
import { systemTimers } from "../../src/github/timers.js";
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

describe("GitHub's limits", () => {
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
