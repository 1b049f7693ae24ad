import { beforeAll, describe, expect, it } from "vitest";
import type { ParsePython } from "../../../src/core/python/parser.js";
import { cookieWithoutFlags } from "../../../src/core/rules/cookie-without-flags.js";
import { csrfExemptView } from "../../../src/core/rules/csrf-exempt-view.js";
import { loadPython } from "../../../src/grammar/node.js";
import { reviewTexts, summarise } from "../settings/review-texts.js";

let parse: ParsePython;
beforeAll(async () => {
  parse = await loadPython();
});

const IMPORTS = `from django.contrib import auth
from django.contrib.auth import authenticate, login, logout
from django.views.decorators.csrf import csrf_exempt
`;

function exempt(view: string): readonly string[] {
  const base = `${IMPORTS}\n\n${view}`;
  const head = `${IMPORTS}\n\n@csrf_exempt\n${view}`;
  const found = reviewTexts(parse, csrfExemptView, base, head, "members/views.py");
  return summarise(found).map((line) => line.split(":")[0] ?? "");
}

describe("csrf-exempt-view, by what the view does", () => {
  it.each([
    ["login()", "def enter(request):\n    login(request, user)\n", ["error high"]],
    ["auth.login()", "def enter(request):\n    auth.login(request, user)\n", ["error high"]],
    ["logout()", "def leave(request):\n    logout(request)\n", ["error high"]],
    ["flush()", "def leave(request):\n    request.session.flush()\n", ["error high"]],
    ["set_password()", "def change(request):\n    user.set_password(new)\n", ["error high"]],
    ["a name alone", "def password_reset(request):\n    return reset(request)\n", ["error medium"]],
    [
      "a login by hand",
      'def enter(request):\n    user = authenticate(request, username=n, password=p)\n    request.session["user_id"] = user.id\n',
      ["error high"],
    ],
    ["the session", 'def add(request):\n    request.session["cart"] = []\n', ["warning high"]],
    [
      "the session, emptied",
      'def drop(request):\n    del request.session["cart"]\n    request.session.pop("x")\n',
      ["warning high"],
    ],
    [
      "an answer of a provider",
      "def sso_callback(request):\n    login(request, user)\n",
      ["notice high"],
    ],
    [
      "the field of a protocol",
      'def enter(request):\n    user = check(request.POST["SAMLResponse"])\n    login(request, user)\n',
      ["notice high"],
    ],
    [
      "the last step of a protocol",
      "def enter(request):\n    user = request.strategy.complete(request=request)\n    login(request, user)\n",
      ["notice high"],
    ],
    [
      "a package of a protocol",
      "def leave(request):\n    logout(request)\n\n\nfrom saml2.client import Saml2Client\n",
      ["notice high"],
    ],
    [
      "a check of its own",
      "def enter(request):\n    verify_signature(request)\n    login(request, user)\n",
      ["notice high"],
    ],
    [
      "a view of an API framework",
      "class LoginView(APIView):\n    def post(self, request):\n        login(request, user)\n",
      ["warning high"],
    ],
    ["nothing of the kind", "def vote(request):\n    return HttpResponse()\n", []],
    ["a list of logins", "def login_history(request):\n    return HttpResponse()\n", []],
    [
      "a token",
      'def login_view(request):\n    user = authenticate(username=n, password=p)\n    return JsonResponse({"token": create_access_token(user)})\n',
      [],
    ],
    [
      "token authentication",
      "class LoginView(APIView):\n    authentication_classes = [TokenAuthentication]\n\n    def post(self, request):\n        return Response()\n",
      [],
    ],
    [
      "reading only",
      'class LoginPage(View):\n    def get(self, request):\n        request.session["next"] = "/"\n',
      [],
    ],
  ])("%s", (_, view, expected) => {
    expect(exempt(view)).toEqual(expected);
  });
});

function cookie(base: string, head: string): readonly string[] {
  const text = (line: string) =>
    `def enter(request):\n    response = page(request)\n    ${line}\n    return response\n`;
  const found = reviewTexts(parse, cookieWithoutFlags, text(base), text(head), "members/views.py");
  return summarise(found).map((line) => line.split(":")[0] ?? "");
}

describe("cookie-without-flags", () => {
  it.each([
    ['"auth_token", token', ["error high"]],
    ['"sessionid", key', ["error high"]],
    ['"accessToken", value', ["error high"]],
    ['"box", request.session.session_key', ["error high"]],
    ['"jwt", token, httponly=True', ["warning high"]],
    ['"jwt", token, secure=True', ["warning high"]],
    ['"jwt", token, None, None, "/", None, True, True', []],
    ['"jwt", token, secure=True, httponly=True', []],
    ['"jwt", token, secure=True, httponly=True, samesite="None"', []],
    ['"jwt", token, **options', []],
    ['"logged_in", "yes"', ["warning medium"]],
    ['"session_hint", "1"', []],
    ['"access", token', ["error high"]],
    ['"access_level", level', []],
    ['"color", "blue"', []],
    ['"csrftoken", token', []],
    ['name, "blue"', []],
    ['"token", ""', []],
    ['"is_admin", "0"', []],
  ])("set_cookie(%s)", (args, expected) => {
    expect(cookie("pass", `response.set_cookie(${args})`)).toEqual(expected);
  });

  it("calls a lost flag an error where the cookie stands for a login, and a notice elsewhere", () => {
    const set = (name: string, flags: string) =>
      `response.set_cookie("${name}", value(request)${flags})`;
    expect(
      cookie(set("token", ", secure=True, httponly=True"), set("token", ", httponly=True")),
    ).toEqual(["error high"]);
    expect(cookie(set("color", ", secure=True"), set("color", ""))).toEqual(["notice medium"]);
  });
});
