import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Finding } from "../../../src/core/model/finding.js";
import {
  type CommentContent,
  renderComment,
  renderResolved,
} from "../../../src/core/render/comment.js";
import { findingAt, REMOVED_FLAG, RULES } from "../review/examples.js";
import { readMarkdown } from "./markdown-shape.js";
import { anyName } from "./names.js";

function contentOf(
  findings: readonly Finding[],
  rest: Partial<CommentContent> = {},
): CommentContent {
  const rules = new Map(RULES.map((rule) => [rule.id, rule]));
  return {
    findings,
    rules,
    docsUrl: "https://example.org/rules",
    acceptPermission: "write",
    suggestion: findings[0]?.suggestion,
    limit: 60_000,
    ...rest,
  };
}

describe("a comment", () => {
  it("reads like this", () => {
    expect(renderComment(contentOf([REMOVED_FLAG]))).toMatchInlineSnapshot(`
      "**Error: Session cookie no longer marked Secure**

      \`SESSION_COOKIE_SECURE\` goes from True to unset. The session cookie will also travel over plain HTTP, where others on the network can read it.

      Whoever can read the network can read the cookie.

      \`\`\`suggestion
      DEBUG = False
      SESSION_COOKIE_SECURE = True
      \`\`\`

      <details>
      <summary>How to verify</summary>

      Open the site over HTTPS and look at the Set-Cookie header: the cookie should have the Secure flag.

      Or as a Django test, which passes once this is fixed. Put in the name of a URL whose view writes to the session.

      \`\`\`python
      from django.conf import settings
      from django.test import TestCase
      from django.urls import reverse

      COOKIE = settings.SESSION_COOKIE_NAME


      class SessionCookieFlagsTest(TestCase):
          def test_session_cookie_flags(self):
              response = self.client.get(reverse("cart-add"), secure=True)
              cookie = response.cookies[COOKIE]
              self.assertTrue(cookie["secure"], "Secure")
              self.assertTrue(cookie["httponly"], "HttpOnly")
              self.assertIn(cookie["samesite"], {"Lax", "Strict"})
      \`\`\`

      </details>

      <sub>Rule: [\`insecure-session-cookie\`](https://example.org/rules/insecure-session-cookie.md). See also [Django's documentation](https://docs.djangoproject.com/en/stable/ref/settings/#session-cookie-secure). Intended? Someone with write access who did not open the pull request can reply \`/accept\` with a reason. To silence it for good: \`# cyclekey: ignore[insecure-session-cookie] reason\` on the line or the one above; it counts once it is on the base branch.</sub>"
    `);
  });

  it("says in words what to do when it has no suggestion", () => {
    const body = renderComment(contentOf([findingAt(1, 3)]));
    expect(body).toContain("Call `request.session.cycle_key()` before");
    expect(body).toContain("def test_login_issues_a_new_session_key");
  });

  it("says in words what to do when its suggestion cannot be shown", () => {
    const suggestion = { ...REMOVED_FLAG.suggestion!, replacement: "a\rb" };
    const body = renderComment(contentOf([{ ...REMOVED_FLAG, suggestion }]));
    expect(body).toContain("Set it to `True` in the production settings.");
    expect(body).not.toContain("```suggestion");
  });

  it("says that a suppression of this pull request does not count", () => {
    const suppression = { rule: REMOVED_FLAG.rule, reason: "iframe", line: 1, added: true };
    expect(renderComment(contentOf([{ ...REMOVED_FLAG, suppression }]))).toContain(
      "does not silence the finding yet",
    );
  });

  it("says when it is not sure", () => {
    expect(renderComment(contentOf([{ ...REMOVED_FLAG, confidence: "low" }]))).toContain(
      "not sure",
    );
  });

  it("drops the tests before the suggestion, and both before the findings, when room is short", () => {
    const content = contentOf([REMOVED_FLAG]);
    const whole = renderComment(content).length;
    const shorter = renderComment({ ...content, limit: whole - 1 });
    expect(shorter).toContain("```suggestion");
    expect(shorter).not.toContain("<details>");
    const shortest = renderComment({ ...content, limit: shorter.length - 1 });
    expect(shortest).not.toContain("```suggestion");
    expect(shortest).toContain("SESSION_COOKIE_SECURE");
    expect(shortest.length).toBeLessThan(shorter.length);
  });

  it("is harmless whatever the repository calls its things", () => {
    const content = (name: string) => {
      const values = { setting: name, base: name, head: name };
      const message = { ...REMOVED_FLAG.message, values };
      return contentOf([{ ...REMOVED_FLAG, message, symbol: name }]);
    };
    const expected = readMarkdown(renderComment(content("name"))).structure;
    fc.assert(
      fc.property(anyName, (name) => {
        const { structure, prose } = readMarkdown(renderComment(content(name)));
        expect(structure).toEqual(expected);
        expect(prose).not.toMatch(/@\w|#\d|\bGH-\d/i);
      }),
      { numRuns: 500 },
    );
  });
});

describe("a resolved comment", () => {
  it("folds what it said", () => {
    expect(renderResolved("It was so.", "abcdef1", 1000)).toMatchInlineSnapshot(`
      "**Resolved in abcdef1.** Thank you.

      <details>
      <summary>What it was about</summary>

      It was so.

      </details>"
    `);
  });

  it("drops what it said when there is no room", () => {
    expect(renderResolved("x".repeat(1000), "abcdef1", 500)).toBe(
      "**Resolved in abcdef1.** Thank you.",
    );
  });

  it("keeps its fold closed round a suggestion with HTML in it", () => {
    const suggestion = { ...REMOVED_FLAG.suggestion!, replacement: 'x = "</details>"' };
    const body = renderComment(contentOf([{ ...REMOVED_FLAG, suggestion }]));
    const { structure } = readMarkdown(renderResolved(body, "abcdef1", 60_000));
    const folds = structure.filter((token) => token.includes("details>"));
    expect(folds.map((token) => token.includes("</details>"))).toEqual([false, false, true, true]);
  });
});
