import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import Ajv from "ajv";
import { beforeAll, describe, expect, it } from "vitest";
import type { ScanResult } from "../../../src/core/model/scan-result.js";
import type { ParsePython } from "../../../src/core/python/parser.js";
import { toSarif } from "../../../src/core/report/sarif.js";
import { RULES } from "../../../src/core/rules/index.js";
import { scan } from "../../../src/core/scan.js";
import { loadPython } from "../../../src/grammar/node.js";
import { changeBetween, filesOf, readFixtureCases } from "../../fixture-cases.js";
import { changeSet, HOSTILE, removedFlag, result, rules } from "./sample.js";

const readModule = (path: string): object =>
  JSON.parse(readFileSync(createRequire(import.meta.url).resolve(path), "utf8"));
// The schema of the standard is written in draft 4 of JSON Schema.
const ajv = new Ajv({ schemaId: "id", meta: false, unknownFormats: ["uri-reference"] });
ajv.addMetaSchema(readModule("ajv/lib/refs/json-schema-draft-04.json"));
const isSarif = ajv.compile(readModule("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"));

/** What the schema of the standard objects to. */
function objections(log: object): unknown {
  isSarif(JSON.parse(JSON.stringify(log)));
  return isSarif.errors ?? [];
}

interface Log {
  readonly runs: readonly [
    { readonly results: readonly Record<string, unknown>[]; readonly [key: string]: unknown },
  ];
}

const metas = new Map(RULES.map(({ meta }) => [meta.id, meta]));
const write = (one: ScanResult): Log =>
  toSarif(one, { changes: changeSet.files, rules, version: "1.2.3" }) as Log;

let parse: ParsePython;
beforeAll(async () => {
  parse = await loadPython();
});

describe("a SARIF log", () => {
  it("is what the standard's schema asks for, for every rule", () => {
    const heard = readFixtureCases().filter(({ expectations }) => expectations.length > 0);
    const oneOfEach = new Map(heard.map((fixture) => [fixture.rule, fixture]));
    expect(oneOfEach.size).toBeGreaterThanOrEqual(RULES.length);
    const wrong = [...oneOfEach.values()].flatMap(({ rule, name, before, after }) => {
      const changes = changeBetween(before, after);
      const found = scan(changes, parse, { repository: filesOf(before, after) });
      const log = toSarif(found, { changes: changes.files, rules: metas, version: "1.2.3" });
      const errors = objections(log);
      return JSON.stringify(errors) === "[]" ? [] : [{ rule, name, errors }];
    });
    expect(wrong).toEqual([]);
  });

  it("is not what the schema asks for when a field is wrong", () => {
    expect(objections({ ...write(result), version: "2.0.0" })).not.toEqual([]);
  });

  it("stands on lines of head, and says where the evidence stood", () => {
    const [first] = write(result).runs[0].results;
    expect(first).toEqual({
      ruleId: "insecure-session-cookie",
      ruleIndex: 0,
      level: "error",
      message: {
        text: "The session cookie travels over plain HTTP. `SESSION_COOKIE_SECURE` was True and is now unset.",
      },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: "shop/settings.py" },
            region: { startLine: 1, endLine: 1 },
          },
        },
      ],
      partialFingerprints: { "cyclekey/v1": removedFlag.fingerprint },
      fixes: [
        {
          artifactChanges: [
            {
              artifactLocation: { uri: "shop/settings.py" },
              replacements: [
                {
                  deletedRegion: { startLine: 1, endLine: 1 },
                  insertedContent: { text: "DEBUG = False\nSESSION_COOKIE_SECURE = True" },
                },
              ],
            },
          ],
        },
      ],
      properties: { confidence: "high", evidence: removedFlag.region },
    });
  });

  it("deletes whole lines, names what is suppressed, and what was not reviewed", () => {
    const suggestion = { ...removedFlag.suggestion!, replacement: "", deletes: true as const };
    const suppression = { rule: removedFlag.rule, reason: "behind a VPN", line: 3, added: false };
    const log = write({
      ...result,
      findings: [{ ...removedFlag, suggestion }],
      suppressed: [{ ...removedFlag, suppression }],
      unscanned: [
        { path: "a b/ü:1.py", reason: "too-large", detail: "It is too large." },
        { path: HOSTILE, reason: "syntax-error", detail: "It is broken.", line: 4 },
      ],
    });
    const [{ results, invocations }] = log.runs;
    expect(objections(log)).toEqual([]);
    expect(JSON.stringify(results[0])).toContain(
      '{"deletedRegion":{"startLine":1,"startColumn":1,"endLine":2,"endColumn":1}}',
    );
    expect(results[1]?.suppressions).toEqual([{ kind: "inSource", justification: "behind a VPN" }]);
    expect(invocations).toMatchObject([
      {
        toolExecutionNotifications: [
          {
            level: "error",
            locations: [{ physicalLocation: { artifactLocation: { uri: "a%20b/%C3%BC%3A1.py" } } }],
          },
          { level: "warning", locations: [{ physicalLocation: { region: { startLine: 4 } } }] },
        ],
      },
    ]);
  });

  it("has no lines for a file that is gone", () => {
    const log = toSarif(result, { changes: [], rules, version: "1.2.3" }) as Log;
    expect(objections(log)).toEqual([]);
    expect(log.runs[0].results[0]?.locations).toEqual([
      { physicalLocation: { artifactLocation: { uri: "shop/settings.py" } } },
    ]);
  });
});
