import { beforeAll, describe, expect, it } from "vitest";
import type { ParsePython } from "../../../src/core/python/parser.js";
import { scan } from "../../../src/core/scan.js";
import { loadPython } from "../../../src/grammar/node.js";
import { changeBetween } from "../../fixture-cases.js";

let parse: ParsePython;
beforeAll(async () => {
  parse = await loadPython();
});

const FAMILY = new Set([
  "unrotated-login",
  "removed-session-rotation",
  "partly-rotated-login",
  "ineffective-session-rotation",
  "unrotated-privilege-change",
  "hand-written-auth-session",
  "request-chosen-session-key",
  "logout-without-flush",
  "sessions-survive-password-change",
]);

const IMPORTS = `from django.contrib.auth import BACKEND_SESSION_KEY, SESSION_KEY, authenticate, login
from django.contrib.auth.hashers import check_password
from django.contrib.sessions.models import Session
from django.shortcuts import redirect, render


def home(request):
    return render(request, "home.html")


`;

const CHECKED = `    member = Member.objects.get(email=request.POST["email"])
    if not check_password(request.POST["password"], member.password):
        return render(request, "sign_in.html", status=403)
`;
const W = `    request.session["member_id"] = member.pk\n`;
const R = `    request.session.cycle_key()\n`;

function view(body: string, name = "sign_in"): string {
  return `def ${name}(request):\n${CHECKED}${body}    return redirect("home")\n`;
}

/** What is in a login before and after, and the one rule that speaks of it; "" where there was none. */
const CAUSES: readonly (readonly [what: string, before: string, after: string, rule: string])[] = [
  ["a new login without a new key", "", view(W), "unrotated-login"],
  [
    "a new login with clear()",
    "",
    view(`    request.session.clear()\n${W}`),
    "ineffective-session-rotation",
  ],
  [
    "a new login with a call that lost its parentheses",
    "",
    view(`    request.session.cycle_key\n${W}`),
    "ineffective-session-rotation",
  ],
  [
    "an idle line that was there before its login",
    view(`    request.session.clear()\n`),
    view(`    request.session.clear()\n${W}`),
    "ineffective-session-rotation",
  ],
  [
    "a renewal under a condition, and another one that is idle",
    "",
    view(`    request.session.clear()\n    if member.vip:\n    ${R}${W}`),
    "ineffective-session-rotation",
  ],
  ["a renewal that goes", view(R + W), view(W), "removed-session-rotation"],
  [
    "a renewal that loses its parentheses",
    view(R + W),
    view(`    request.session.cycle_key\n${W}`),
    "ineffective-session-rotation",
  ],
  [
    "a renewal that goes from beside clear()",
    view(`    request.session.clear()\n${R}${W}`),
    view(`    request.session.clear()\n${W}`),
    "removed-session-rotation",
  ],
  [
    "a renewal put behind a condition",
    view(R + W),
    view(`    if member.vip:\n    ${R}${W}`),
    "removed-session-rotation",
  ],
  [
    "a way out before a renewal that stays",
    view(W + R),
    view(`${W}    if member.vip:\n        return redirect("vip")\n${R}`),
    "partly-rotated-login",
  ],
  [
    "a new login that renews for some",
    "",
    view(`    if member.vip:\n    ${R}${W}`),
    "partly-rotated-login",
  ],
  [
    "Django's keys instead of login()",
    `def enter(request):\n    user = authenticate(request)\n    login(request, user)\n`,
    `def enter(request):\n    user = authenticate(request)\n    request.session[SESSION_KEY] = user.pk\n`,
    "hand-written-auth-session",
  ],
  [
    "Django's keys with a renewal for some",
    "",
    `def enter(request):\n    user = authenticate(request)\n    if user.vip:\n        request.session.cycle_key()\n    request.session[SESSION_KEY] = user.pk\n`,
    "hand-written-auth-session",
  ],
  [
    "an identity taken over by an administrator",
    "",
    `@staff_member_required\ndef impersonate(request, pk):\n    request.session["impersonating"] = True\n    request.session["user_id"] = pk\n`,
    "unrotated-privilege-change",
  ],
  [
    "a second factor that loses its renewal",
    `def verify_code(request):\n    if request.user.device.verify_token(request.POST["code"]):\n        request.session.cycle_key()\n        request.session["mfa_verified"] = True\n`,
    `def verify_code(request):\n    if request.user.device.verify_token(request.POST["code"]):\n        request.session["mfa_verified"] = True\n`,
    "unrotated-privilege-change",
  ],
  [
    "a login that also says a second factor was passed",
    "",
    view(`${W}    request.session["otp_verified"] = True\n`),
    "unrotated-login",
  ],
  [
    "an identity out of a session that the request names",
    "",
    `def resume(request):\n    stored = Session.objects.get(session_key=request.GET["sid"]).get_decoded()\n    request.session["user_id"] = stored["user_id"]\n`,
    "request-chosen-session-key",
  ],
  [
    "a logout whose flush lost its parentheses",
    `def logout(request):\n    request.session.flush()\n`,
    `def logout(request):\n    request.session.flush\n`,
    "ineffective-session-rotation",
  ],
  [
    "a new password that no longer ends the session",
    `def log_in(request):\n    request.session["member_id"] = read_member(request)\n\n\ndef change(request):\n    member = Member.objects.get(pk=request.session["member_id"])\n    member.set_password(request.POST["new"])\n    request.session.flush()\n`,
    `def log_in(request):\n    request.session["member_id"] = read_member(request)\n\n\ndef change(request):\n    member = Member.objects.get(pk=request.session["member_id"])\n    member.set_password(request.POST["new"])\n`,
    "sessions-survive-password-change",
  ],
  [
    "a login whose flush goes",
    view(`    request.session.flush()\n${W}`),
    view(W),
    "removed-session-rotation",
  ],
];

function rulesOf(before: string, after: string): string[] {
  const path = "accounts/views.py";
  const change = changeBetween(
    new Map([[path, IMPORTS + before]]),
    new Map([[path, IMPORTS + after]]),
  );
  return scan(change, parse)
    .findings.map(({ rule }) => rule)
    .filter((rule) => FAMILY.has(rule));
}

describe("one cause has one comment", () => {
  it.each(CAUSES)("%s", (_, before, after, rule) => {
    expect(rulesOf(before, after)).toEqual([rule]);
  });

  it.each(CAUSES)("%s, taken back, has none", (_, before, after) => {
    expect(rulesOf(after, before)).toEqual([]);
  });
});
