import { describe, expect, it } from "vitest";
import { renderMarkdown } from "../../../src/core/report/markdown.js";
import { changeSet, result, rules } from "./sample.js";

const catalogue = { rules, docsUrl: undefined, acceptPermission: "write" } as const;

describe("a report in Markdown", () => {
  it("reads like this", () => {
    expect(renderMarkdown(result, changeSet, catalogue)).toMatchInlineSnapshot(`
      "## cyclekey: 1 error

      ### Errors

      - **The session cookie travels over plain HTTP** in \`shop/settings.py\`, line 2 before this change (\`insecure-session-cookie\`)  
        \`SESSION_COOKIE_SECURE\` was True and is now unset.

      ### Suggestions

      \`shop/settings.py\`, line 1:

      \`\`\`diff
        DEBUG = False
      + SESSION_COOKIE_SECURE = True
      \`\`\`
      "
    `);
  });

  it("is a heading when nothing was found", () => {
    const clean = { ...result, findings: [] };
    expect(renderMarkdown(clean, changeSet, catalogue)).toBe(
      "## cyclekey: No session-security regressions\n",
    );
  });

  it("shows a suggestion that findings share once", () => {
    const twice = { ...result, findings: [result.findings[0]!, result.findings[0]!] };
    expect(renderMarkdown(twice, changeSet, catalogue).match(/```diff/g)).toHaveLength(1);
  });
});
