import { Writable } from "node:stream";
import pino from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Conversation, SECRET, startConversation } from "./conversation.js";

const CANARIES = Array.from(
  { length: 30 },
  (_, index) => `canary${String(index).padStart(2, "0")}Zq7vT2mK9xRw4LpB8nYc3HsD6fJg1eUa5oNi`,
);

const [
  key,
  fallback,
  setDefault,
  database,
  mail,
  broker,
  token,
  pem,
  sentry,
  signer, // settings
  password,
  otp,
  card,
  number,
  refresh,
  access,
  apiKey,
  answer,
  pin,
  salt, // session data
  cookie,
  header,
  compared,
  hashed,
  logged,
  nested,
  formatted,
  keyword,
  comment,
  docstring, // code
] = CANARIES as [string, ...string[]];

const BASE_SETTINGS = `import os

DEBUG = False
ALLOWED_HOSTS = ["shop.example"]
SECRET_KEY = os.environ["SECRET_KEY"]
SESSION_COOKIE_SECURE = True
`;

const HEAD_SETTINGS = `import os

DEBUG = False
ALLOWED_HOSTS = ["shop.example"]
SECRET_KEY = "${key}"
SECRET_KEY_FALLBACKS = ["${fallback}"]
SIGNING_KEY = os.environ.get("SIGNING_KEY", "${setDefault}")
DATABASE_URL = "postgres://shop:${database}@db/shop"
EMAIL_HOST_PASSWORD = "${mail}"
CELERY_BROKER_URL = "redis://:${broker}@cache/0"
GITHUB_TOKEN = "ghp_${token}"
PRIVATE_KEY = """-----BEGIN PRIVATE KEY-----
${pem}
-----END PRIVATE KEY-----"""
SENTRY_DSN = "https://${sentry}@sentry.example/1"
`;

const BASE_VIEWS = "from django.shortcuts import redirect\n";

const HEAD_VIEWS = `"""Sign in. ${docstring}"""
from django.core.signing import Signer
from django.shortcuts import redirect

signer = Signer(key="${signer}")


def sign_in(request, user):
    # ${comment}
    request.session["password"] = "${password}"
    request.session["otp_code"] = "${otp}"
    request.session["card_number"] = "${card}"
    request.session["ssn"] = "${number}"
    request.session["refresh_token"] = "${refresh}"
    request.session["access_token"] = "${access}"
    request.session["api_key"] = "${apiKey}"
    request.session["security_answer"] = "${answer}"
    request.session["pin"] = "${pin}"
    request.session["password_salt"] = "${salt}"
    request.session["login"] = {"password": "${nested}"}
    request.session["secret"] = f"x{user.pk}${formatted}"
    request.session.update(api_secret="${keyword}")
    if request.POST["password"] == "${compared}" or user.check_password("${hashed}"):
        request.session["user_id"] = user.pk
    print("${logged}", request.session.session_key)
    response = redirect("home")
    response.set_cookie("auth_token", "${cookie}")
    response["Authorization"] = "Bearer ${header}"
    return response
`;

let conversation: Conversation;
const lines: string[] = [];
beforeAll(async () => {
  const log = pino(
    { level: "trace" },
    new Writable({
      write(chunk, _, done) {
        lines.push(String(chunk));
        done();
      },
    }),
  );
  conversation = await startConversation({ log });
});
afterAll(() => conversation.end());

describe("thirty secrets in a pull request", () => {
  it("stand in no outgoing body and in no log line, though their places are named", async () => {
    const { github } = conversation;
    const pull = await github.openPullRequest({
      title: "Sign in",
      author: "maria",
      base: { "shop/settings.py": BASE_SETTINGS, "shop/views.py": BASE_VIEWS },
      head: { "shop/settings.py": HEAD_SETTINGS, "shop/views.py": HEAD_VIEWS },
    });
    const run = await github.waitForCheck(pull.number);
    expect(run.conclusion).toBe("failure");
    github.comment(pull.number, "maria", "/rescan");
    await github.delivered();
    await conversation.finish();

    const comments = github.reviewComments(pull.number);
    expect(comments.length).toBeGreaterThan(8);
    const sent = github.requests.map(({ body }) => body).join("\n");
    const logged = lines.join("\n");
    expect(sent).toContain("hardcoded-secret-key");
    expect(logged).toContain("pull request reconciled");
    expect(CANARIES.filter((canary) => sent.includes(canary))).toEqual([]);
    expect(CANARIES.filter((canary) => logged.includes(canary))).toEqual([]);
  });

  it("nor does any secret of the bot itself stand in a log line", () => {
    const logged = lines.join("\n");
    expect(logged).not.toContain(SECRET);
    expect(logged).not.toMatch(/sha256=[0-9a-f]{16}/);
    expect(logged).not.toMatch(/gh[sp]_\w{8}|eyJ[\w-]{10}|PRIVATE KEY/);
  });
});
