import { describe, expect, it } from "vitest";
import type { InventoryEntry } from "../../../src/core/model/scan-result.js";
import { inventory } from "../../../src/core/session/inventory.js";
import { openText } from "./open-text.js";

const BASE = `def view(request):
    request.session["cart"] = []
    request.session[name] = value
`;

const REMOVED = "def view(request):\n    pass\n";

describe("the inventory of session data", () => {
  it("lists what head writes and base does not, the gravest kinds first", () => {
    const head = `${BASE}    request.session["user_id"] = user.pk
    request.session["smb"] = {"password": seal(password)}
    request.session["cart"] = []
    request.session[other] = value
    request.session["sudo"] = True
`;
    expect(inventory(openText(BASE), openText(head))).toEqual([
      entry("smb.password", "credential", 5, "encrypted", "added", "seal(password)"),
      entry("sudo", "elevation", 8, "none", "added", "True"),
      entry("user_id", "identity", 4, "none", "added", "user.pk"),
      entry("(dynamic)", "unknown", 7, "none", "added", "value"),
      entry("smb", "other", 5, "none", "added", expect.any(String)),
    ]);
  });

  it("lists other values and what is written no longer", () => {
    const head = `def view(request):\n    request.session["cart"] = load(request)\n`;
    expect(inventory(openText(BASE), openText(head))).toEqual([
      entry("(dynamic)", "unknown", 3, "none", "removed", "value"),
      entry("cart", "other", 2, "none", "changed", "load(request)"),
    ]);
    expect(inventory(openText(BASE), openText(REMOVED)).map(({ change }) => change)).toEqual([
      "removed",
      "removed",
    ]);
  });

  it("is empty for what was there before, however it is laid out", () => {
    expect(inventory(openText(BASE), openText(BASE))).toEqual([]);
    const written = `def view(request):\n    request.session["a"] = load("x", 1)\n`;
    const laidOut = `def view(request):\n    request.session['a'] = load(\n        'x',\n        1,\n    )\n`;
    expect(inventory(openText(written), openText(laidOut))).toEqual([]);
  });
});

describe("where a value comes from", () => {
  function source(statement: string): string | undefined {
    const text = `def view(request, form):\n    ${statement}\n`;
    return inventory(openText(REMOVED), openText(text)).at(-1)?.value;
  }

  it.each([
    [`request.session["password"] = request.POST["password"]`, `request.POST["password"]`],
    [`request.session["token"] = data.get("token")`, `data.get("token")`],
    [`request.session["theme"] = "dark"`, `"dark"`],
    [`request.session["cart"] = [1, 2]`, `[1, 2]`],
  ])("%s", (statement, expected) => {
    expect(source(statement)).toBe(expected);
  });

  it.each([
    `request.session["password"] = "hunter2"`,
    `request.session["password"] = seal("hunter2")`,
    `request.session["pin"] = str(123456)`,
    `request.session["api_key"] = data.get("key", "sk_live_hunter2")`,
    `request.session["api_key"] = f"sk_{hunter2}_live"`,
    `request.session["api_key"] = b"hunter2"`,
    `request.session["access_token"] = {"hunter2": opaque()}["x"]`,
    `request.session["note"] = "${"long ".repeat(20)}"`,
  ])("%s shows no literal", (statement) => {
    expect(source(statement)).toBe("‹literal hidden›");
  });

  it("is cut when it is long", () => {
    const text = source(`request.session["x"] = load(${"argument, ".repeat(20)}last)`);
    expect(text).toHaveLength(80);
    expect(text?.endsWith("…")).toBe(true);
  });
});

function entry(
  key: string,
  category: InventoryEntry["category"],
  line: number,
  protection: InventoryEntry["protection"],
  change: NonNullable<InventoryEntry["change"]>,
  value: string,
): InventoryEntry {
  const path = "accounts/views.py";
  return { key, category, path, line, symbol: "view", protection, change, value };
}
