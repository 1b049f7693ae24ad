import { describe, expect, it } from "vitest";
import { message } from "../../../src/core/model/message.js";
import { renderWorkflowCommands } from "../../../src/core/report/workflow-commands.js";
import { changeSet, HOSTILE, removedFlag, result, rules } from "./sample.js";

describe("commands of GitHub Actions", () => {
  it("stand on lines of head, and end in the counts", () => {
    expect(renderWorkflowCommands(result, changeSet.files, rules)).toMatchInlineSnapshot(`
      "::error file=shop/settings.py,line=1,endLine=1,title=The session cookie travels over plain HTTP (insecure-session-cookie)::\`SESSION_COOKIE_SECURE\` was True and is now unset.
      cyclekey: 1 error (3 files changed, 1 reviewed)
      "
    `);
  });

  it("name the file alone where its lines are gone, and what was not reviewed", () => {
    const unscanned = [
      { path: "a.py", reason: "too-large", detail: "It is too large." },
      { path: "b.py", reason: "syntax-error", detail: "It is broken.", line: 4 },
    ] as const;
    const lines = renderWorkflowCommands({ ...result, unscanned }, [], rules).split("\n");
    expect(lines.slice(0, 3).map((line) => line.replace(/::[^:]*$/, ""))).toEqual([
      "::error file=shop/settings.py,title=The session cookie travels over plain HTTP (insecure-session-cookie)",
      "::error file=a.py,title=Not reviewed",
      "::warning file=b.py,line=4,title=Not reviewed",
    ]);
  });

  it("begin where we begin one, whatever a path or a message holds", () => {
    const path = "a.py,line=9::\r\n::error ::100%";
    const change = { ...changeSet.files[0]!, path, basePath: path };
    const region = { ...removedFlag.region, path };
    const finding = { ...removedFlag, region, message: message("{name}", { name: "\n::x::%0A" }) };
    const text = renderWorkflowCommands({ ...result, findings: [finding] }, [change], rules);
    expect(text.match(/^.*$/gm)).toEqual([
      "::error file=a.py%2Cline=9%3A%3A\\r\\n%3A%3Aerror %3A%3A100%25,line=1,endLine=1,title=The session cookie travels over plain HTTP (insecure-session-cookie)::\\n::x::%250A",
      expect.stringMatching(/^cyclekey: 1 error/),
      "",
    ]);
  });

  it("hold nothing that a terminal acts on", () => {
    const unscanned = [{ path: HOSTILE, reason: "unreadable", detail: HOSTILE }] as const;
    const text = renderWorkflowCommands({ ...result, unscanned }, changeSet.files, rules);
    expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
  });
});
