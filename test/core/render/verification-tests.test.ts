import { describe, expect, it } from "vitest";
import type { VerificationTest } from "../../../src/core/model/rule.js";
import { SNIPPETS } from "../../../src/core/render/verification-snippets.js";
import { adaptationsOf, writeTestModule } from "../../../src/core/render/verification-tests.js";

const TESTS = Object.keys(SNIPPETS) as VerificationTest[];
/** Names that a test can only have from an import or from the set-up above it. */
const PROVIDED = [
  "import_module",
  "settings",
  "get_user_model",
  "checks",
  "Client",
  "TestCase",
  "reverse",
  "COOKIE",
  "store",
];

/** Uses of the name other than as an attribute, in a string, or where it is provided. */
function uses(module: string, name: string): number {
  const code = module
    .split("\n")
    .filter((line) => !/^from |^COOKIE =|^def store/.test(line))
    .join("\n")
    .replace(/"[^"\n]*"|#.*/g, "");
  const own = name === "settings" && module.includes("COOKIE = settings.") ? 1 : 0;
  return own + [...code.matchAll(new RegExp(`(?<![.\\w])${name}\\b`, "g"))].length;
}

function provides(module: string, name: string): boolean {
  return new RegExp(`^from .* import .*\\b${name}\\b|^${name} = |^def ${name}\\(`, "m").test(
    module,
  );
}

const GROUPS = [
  ...TESTS.map((test) => [test]),
  ["session-cookie-flags", "deploy-checks"] as const,
  TESTS,
];

describe.each(GROUPS.map((tests) => ({ name: tests.join(", "), tests })))(
  "the test module of $name",
  ({ tests }) => {
    const module = writeTestModule(tests.map((test) => ({ test })));

    it.each(PROVIDED)("has %s if, and only if, it uses it", (name) => {
      expect(provides(module, name)).toBe(uses(module, name) > 0);
    });

    it("imports nothing twice", () => {
      const names = [...module.matchAll(/^from .* import (.*)$/gm)].flatMap((line) =>
        line[1]!.split(", "),
      );
      expect(new Set(names).size).toBe(names.length);
    });
  },
);

describe("a test module", () => {
  it("is complete", () => {
    expect(writeTestModule([{ test: "session-cookie-flags" }])).toMatchInlineSnapshot(`
      "from django.conf import settings
      from django.test import TestCase
      from django.urls import reverse

      COOKIE = settings.SESSION_COOKIE_NAME


      class SessionCookieFlagsTest(TestCase):
          def test_session_cookie_flags(self):
              response = self.client.get(reverse("cart-add"), secure=True)
              cookie = response.cookies[COOKIE]
              self.assertTrue(cookie["secure"], "Secure")
              self.assertTrue(cookie["httponly"], "HttpOnly")
              self.assertIn(cookie["samesite"], {"Lax", "Strict"})"
    `);
  });

  it("says once what to adapt", () => {
    const twice = [{ test: "new-key-at-login" }, { test: "new-key-at-login" }] as const;
    expect(adaptationsOf(twice)).toHaveLength(1);
  });

  it.each([
    ["sign_in", "sign-in"],
    ["MemberSignInView", "member-sign-in"],
    ["View", "view"],
  ])("requests the view at hand: %s", (view, url) => {
    const verification = { test: "new-key-at-login", view } as const;
    expect(writeTestModule([verification])).toContain(`victim.post(reverse("${url}"), {`);
    expect(adaptationsOf([verification])).toEqual([
      expect.stringContaining(`the URL that leads to \`${view}\``),
    ]);
  });

  it.each(TESTS.filter((test) => SNIPPETS[test].url))(
    "has one place for the view at hand: %s",
    (test) => {
      const { adapt, code, url } = SNIPPETS[test];
      expect(code.split(`reverse("${url!.name}")`)).toHaveLength(2);
      expect(adapt.split("{url}")).toHaveLength(2);
    },
  );
});
