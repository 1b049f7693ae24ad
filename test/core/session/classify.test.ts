import { describe, expect, it } from "vitest";
import { classifyWrite } from "../../../src/core/session/classify.js";
import { tokensOf } from "../../../src/core/session/tokens.js";
import { sessionWrites } from "../../../src/core/session/writes.js";
import { openText } from "./open-text.js";

function classify(statement: string): string {
  const text = `def view(request, form, user):\n    ${statement}\n`;
  const write = sessionWrites(openText(text)).at(-1);
  if (write === undefined) return "no write";
  const { category, confidence } = classifyWrite(write.path, write.facts);
  return `${category} ${confidence}`;
}

function ofKey(key: string): string {
  return classify(`request.session["${key}"] = opaque()`).split(" ")[0] ?? "";
}

describe("tokens of a key", () => {
  it.each([
    ["userId", "user id"],
    ["OTP_SESSION_KEY", "otp session key"],
    ["HTTPServerError", "http server error"],
    ["password1", "password 1"],
    ["contraseña", "contrasena"],
    ["hasło-użytkownika", "haslo uzytkownika"],
    ["a.b c", "a b c"],
  ])("%s: %s", (key, tokens) => {
    expect(tokensOf(key).join(" ")).toBe(tokens);
  });
});

describe("a key is classed by its words", () => {
  it.each([
    ["password", "credential"],
    ["userPassword", "credential"],
    ["senha", "credential"],
    ["pin", "credential"],
    ["access_token", "token"],
    ["apiKey", "token"],
    ["otp", "otp"],
    ["backup_codes", "otp"],
    ["cvv", "payment"],
    ["card_number", "payment"],
    ["ssn", "government-id"],
    ["diagnosis", "health"],
    ["email", "personal"],
    ["password_changed_at", "other"],
    ["password_hash", "other"],
    ["otp_attempts", "other"],
    ["boarding_pass", "other"],
    ["pin_code", "other"],
    ["pass", "other"],
    ["token", "other"],
    ["card_last4", "other"],
    ["passwordless", "other"],
    ["cart", "other"],
    ["next", "other"],
    ["state", "handshake"],
    ["code_verifier", "handshake"],
    ["csrf_token", "handshake"],
  ])("%s: %s", (key, category) => {
    expect(ofKey(key)).toBe(category);
  });
});

describe("a write is classed by key and value together", () => {
  it.each([
    [`request.session["password"] = request.POST["password"]`, "credential high"],
    [`request.session["password"] = opaque()`, "credential medium"],
    [`request.session["pass"] = form.cleaned_data.get("password")`, "credential medium"],
    [`request.session["draft"] = request.POST.get("password")`, "credential medium"],
    [`request.session["draft"] = str(request.POST["password"]).strip()`, "credential medium"],
    [`request.session["x"] = make_random_password()`, "credential medium"],
    [`request.session["x"] = user.password`, "credential medium"],
    [`request.session["password"] = None`, "other high"],
    [`request.session["password"] = user.pk`, "other high"],
    [`request.session["password"] = user.check_password(x)`, "other high"],
    [`request.session["password_stage"] = "second"`, "other low"],
    [`request.session["pan"] = number[-4:]`, "other high"],
    [`request.session["a"]["password"] = opaque()`, "credential medium"],
    [`request.session["password"]["owner"] = opaque()`, "other low"],
    [`request.session[name] = opaque()`, "unknown low"],
    [`request.session[name] = request.POST["password"]`, "credential medium"],
  ])("%s: %s", (statement, expected) => {
    expect(classify(statement)).toBe(expected);
  });

  it("with less confidence through a local variable", () => {
    const text = `def view(request):\n    secret = request.POST["password"]\n    request.session["draft"] = secret\n`;
    const [write] = sessionWrites(openText(text));
    expect(write && classifyWrite(write.path, write.facts)).toMatchObject({
      category: "credential",
      confidence: "low",
    });
  });
});
