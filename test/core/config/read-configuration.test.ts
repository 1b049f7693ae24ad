import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { configurationSchema } from "../../../src/core/config/json-schema.js";
import { readConfiguration } from "../../../src/core/config/read-configuration.js";
import { DEFAULT_CONFIGURATION } from "../../../src/core/model/configuration.js";
import { RULES } from "../../../src/core/rules/index.js";

const IDS = RULES.map(({ meta }) => meta.id);
const read = (repository?: string | null, organisation?: string | null) =>
  readConfiguration({ repository, organisation }, IDS);

/** The problems of a repository's file, one a line. */
const problemsOf = (text: string) =>
  read(text).problems.map(({ line, detail }) => `${line ?? "-"}: ${detail}`);

const EXAMPLE = readFileSync(
  join(import.meta.dirname, "../../../schema/cyclekey.example.yml"),
  "utf8",
);

describe("a configuration", () => {
  it.each([[undefined], [""], ["# nothing but a comment\n"]])(
    "of %j is what holds where nobody wrote anything",
    (text) => {
      expect(read(text)).toEqual({ configuration: DEFAULT_CONFIGURATION, problems: [] });
    },
  );

  it("says all that the example says", () => {
    expect(read(EXAMPLE)).toEqual({
      problems: [],
      configuration: {
        rules: new Map([
          ["personal-data-in-session", "off"],
          ["session-outlives-browser", "error"],
        ]),
        failOn: "warning",
        ignoredPaths: ["docs/**", "**/legacy/**"],
        settings: { production: ["deploy/site.py"], development: ["config/playground/*.py"] },
        maxSessionAge: 1_209_600,
        sensitiveKeys: { add: ["badge_number"], allow: ["signup.token_step"] },
        rotationHelpers: ["start_fresh_session", "accounts.sessions.renew"],
        comments: { max: 10, drafts: true },
        acceptPermission: "maintain",
        onError: "neutral",
      },
    });
  });

  it("may be written as JSON, with CRLF and with a byte order mark", () => {
    const { configuration, problems } = read(
      '\ufeff{\r\n"fail-on": "never",\r\n"comments": {"max": 0}}\r\n',
    );
    expect(problems).toEqual([]);
    expect(configuration).toMatchObject({ failOn: "never", comments: { max: 0, drafts: false } });
  });

  it("takes from the organisation what the repository leaves open, option by option", () => {
    const organisation =
      "fail-on: notice\nrules: {unrotated-login: warning, otp-in-session: notice}\ncomments: {max: 3, drafts: true}\npaths: {ignore: [a, b]}\n";
    const repository =
      "rules: {unrotated-login: error}\ncomments: {max: 5}\npaths: {ignore: [c]}\n";
    const { configuration, problems } = read(repository, organisation);
    expect(problems).toEqual([]);
    expect(configuration).toEqual({
      ...DEFAULT_CONFIGURATION,
      failOn: "notice",
      rules: new Map([
        ["unrotated-login", "error"],
        ["otp-in-session", "notice"],
      ]),
      comments: { max: 5, drafts: true },
      ignoredPaths: ["c"],
    });
  });

  it("of which one line is wrong counts for nothing: the organisation's holds", () => {
    const { configuration, problems } = read(
      "fail-on: never\ncomments: {max: many}\n",
      "fail-on: notice",
    );
    expect(configuration).toEqual({ ...DEFAULT_CONFIGURATION, failOn: "notice" });
    expect(problems).toEqual([
      {
        source: "repository",
        line: 2,
        detail: "comments.max has to be a whole number from 0 to 50.",
      },
    ]);
  });

  it("of an organisation that is wrong leaves the repository's its own", () => {
    const { configuration, problems } = read("on-error: neutral", "on-eror: neutral");
    expect(configuration).toEqual({ ...DEFAULT_CONFIGURATION, onError: "neutral" });
    expect(problems).toEqual([
      {
        source: "organisation",
        line: 1,
        detail: 'There is no "on-eror"; did you mean on-error?',
      },
    ]);
  });

  it("that is no text is a problem", () => {
    expect(read(null, null).problems.map(({ source }) => source)).toEqual([
      "repository",
      "organisation",
    ]);
  });
});

describe("the schema for editors", () => {
  const schema = JSON.parse(
    readFileSync(join(import.meta.dirname, "../../../schema/cyclekey.schema.json"), "utf8"),
  );

  it("is the one of the options that are read", () => {
    expect(schema).toEqual(JSON.parse(JSON.stringify(configurationSchema(IDS))));
  });

  it("names every rule, and nothing that is not read", () => {
    expect(Object.keys(schema.properties.rules.properties)).toEqual(IDS);
    for (const [name, option] of Object.entries<{ properties?: object }>(schema.properties)) {
      for (const key of Object.keys(option.properties ?? { [name]: 1 })) {
        const text = option.properties === undefined ? `${key}: {}` : `${name}: {${key}: {}}`;
        expect(problemsOf(text).join()).not.toContain("There is no");
      }
    }
  });
});

describe("a problem is told with its line:", () => {
  it.each([
    ["fail-on: eror\n", "1: fail-on has to be error, warning, notice or never."],
    ["# x\n\nfail-on: [error]\n", "3: fail-on has to be error, warning, notice or never."],
    ["fail-on:\n", "1: fail-on has to be error, warning, notice or never."],
    ["comments:\n  drafts: yes\n", "2: comments.drafts has to be true or false."],
    ['comments:\n  drafts: "true"\n', "2: comments.drafts has to be true or false."],
    ['comments:\n  max: "3"\n', "2: comments.max has to be a whole number from 0 to 50."],
    ["comments: {max: 51}\n", "1: comments.max has to be a whole number from 0 to 50."],
    ["comments: {max: -1}\n", "1: comments.max has to be a whole number from 0 to 50."],
    ["comments: 3\n", "1: comments has to be options with their values."],
    ["rules:\n", "1: rules has to be options with their values."],
    ["- rules\n", "1: The file has to be options with their values."],
    ["rules\n", "1: The file has to be options with their values."],
    [
      "rules:\n  unrotated-logn: off\n",
      '2: There is no "unrotated-logn" in rules; did you mean unrotated-login?',
    ],
    [
      "rules: {unrotated-login: no}\n",
      "1: rules.unrotated-login has to be off, notice, warning or error.",
    ],
    ["paths: {ignore: docs}\n", "1: paths.ignore has to be a list."],
    [`paths:\n  ignore:\n${"    - a\n".repeat(101)}`, "3: paths.ignore has more than 100 items."],
    [
      "sensitive-keys:\n  add:\n    - a\n    - '---'\n",
      "4: Each item of sensitive-keys.add has to be the name of a session key.",
    ],
    [
      "sensitive-keys: {add: [5]}\n",
      "1: Each item of sensitive-keys.add has to be the name of a session key.",
    ],
    [
      "sensitive-keys: {add: [null]}\n",
      "1: Each item of sensitive-keys.add has to be the name of a session key.",
    ],
    [
      "rotation-helpers: [renew()]\n",
      "1: Each item of rotation-helpers has to be the name of a function, with dots for the modules it stands in.",
    ],
    [
      "_extends: other/repository\n",
      "1: _extends is not supported: nothing is fetched. The same file in the organisation's .github repository supplies defaults.",
    ],
    ["fail-on: never\nfail-on: error\n", '2: "fail-on" stands here twice.'],
    ["a: &x 1\nb: *x\n", "1: Anchors are not supported: write it out."],
    ["a: 1\nb: *x\n", "2: Aliases are not supported: write it out."],
    ["a: !!js/function 'x'\n", "1: Tags are not supported."],
    ["a: 1\n---\nb: 1\n", "-: The file holds more than one YAML document."],
    [
      "\nfail-on: 'error",
      "2: This is not YAML: unexpected end of the stream within a single quoted scalar.",
    ],
    [
      "fail-on: error\n\tx: 1\n",
      "2: This is not YAML: tab characters must not be used in indentation.",
    ],
    ["? [a]\n: 1\n", "1: A key has to be a word."],
  ])("%j", (text, expected) => {
    expect(problemsOf(text)).toEqual([expected]);
  });

  it.each([
    "/etc/**",
    "../secrets",
    "a/../b",
    "./a",
    "a//b",
    "{a,b}",
    "[ab]",
    "!a",
    "a\\b",
    "x".repeat(257),
  ])("a glob cannot be %s", (glob) => {
    expect(problemsOf(`paths: {ignore: [${JSON.stringify(glob)}]}`)).toHaveLength(1);
  });

  it("all of them, but not without end", () => {
    expect(problemsOf("fail-on: x\non-error: x\n")).toHaveLength(2);
    const many = problemsOf(Array.from({ length: 500 }, (_, i) => `key${i}: 1\n`).join(""));
    expect(many).toHaveLength(11);
    expect(many.at(-1)).toBe("-: There are 490 more problems in the file.");
  });

  it("and does not repeat what the file says but for the names of options", () => {
    const told = problemsOf(
      "fail-on: hunter2\nrules: {x: hunter2}\ncomments: {max: hunter2}\n",
    ).join();
    expect(told).not.toContain("hunter2");
    expect(problemsOf(`${"k".repeat(5000)}: 1`)[0]?.length).toBeLessThan(200);
    expect(problemsOf('"a\\nb\\u001b[31m": 1')).toEqual(['1: There is no "a b [31m".']);
  });
});
