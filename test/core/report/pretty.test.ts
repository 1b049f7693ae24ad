import { describe, expect, it } from "vitest";
import type { ChangeSet } from "../../../src/core/model/change.js";
import type { ScanResult } from "../../../src/core/model/scan-result.js";
import { type Palette, PLAIN } from "../../../src/core/report/palette.js";
import { renderPretty } from "../../../src/core/report/pretty.js";
import { changeSet, HOSTILE, removedFlag, result, rules } from "./sample.js";

function render(one: ScanResult, changes: ChangeSet = changeSet): string {
  return renderPretty(one, changes, rules, PLAIN);
}

describe("renderPretty", () => {
  it("shows a finding with its source, what it means and the suggestion", () => {
    expect(render(result)).toBe(`shop/settings.py

  error The session cookie travels over plain HTTP [insecure-session-cookie]
  line 2, removed, confidence high
      1 | DEBUG = False
    - 2 | SESSION_COOKIE_SECURE = True
      3 | ALLOWED_HOSTS = ["shop.example"]
      4 | DB_PASSWORD = "…"
  \`SESSION_COOKIE_SECURE\` was True and is now unset.
  Suggestion for line 1:
      DEBUG = False
    + SESSION_COOKIE_SECURE = True

cyclekey: 1 error (3 files changed, 1 reviewed)
`);
  });

  it("marks lines of head and says how many more there are of a long region", () => {
    const head = Array.from({ length: 40 }, (_, index) => `x = ${index + 1}\n`).join("");
    const [file] = changeSet.files;
    if (file === undefined) throw new Error("the sample has no file");
    const region = { path: file.path, side: "RIGHT" as const, startLine: 5, endLine: 30 };
    const { suggestion, ...finding } = removedFlag;
    const text = render(
      { ...result, findings: [{ ...finding, region }] },
      { ...changeSet, files: [{ ...file, head }] },
    );
    expect(suggestion).toBeDefined();
    expect(text).toContain("    >  5 | x = 5\n");
    expect(text).toContain("    > 16 | x = 16\n      … 14 more lines\n");
    expect(text).not.toContain("Suggestion");
    expect(text).not.toContain("x = 17");
  });

  it("shows a suggestion that removes lines", () => {
    const suggestion = {
      path: "shop/settings.py",
      startLine: 1,
      endLine: 1,
      replacement: "",
      deletes: true as const,
    };
    const text = render({ ...result, findings: [{ ...removedFlag, suggestion }] });
    expect(text).toContain("Suggestion for line 1:\n    - DEBUG = False\n\n");
  });

  it("names what else a reviewer should know", () => {
    const suppression = { rule: removedFlag.rule, reason: "behind a VPN", line: 3, added: false };
    const text = render({
      ...result,
      findings: [],
      suppressed: [{ ...removedFlag, suppression }],
      posture: [
        { path: "s.py", setting: "SESSION_COOKIE_AGE", base: "1", head: "2", direction: "weaker" },
      ],
      inventory: [
        { key: "cart", category: "other", path: "v.py", line: 7, symbol: "f", protection: "none" },
      ],
      unscanned: [{ path: "big.py", reason: "too-large", detail: "Too large.", line: 4 }],
    });
    expect(text).toBe(`Session settings that changed
  s.py: SESSION_COOKIE_AGE 1 -> 2 (weaker)

Session data that this starts to store
  v.py:7: cart (other)

Suppressed in the source
  shop/settings.py:2: insecure-session-cookie: behind a VPN

Not reviewed
  big.py:4: Too large.

cyclekey: no regressions, 1 suppressed, 1 not reviewed (3 files changed, 1 reviewed)
`);
  });

  it("says that a suppression does not count when the change itself added it", () => {
    const suppression = { rule: removedFlag.rule, reason: "later", line: 3, added: true };
    expect(render({ ...result, findings: [{ ...removedFlag, suppression }] })).toContain(
      "was added by this change, so it does not count",
    );
  });

  it("lets no text of the repository act on the terminal", () => {
    const [file] = changeSet.files;
    if (file === undefined) throw new Error("the sample has no file");
    const hostile = { ...file, path: HOSTILE, basePath: HOSTILE, base: `${HOSTILE}\nA = 1\n` };
    const region = { ...removedFlag.region, path: HOSTILE };
    const text = render(
      {
        ...result,
        findings: [{ ...removedFlag, region }],
        unscanned: [{ path: HOSTILE, reason: "unreadable", detail: HOSTILE }],
      },
      { ...changeSet, files: [hostile] },
    );
    expect(text).toContain("x\\u{1b}]52;c;ZXZpbA==\\u{7}\\u{202e}\\u{2028}\\u{9b}31m.py");
    expect(text).not.toMatch(/[^\n\P{Cc}]|[\p{Cf}\p{Zl}\p{Zp}]/u);
  });

  it("colours through the palette only", () => {
    const mark = (name: string) => (text: string) => `<${name}>${text}</${name}>`;
    const palette: Palette = {
      severity: { error: mark("e"), warning: mark("w"), notice: mark("n") },
      strong: mark("b"),
      faint: mark("f"),
      added: mark("a"),
      deleted: mark("d"),
    };
    const text = renderPretty(result, changeSet, rules, palette);
    expect(text).toContain("<e>error</e> <b>The session cookie travels over plain HTTP</b>");
    expect(text).toContain("<d>- 2 | SESSION_COOKIE_SECURE = True</d>");
    expect(text).toContain("<a>+ SESSION_COOKIE_SECURE = True</a>");
    expect(text.replace(/<\/?\w>/g, "")).toBe(render(result));
  });
});
