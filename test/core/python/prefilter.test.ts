import { describe, expect, it } from "vitest";
import {
  callsOfKeepers,
  mayHoldEvidence,
  mentionsSession,
} from "../../../src/core/python/text/prefilter.js";

const MATTERS = [
  "SESSION_COOKIE_SECURE = True",
  "CSRF_COOKIE_SECURE = True",
  "    'django.middleware.security.SecurityMiddleware',",
  "DEBUG = True",
  "INSTALLED_APPS += ['debug_toolbar']",
  "SECURE_HSTS_SECONDS = 0",
  "response.set_cookie('a', 'b', httponly=False)",
  "    cycle_key()",
  "    request.user = member",
  "    sign_out(request)",
  "def anmelden(request):",
  "def ingresar(request):",
  "def cerrar_sesion(request):",
  "def encerrar_sessao(request):",
  "def connexion(request):",
  "def giris_yap(request):",
  "def cikis(request):",
  "def uitloggen(request):",
  "def wyloguj(request):",
  "def logga_ut(request):",
  "def dang_xuat(request):",
  "globals()['X'] = 1",
  "samesite=None",
  "class Prod(Configuration):",
];

const DOES_NOT = [
  "def total(items):\n    return sum(items)",
  "author = models.CharField()",
  "x = 1",
];

describe("the prefilter", () => {
  for (const text of MATTERS) {
    it(`lets ${JSON.stringify(text)} through`, () => {
      expect(mentionsSession(text)).toBe(true);
    });
  }
  it("stops what no rule asks for", () => {
    expect(DOES_NOT.filter(mentionsSession)).toEqual([]);
  });
  it("lets the patch of a protection through whose evidence stands elsewhere", () => {
    const patch = "value = encrypt(value)";
    expect([mentionsSession(patch), mayHoldEvidence(patch)]).toEqual([true, false]);
  });
  it("looks into the statements that evidence can stand in", () => {
    const statements = [
      "SESSION_COOKIE_SECURE = True",
      "def view(request):\n    store = request.session\n    store['a'] = 1",
      "def leave(request):\n    logout(request)",
      "if not DEBUG:\n    A = 1",
    ];
    expect(statements.filter(mayHoldEvidence)).toEqual(statements);
  });
  it("passes over what is on every page", () => {
    const common = [
      "@login_required\ndef view(request):\n    return render(request, 'a.html')",
      "class Page(LoginRequiredMixin, View):\n    login_url = '/'",
      "    logger.debug('done')",
      "    if request.user.is_authenticated:",
    ];
    expect(common.filter(mentionsSession)).toEqual([]);
  });
  it("is linear in a hostile text", () => {
    const start = performance.now();
    expect(mentionsSession("log_log_sign_aut_cycle_".repeat(100_000))).toBe(false);
    expect(performance.now() - start).toBeLessThan(2_000);
  });
});

describe("calls of functions that store in a session", () => {
  const keep = "def keep(request, key, value):\n    request.session[key] = value\n";

  it("are found by the names of those functions", () => {
    const calls = callsOfKeepers(new Map([["keep", keep]]));
    expect(calls?.test('keep(request, "a", 1)')).toBe(true);
    expect(calls?.test('bookkeep(request, "a", 1)')).toBe(false);
    expect(callsOfKeepers(new Map([["keep", "def keep(key):\n    return key\n"]]))).toBeUndefined();
  });

  it("are not asked for under what is no name", () => {
    expect(callsOfKeepers(new Map([["*keep", keep]]))).toBeUndefined();
    expect(callsOfKeepers(new Map([["keep{9}|(", keep]]))).toBeUndefined();
  });
});
