import { describe, expect, it } from "vitest";
import { inventory } from "../../../src/core/session/inventory.js";
import { openText } from "./open-text.js";

const BASE = `def view(request):
    request.session["cart"] = []
    request.session[name] = value
`;

describe("the inventory of session data", () => {
  it("lists the keys that head writes and base does not", () => {
    const head = `${BASE}    request.session["user_id"] = user.pk
    request.session["smb"] = {"password": seal(password)}
    request.session["cart"] = [1]
    request.session[other] = value
`;
    expect(inventory(openText(BASE), openText(head))).toEqual([
      entry("user_id", "identity", 4, "none"),
      entry("smb", "other", 5, "none"),
      entry("smb.password", "credential", 5, "encrypted"),
      entry("(dynamic)", "unknown", 7, "none"),
    ]);
  });

  it("is empty for what was there before", () => {
    expect(inventory(openText(BASE), openText(BASE))).toEqual([]);
    expect(inventory(openText(BASE), openText("def view(request):\n    pass\n"))).toEqual([]);
  });
});

function entry(key: string, category: string, line: number, protection: string): object {
  return { key, category, path: "accounts/views.py", line, symbol: "view", protection };
}
