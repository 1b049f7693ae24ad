import { describe, expect, it } from "vitest";
import { loginFacts } from "../../../src/core/login/login-facts.js";
import { openText } from "../session/open-text.js";

function logins(name: string, body: string): string[] {
  const lines = body.split("\n").map((line) => `    ${line}`);
  const text = `def ${name}(request, form):\n${lines.join("\n")}\n`;
  return loginFacts(openText(text))
    .sinks.filter((sink) => sink.claimed)
    .map((sink) => `${sink.write.key} ${sink.confidence}`);
}

const WRITE = `request.session["username"] = name`;

describe("a weak key is a login where the function", () => {
  it.each([
    `if user.check_password(password):\n    ${WRITE}`,
    `if user.password == request.POST["password"]:\n    ${WRITE}`,
    `if name == "admin" and pw == "admin":\n    ${WRITE}`,
    `if bcrypt.checkpw(a, b):\n    ${WRITE}`,
    `if pbkdf2_sha256.verify(password, user.hash):\n    ${WRITE}`,
    `if Member.objects.filter(email=email, password=digest).exists():\n    ${WRITE}`,
    `if valid_visitor(username, password):\n    ${WRITE}`,
    `cursor.execute("select id from members where name = %s and password = %s", args)\n${WRITE}`,
    `claims = jwt.decode(token, key)\n${WRITE}`,
    `claims = id_token.verify_oauth2_token(token, client)\n${WRITE}`,
    `answer = requests.post("https://idp.example/oauth/token", data)\n${WRITE}`,
    `link = MagicLink.objects.get(token=value)\n${WRITE}`,
    `if entered == request.session["otp"]:\n    ${WRITE}`,
    `if pyotp.TOTP(seed).verify(entered):\n    ${WRITE}`,
    `name = request.META["REMOTE_USER"]\n${WRITE}`,
  ])("%s", (body) => {
    expect(logins("enter", body)).toEqual(["username medium"]);
  });
});

describe("a weak key is no login where the function", () => {
  it.each([
    WRITE,
    `if password == confirm_password:\n    ${WRITE}`,
    `if response.status_code == 200:\n    ${WRITE}`,
    `if country.code == "DE":\n    ${WRITE}`,
    `print(name, password)\n${WRITE}`,
    `Member.objects.filter(email=email).update(seen=now)\n${WRITE}`,
    `send_login_email(user)\n${WRITE}`,
    `render(request, "login.html", {"password": ""})\n${WRITE}`,
  ])("%s", (body) => {
    expect(logins("enter", body)).toEqual([]);
  });
});

describe("a login that is finished later is none here:", () => {
  const checked = `user = authenticate(request, username=name, password=password)`;
  it.each([
    `${checked}\nsend_otp(user)\n${WRITE}`,
    `${checked}\n${WRITE}\nreturn redirect("two_factor_verify")`,
    `${checked}\n${WRITE}\nreturn render(request, "otp.html")`,
    `${checked}\nrequest.session["otp"] = code\n${WRITE}`,
    `${checked}\nrequest.session["pending_user_id"] = user.pk`,
    `Account.objects.create_user(name, password, is_active=False)\n${WRITE}`,
    `${WRITE}\nreturn oauth.idp.authorize_redirect(request, url)`,
    `${checked}\nrequest.session["user_id"] = request.user.pk`,
    `${checked}\nrequest.session["user_id"] = request.session["previous"]`,
  ])("%s", (body) => {
    expect(logins("login", body)).toEqual([]);
  });
});
