import { describe, expect, it } from "vitest";
import { classifyWrite } from "../../../src/core/session/classify/classify-write.js";
import { tokensOf } from "../../../src/core/session/words/tokens.js";
import { sessionWrites } from "../../../src/core/session/writes/writes.js";
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
    ["user_passwd", "credential"],
    ["senha_usuario", "credential"],
    ["contraseña", "credential"],
    ["mot_de_passe", "credential"],
    ["pin", "credential"],
    ["pass_phrase_hint", "other"],
    ["passphrase", "credential"],
    ["secret_answer", "credential"],
    ["mypassword", "credential"],
    ["signuppassword", "credential"],
    ["access_token", "token"],
    ["refresh_token", "token"],
    ["id_token", "token"],
    ["apiKey", "token"],
    ["apikey", "token"],
    ["authtoken", "token"],
    ["client_secret", "token"],
    ["aws_secret_access_key", "token"],
    ["ssh_key", "token"],
    ["JWT_TOKEN", "token"],
    ["oauth_token_secret", "token"],
    ["application_credential", "token"],
    ["token_plaintext", "token"],
    ["otp", "otp"],
    ["smsotp", "otp"],
    ["emailotp", "otp"],
    ["otp_code", "otp"],
    ["backup_codes", "otp"],
    ["verification_code", "otp"],
    ["totp_secret", "otp"],
    ["b32_key", "otp"],
    ["magic_link", "otp"],
    ["otp_from_user", "otp"],
    ["cvv", "payment"],
    ["card_number", "payment"],
    ["cardNumber", "payment"],
    ["iban", "payment"],
    ["credit_card", "payment"],
    ["bank_account", "payment"],
    ["ssn", "government-id"],
    ["passport_number", "government-id"],
    ["cpf", "government-id"],
    ["aadhaar", "government-id"],
    ["driving_licence", "government-id"],
    ["taxId", "government-id"],
    ["diagnosis", "health"],
    ["blood_type", "health"],
    ["religion", "health"],
    ["diagnosis_id", "health"],
    ["email", "personal"],
    ["phone_number", "personal"],
    ["first_name", "personal"],
    ["date_of_birth", "personal"],
    ["otp_email", "personal"],
    ["password_changed_at", "other"],
    ["password_hash", "other"],
    ["password_reset_user", "other"],
    ["password_form_errors", "other"],
    ["password_user", "other"],
    ["has_password", "other"],
    ["passwordless", "other"],
    ["pinned", "other"],
    ["boarding_pass", "other"],
    ["pin_code", "other"],
    ["pass", "other"],
    ["token", "other"],
    ["token_type", "other"],
    ["access_token_expires_at", "other"],
    ["id_token_expiration", "other"],
    ["api_key_name", "other"],
    ["credential_id", "other"],
    ["client_id", "other"],
    ["public_key", "other"],
    ["product_key", "other"],
    ["sort_key", "other"],
    ["cart_token", "other"],
    ["otp_attempts", "other"],
    ["otp_sent_at", "other"],
    ["otp_device_id", "other"],
    ["2fa_user", "other"],
    ["status_code", "other"],
    ["country_code", "other"],
    ["promo_code", "other"],
    ["code", "other"],
    ["secret", "other"],
    ["card_last4", "other"],
    ["card_brand", "other"],
    ["payment_intent_id", "other"],
    ["scorecard", "other"],
    ["iban_masked", "other"],
    ["dashboard_cards", "other"],
    ["tax_id_verified", "other"],
    ["tin", "other"],
    ["license_plate", "other"],
    ["passport_url", "other"],
    ["health_check", "other"],
    ["diagnosis_filter", "other"],
    ["race", "other"],
    ["email_verified", "other"],
    ["shipping_address_id", "other"],
    ["filter_email", "other"],
    ["file_name", "other"],
    ["cart", "other"],
    ["next", "other"],
    ["theme", "other"],
    ["state", "handshake"],
    ["oauth_state", "handshake"],
    ["nonce", "handshake"],
    ["code_verifier", "handshake"],
    ["csrf_token", "handshake"],
    ["csrftoken", "handshake"],
    ["request_token", "handshake"],
    ["webauthn_challenge", "handshake"],
    ["captcha_code", "handshake"],
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
