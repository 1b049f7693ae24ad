import { diffTexts } from "../../../src/core/diff/diff-texts.js";
import type { ChangeSet } from "../../../src/core/model/change.js";
import type { Finding } from "../../../src/core/model/finding.js";
import { message } from "../../../src/core/model/message.js";
import type { RuleMeta } from "../../../src/core/model/rule.js";
import type { ScanResult } from "../../../src/core/model/scan-result.js";

const BASE =
  'DEBUG = False\nSESSION_COOKIE_SECURE = True\nALLOWED_HOSTS = ["shop.example"]\nDB_PASSWORD = "s3cr3t-value"\n';
const HEAD = 'DEBUG = False\nALLOWED_HOSTS = ["shop.example"]\nDB_PASSWORD = "s3cr3t-value"\n';

export const changeSet: ChangeSet = {
  base: "a".repeat(40),
  head: "b".repeat(40),
  changedFiles: 3,
  files: [
    {
      path: "shop/settings.py",
      basePath: "shop/settings.py",
      status: "modified",
      kind: "file",
      base: BASE,
      head: HEAD,
      hunks: diffTexts(BASE, HEAD),
    },
  ],
  unscanned: [],
};

export const removedFlag: Finding = {
  rule: "insecure-session-cookie",
  severity: "error",
  confidence: "high",
  region: { path: "shop/settings.py", side: "LEFT", startLine: 2, endLine: 2 },
  symbol: "",
  message: message("`{setting}` was {before} and is now unset.", {
    setting: "SESSION_COOKIE_SECURE",
    before: "True",
  }),
  fingerprint: "0123456789abcdef0123456789abcdef",
  suggestion: {
    path: "shop/settings.py",
    startLine: 1,
    endLine: 1,
    replacement: "DEBUG = False\nSESSION_COOKIE_SECURE = True",
  },
};

export const result: ScanResult = {
  base: changeSet.base,
  head: changeSet.head,
  findings: [removedFlag],
  suppressed: [],
  inventory: [],
  posture: [],
  unscanned: [],
  ignored: [],
  suppressionProblems: [],
  wanted: [],
  stats: { changedFiles: 3, scannedFiles: 1, changedBytes: 200, contextFiles: 0, parsedBytes: 50 },
};

export const rules: ReadonlyMap<string, RuleMeta> = new Map([
  [
    "insecure-session-cookie",
    {
      id: "insecure-session-cookie",
      title: "The session cookie travels over plain HTTP",
      severity: "error",
      status: "stable",
      suggestion: "safe",
      seed: "",
      cwe: [614],
      references: [],
      docs: { why: "", remedy: "", verify: "", tests: [], limits: "" },
    },
  ],
]);

/** A name and a line that would act on a terminal: clipboard, reordering, line separator. */
export const HOSTILE = "x\u001b]52;c;ZXZpbA==\u0007\u202e\u2028\u009b31m.py";
