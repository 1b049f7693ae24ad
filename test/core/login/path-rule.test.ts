import { describe, expect, it } from "vitest";
import { loginFacts } from "../../../src/core/login/login-facts.js";
import { openText } from "../session/open-text.js";

const IMPORTS = `from django.contrib.auth import authenticate
from django.contrib.auth import login as auth_login
from django.contrib.sessions.backends.db import SessionStore
from django.shortcuts import redirect, render

`;

/** What stands around the identity write of a login view, and whether the planted key dies there. */
const VARIANTS: readonly (readonly [name: string, rotated: boolean, body: string])[] = [
  ["nothing", false, `    W`],
  ["cycle_key before the write", true, `    request.session.cycle_key()\n    W`],
  ["cycle_key after the write", true, `    W\n    request.session.cycle_key()`],
  ["flush before the write", true, `    request.session.flush()\n    W`],
  [
    "flush and cycle_key before the write",
    true,
    `    request.session.flush()\n    request.session.cycle_key()\n    W`,
  ],
  ["create before the write", true, `    request.session.create()\n    W`],
  ["a new store in place of the session", true, `    request.session = SessionStore()\n    W`],
  ["Django's login before the write", true, `    auth_login(request, user)\n    W`],
  ["Django's login after the write", true, `    W\n    auth_login(request, user)`],
  ["clear", false, `    request.session.clear()\n    W`],
  ["save", false, `    W\n    request.session.save()`],
  [
    "modified and set_expiry",
    false,
    `    W\n    request.session.modified = True\n    request.session.set_expiry(600)`,
  ],
  [
    "authenticate alone",
    false,
    `    user = authenticate(request, username="a", password="b")\n    W`,
  ],
  [
    "a return between the write and the renewal",
    false,
    `    W\n    return redirect("home")\n    request.session.cycle_key()`,
  ],
  [
    "an early return on a condition between them",
    false,
    `    W\n    if request.GET.get("next"):\n        return redirect("home")\n    request.session.cycle_key()`,
  ],
  [
    "an early return before the renewal",
    true,
    `    if user is None:\n        return redirect("login")\n    request.session.cycle_key()\n    W`,
  ],
  [
    "a renewal on one branch only",
    false,
    `    if request.POST.get("remember"):\n        request.session.cycle_key()\n    W`,
  ],
  [
    "a renewal on both branches",
    true,
    `    if request.POST.get("remember"):\n        request.session.cycle_key()\n    else:\n        request.session.flush()\n    W`,
  ],
  [
    "a renewal on one branch, the other returning",
    true,
    `    if user is not None:\n        request.session.cycle_key()\n    else:\n        return redirect("login")\n    W`,
  ],
  [
    "the no-op for sessions without a key",
    false,
    `    if not request.session.session_key:\n        request.session.cycle_key()\n    W`,
  ],
  [
    "the shape of Django's own login",
    true,
    `    if "user_id" in request.session:\n        if request.session["user_id"] != user.pk:\n            request.session.flush()\n    else:\n        request.session.cycle_key()\n    W`,
  ],
  [
    "a renewal in a try body",
    true,
    `    try:\n        request.session.cycle_key()\n    except Exception:\n        return redirect("login")\n    W`,
  ],
  [
    "a renewal in an except only",
    false,
    `    try:\n        audit(user)\n    except Exception:\n        request.session.cycle_key()\n    W`,
  ],
  [
    "a renewal in a finally",
    true,
    `    try:\n        W\n    finally:\n        request.session.cycle_key()`,
  ],
  [
    "a renewal in a with",
    true,
    `    with transaction.atomic():\n        request.session.cycle_key()\n    W`,
  ],
  [
    "a write in a with, the renewal behind it",
    true,
    `    with transaction.atomic():\n        W\n    request.session.cycle_key()`,
  ],
  [
    "a renewal in a loop",
    false,
    `    for _ in range(attempts):\n        request.session.cycle_key()\n    W`,
  ],
  [
    "a renewal in a nested function",
    false,
    `    def later():\n        request.session.cycle_key()\n    W`,
  ],
  ["a method that is not called", false, `    request.session.cycle_key\n    W`],
  ["a coroutine that is not awaited", false, `    request.session.acycle_key()\n    W`],
  ["a helper that always renews", true, `    renew(request)\n    W`],
  ["a helper that renews sometimes", false, `    renew_sometimes(request)\n    W`],
  ["a helper that renews by default", true, `    renew_if(request)\n    W`],
  ["a helper that is told not to renew", false, `    renew_if(request, rotate=False)\n    W`],
  ["a helper of a helper", true, `    renew_deeply(request)\n    W`],
  [
    "a renewal in the last part of a condition",
    false,
    `    user.is_staff and request.session.cycle_key()\n    W`,
  ],
  [
    "a store made for another purpose",
    false,
    `    store = SessionStore()\n    store.cycle_key()\n    W`,
  ],
  ["a login that returns what logs in", true, `    W\n    return renew(request)`],
];

const HELPERS = `

def renew(request):
    request.session.cycle_key()
    return redirect("home")


def renew_sometimes(request):
    if request.POST.get("remember"):
        request.session.cycle_key()


def renew_if(request, rotate=True):
    if rotate:
        request.session.cycle_key()


def renew_deeply(request):
    renew(request)
`;

function view(body: string): string {
  const write = body.replaceAll("W", `request.session["user_id"] = user.pk`);
  return `${IMPORTS}def sign_in(request, user):\n${write}\n${HELPERS}`;
}

describe("a login view with", () => {
  it.each(VARIANTS)("%s: the key is renewed: %s", (_, rotated, body) => {
    const { sinks } = loginFacts(openText(view(body)));
    expect(sinks.map((sink) => [sink.write.key, sink.rotated])).toEqual([["user_id", rotated]]);
  });

  it("a renewal by every caller of the module is rotated", () => {
    const text = `${IMPORTS}def remember(request, user):\n    request.session["user_id"] = user.pk\n\n\ndef sign_in(request):\n    auth_login(request, user)\n    remember(request, user)\n`;
    expect(loginFacts(openText(text)).sinks.map((sink) => sink.rotated)).toEqual([true]);
  });

  it("a renewal by one of two callers is not", () => {
    const text = `${IMPORTS}def remember(request, user):\n    request.session["user_id"] = user.pk\n\n\ndef sign_in(request):\n    auth_login(request, user)\n    remember(request, user)\n\n\ndef by_link(request):\n    remember(request, user)\n`;
    expect(loginFacts(openText(text)).sinks.map((sink) => sink.rotated)).toEqual([false]);
  });

  it("an awaited coroutine is rotated", () => {
    const text = `async def sign_in(request, user):\n    await request.session.acycle_key()\n    request.session["user_id"] = user.pk\n`;
    expect(loginFacts(openText(text)).sinks.map((sink) => sink.rotated)).toEqual([true]);
  });

  it("a function named login of its own module is not rotated by itself", () => {
    const text = `def login(request, user):\n    request.session["user_id"] = user.pk\n\n\ndef again(request, user):\n    login(request, user)\n`;
    expect(loginFacts(openText(text)).sinks.map((sink) => sink.rotated)).toEqual([false]);
  });
});
