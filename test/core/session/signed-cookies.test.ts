import { beforeAll, describe, expect, it } from "vitest";
import type { ParsePython } from "../../../src/core/python/parser.js";
import { scan } from "../../../src/core/scan.js";
import { loadPython } from "../../../src/grammar/node.js";
import { changeBetween, filesOf } from "../../fixture-cases.js";

let parse: ParsePython;
beforeAll(async () => {
  parse = await loadPython();
});

const VIEWS = "from django.shortcuts import redirect\n\n\ndef start(request):\n";
const SIGNED = 'SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"\n';
const manage = (dotted: string) =>
  `import os\n\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "${dotted}")\n`;

/** What is said of a line that a view of shop/orders/views.py gets, in a project with these files. */
function verdicts(line: string, around: Readonly<Record<string, string>>): readonly string[] {
  const end = '    return redirect("home")\n';
  const path = "shop/orders/views.py";
  const before = new Map([...Object.entries(around), [path, VIEWS + end]]);
  const after = new Map([...Object.entries(around), [path, `${VIEWS}    ${line}\n${end}`]]);
  const { findings } = scan(changeBetween(before, after), parse, {
    repository: filesOf(before, after),
  });
  return findings.map(({ rule, severity }) => `${severity} ${rule}`);
}

const EMAIL = 'request.session["email"] = request.POST["email"]';
const CODE = 'request.session["otp_code"] = otp_code';

describe("data in a session that its visitor can read", () => {
  const project = { "manage.py": manage("shop.settings"), "shop/settings.py": SIGNED };

  it.each([
    [EMAIL, "warning personal-data-in-session"],
    [CODE, "error otp-in-session"],
    ['request.session["totp_secret"] = totp_secret', "warning otp-in-session"],
    ['request.session["access_token"] = access_token', "error token-in-session"],
    ['request.session["refresh_token"] = refresh_token', "error token-in-session"],
    ['request.session["search"] = search_form.cleaned_data', "warning whole-form-in-session"],
    ['request.session["draft"] = request.POST', "error whole-form-in-session"],
    ['request.session["otp_code"] = signing.dumps(otp_code)', "error signed-but-readable-secret"],
    ['request.session["password"] = make_password(password)', "error credential-in-session"],
  ])("is graver by one step: %s", (line, expected) => {
    expect(verdicts(line, project)).toEqual([expected]);
  });

  it("is as grave as ever on the server", () => {
    expect(verdicts(EMAIL, { ...project, "shop/settings.py": "USE_TZ = True\n" })).toEqual([
      "notice personal-data-in-session",
    ]);
    expect(verdicts(CODE, {})).toEqual(["warning otp-in-session"]);
    expect(verdicts('request.session["password"] = make_password(password)', {})).toEqual([
      "notice credential-in-session",
    ]);
  });

  it.each([
    [
      "settings that import it",
      { "shop/settings.py": "from shop.base import *\n", "shop/base.py": SIGNED },
    ],
    [
      "settings in a folder beside",
      { "manage.py": "", "shop/manage.py": manage("settings"), "shop/settings.py": SIGNED },
    ],
    [
      "the production settings beside those of developers",
      {
        "manage.py": manage("shop.settings.local"),
        "shop/settings.py": "",
        "shop/settings/local.py": "DEBUG = True\n",
        "shop/settings/production.py": SIGNED,
      },
    ],
  ])("is found through %s", (_, around) => {
    expect(verdicts(EMAIL, { ...project, ...around })).toEqual([
      "warning personal-data-in-session",
    ]);
  });

  it("is not what a developer's settings say", () => {
    const around = {
      "manage.py": manage("shop.settings.local"),
      "shop/settings/local.py": SIGNED,
      "shop/settings/base.py": "USE_TZ = True\n",
    };
    expect(verdicts(EMAIL, around)).toEqual(["notice personal-data-in-session"]);
  });
});
