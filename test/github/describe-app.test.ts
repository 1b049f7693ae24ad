import { describe, expect, it } from "vitest";
import { readApp, readHook } from "../../src/github/app/describe-app.js";
import { readRequiredChecks } from "../../src/github/app/required-checks.js";
import { connect, createScript, expectToken, useWire } from "./wire.js";

useWire();

describe("what GitHub says of the App", () => {
  it("is read, as far as it makes sense", async () => {
    const script = createScript();
    script.on("GET", "/app", [
      200,
      {
        name: "cyclekey",
        slug: "cyclekey",
        owner: { login: "octo", type: "Organization" },
        permissions: { checks: "write" },
        events: ["check_run", 7],
      },
    ]);
    expect(await readApp(connect().asApp())).toEqual({
      name: "cyclekey",
      slug: "cyclekey",
      owner: "octo",
      ownedByOrganisation: true,
      permissions: { checks: "write" },
      events: ["check_run"],
    });
  });

  it.each([
    [{ url: "https://bot.example/x", content_type: "json", insecure_ssl: "0" }, "json", true],
    [{ url: "https://bot.example/x", content_type: "form", insecure_ssl: 1 }, "form", false],
  ])("names where deliveries go", async (config, contentType, verifiesCertificate) => {
    createScript().on("GET", "/app/hook/config", [200, config]);
    expect(await readHook(connect().asApp())).toEqual({
      url: "https://bot.example/x",
      contentType,
      verifiesCertificate,
    });
  });

  it.each([
    [404, { message: "Not Found" }],
    [200, { url: "" }],
  ])("names no place for deliveries when there is none", async (status, body) => {
    createScript().on("GET", "/app/hook/config", [status, body]);
    expect(await readHook(connect().asApp())).toBeUndefined();
  });
});

describe("the checks that a branch requires", () => {
  const REPOSITORY = { repositoryId: "R_1", owner: "octo", repo: "shop", defaultBranch: "main" };
  const RULES = "/repos/octo/shop/rules/branches/main?per_page=100";
  const BRANCH = "/repos/octo/shop/branches/main";

  it("come from rulesets and from the branch's own protection", async () => {
    expectToken();
    const script = createScript();
    const required = [{ context: "cyclekey", integration_id: 5 }, { context: "lint" }];
    script.on("GET", RULES, [
      200,
      [
        { type: "deletion" },
        { type: "required_status_checks", parameters: { required_status_checks: required } },
      ],
    ]);
    const checks = [{ context: "cyclekey", app_id: -1 }];
    script.on("GET", BRANCH, [200, { protection: { required_status_checks: { checks } } }]);
    expect(await readRequiredChecks(connect().forInstallation(1), REPOSITORY, "main")).toEqual([
      { context: "cyclekey", appId: 5 },
      { context: "lint", appId: undefined },
      { context: "cyclekey", appId: undefined },
    ]);
  });

  it("are none where there is no branch, and no rulesets in the account's plan", async () => {
    expectToken();
    const script = createScript();
    script.on("GET", RULES, [403, { message: "Upgrade to GitHub Pro" }]);
    script.on("GET", BRANCH, [404, { message: "Branch not found" }]);
    expect(await readRequiredChecks(connect().forInstallation(1), REPOSITORY, "main")).toEqual([]);
  });
});
