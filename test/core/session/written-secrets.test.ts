import { describe, expect, it } from "vitest";
import { writesSecret } from "../../../src/core/session/classify/written-secrets.js";

describe("a line that writes out a secret", () => {
  it.each([
    'SECRET_KEY = "x1y2"',
    "SECRET_KEY: str = 'x1y2'",
    'SECRET_KEY = os.environ.get("SECRET_KEY", "x1y2")',
    'SECRET_KEY = os.environ["SECRET_KEY"] or "x1y2"',
    'EMAIL_HOST_PASSWORD = "x1y2"  # mail',
    '    "default": {"NAME": "shop", "PASSWORD": "x1y2"},',
    'request.session["password"] = "x1y2"',
    'user = authenticate(username="ana", password="x1y2")',
    'API_TOKEN = "x1y2"; SESSION_COOKIE_SECURE = True',
    'LOCATION = "redis://:x1y2@cache:6379"',
    'response.set_cookie("auth_token", "x1y2")',
    'request.session.setdefault("password", "x1y2")',
    'setattr(settings, "SECRET_KEY", "x1y2")',
    `A = "${"x".repeat(2_000)}"`,
  ])("is %s", (line) => expect(writesSecret(line)).toBe(true));

  it.each([
    "SESSION_COOKIE_SECURE = True",
    'SECRET_KEY = os.environ["SECRET_KEY"]',
    'SECRET_KEY = os.environ.get("SECRET_KEY")',
    'SECRET_KEY = env("SECRET_KEY")',
    'password = request.POST["password"]',
    'user = authenticate(request, username=name, password=request.POST["password"])',
    'user = authenticate(password=password, backend="django")',
    'SESSION_COOKIE_NAME = "shop"',
    'LOCATION = "redis://cache:6379"',
    'if password == "":',
    "AUTH_PASSWORD_VALIDATORS = [",
    'PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]',
    '    "JWT_AUTH_COOKIE": "entry",',
    'request.session["otp"] = salted_hmac("otp", code).hexdigest()',
    'response.set_cookie("auth_token", token)',
    'response.set_cookie("language", "de")',
    "",
  ])("is not %s", (line) => expect(writesSecret(line)).toBe(false));
});
