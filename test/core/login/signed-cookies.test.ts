import { beforeAll, describe, expect, it } from "vitest";
import type { ParsePython } from "../../../src/core/python/parser.js";
import { scan } from "../../../src/core/scan.js";
import { loadPython } from "../../../src/grammar/node.js";
import { changeBetween, filesOf } from "../../fixture-cases.js";

let parse: ParsePython;
beforeAll(async () => {
  parse = await loadPython();
});

const MANAGE = 'import os\n\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n';
const SIGNED = 'SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"\n';
const IMPORTS = `from django.contrib.auth import SESSION_KEY
from django.shortcuts import redirect

from shop.models import Member

`;
const CHECK = `
def enter(request):
    member = Member.objects.get(name=request.POST["name"])
    if not member.check_password(request.POST["password"]):
        return redirect("enter")
`;
const STORE = '    request.session["member_id"] = member.pk\n';
const HOME = '    return redirect("home")\n';
const ROTATE = "    request.session.cycle_key()\n";
const rotated = CHECK + STORE + ROTATE + HOME;

/** What is said when a view of a project with these settings changes. */
function verdicts(before: string, after: string, settings: string): readonly string[] {
  const tree = (code: string) =>
    new Map([
      ["manage.py", MANAGE],
      ["shop/settings.py", settings],
      ["shop/views.py", IMPORTS + code],
    ]);
  const { findings } = scan(changeBetween(tree(before), tree(after)), parse, {
    repository: filesOf(tree(before), tree(after)),
  });
  return findings.map(({ rule, severity }) => `${severity} ${rule}`);
}

describe("a login whose session is kept in a cookie is less grave", () => {
  it.each([
    ["unrotated-login", "", CHECK + STORE + HOME],
    ["removed-session-rotation", rotated, CHECK + STORE + HOME],
    [
      "partly-rotated-login",
      rotated,
      `${CHECK + STORE}    if request.GET:\n    ${HOME}${ROTATE}${HOME}`,
    ],
    ["ineffective-session-rotation", "", `${CHECK + STORE}    request.session.cycle_key\n${HOME}`],
    [
      "hand-written-auth-session",
      "",
      `${CHECK}    request.session[SESSION_KEY] = member.pk\n${HOME}`,
    ],
  ])("%s", (rule, before, after) => {
    expect(verdicts(before, after, SIGNED)).toEqual([`warning ${rule}`]);
    expect(verdicts(before, after, "USE_TZ = True\n")).toEqual([`error ${rule}`]);
  });
});
