import { beforeAll, describe, expect, it } from "vitest";
import type { RepositoryFiles } from "../../../src/core/model/repository.js";
import type { ParsePython } from "../../../src/core/python/parser.js";
import { RULES } from "../../../src/core/rules/index.js";
import { scan } from "../../../src/core/scan.js";
import { loadPython } from "../../../src/grammar/node.js";
import { changeBetween, type Tree } from "../../fixture-cases.js";

let parse: ParsePython;
beforeAll(async () => {
  parse = await loadPython();
});

function around(files: Tree): RepositoryFiles {
  return {
    text: (_, path) => files.get(path) ?? null,
    entries: () => null,
  };
}

const VIEWS = "accounts/views.py";
const BEFORE = `from django.shortcuts import redirect, render


def home(request):
    return render(request, "home.html")
`;

function headWith(importing: string, body: string): string {
  return `from django.contrib.auth.hashers import check_password
${importing}
${BEFORE}

def sign_in(request):
    member = Member.objects.get(email=request.POST["email"])
    if not check_password(request.POST["password"], member.password):
        return render(request, "sign_in.html", status=403)
${body}
    return redirect("home")
`;
}

function review(head: string, files: Record<string, string>) {
  const change = changeBetween(new Map([[VIEWS, BEFORE]]), new Map([[VIEWS, head]]));
  return scan(change, parse, { repository: around(new Map(Object.entries(files))) });
}

const WRITE = `    request.session["member_id"] = member.pk`;
const STORE = `def start_session(request, member):\n    request.session["member_id"] = member.pk\n`;
const RENEWS = `${STORE}    request.session.cycle_key()\n`;
const SWITCHED = `def start_session(request, member, renew=True):
    if renew:
        request.session.cycle_key()
    request.session["member_id"] = member.pk
`;

describe("a login through a function of another module", () => {
  it.each([
    ["from .sessions import start_session", "    start_session(request, member)"],
    ["from accounts.sessions import start_session", "    start_session(request, member)"],
    [
      "from accounts.sessions import start_session as begin_session",
      "    begin_session(request, member)",
    ],
    ["from accounts import sessions", "    sessions.start_session(request, member)"],
  ])("is silent when that renews the key: %s", (importing, body) => {
    const files = { "accounts/sessions.py": RENEWS };
    expect(review(headWith(importing, body), files).findings).toEqual([]);
    expect(review(headWith(importing, `${WRITE}\n${body}`), files).findings).toEqual([]);
  });

  it("is reported at the call when that stores the identity with the old key", () => {
    const head = headWith(
      "from .sessions import start_session",
      "    start_session(request, member)",
    );
    const { findings } = review(head, { "accounts/sessions.py": STORE });
    expect(findings.map(({ rule, confidence }) => [rule, confidence])).toEqual([
      ["unrotated-login", "medium"],
    ]);
    expect(findings[0]?.suggestion?.replacement).toContain("request.session.cycle_key()");
  });

  it("is reported when the call turns the renewal off", () => {
    const files = { "accounts/sessions.py": SWITCHED };
    const importing = "from .sessions import start_session";
    const on = headWith(importing, "    start_session(request, member)");
    const off = headWith(importing, "    start_session(request, member, renew=False)");
    expect(review(on, files).findings).toEqual([]);
    expect(review(off, files).findings.map(({ rule }) => rule)).toEqual(["partly-rotated-login"]);
  });

  it("follows a second import, and a name that is passed on", () => {
    const importing = "from .sessions import start_session";
    const head = headWith(importing, `${WRITE}\n    start_session(request, member)`);
    const second = {
      "accounts/sessions.py": `from .keys import renew_key\n\n\ndef start_session(request, member):\n    renew_key(request)\n`,
      "accounts/keys.py": `def renew_key(request):\n    request.session.cycle_key()\n`,
    };
    const passedOn = {
      "accounts/sessions.py": "from .store import start_session\n",
      "accounts/store.py": RENEWS,
    };
    expect(review(head, second).findings).toEqual([]);
    expect(review(head, passedOn).findings).toEqual([]);
  });

  it("believes a function that it read over what its name says", () => {
    const head = headWith(
      "from .sessions import rotate_session",
      `${WRITE}\n    rotate_session(request)`,
    );
    const idle = {
      "accounts/sessions.py": "def rotate_session(request):\n    request.session.save()\n",
    };
    expect(review(head, idle).findings.map(({ rule }) => rule)).toEqual(["unrotated-login"]);
    expect(review(head, {}).findings).toEqual([]);
  });

  it("asks for no module because of functions that every view calls", () => {
    const head = headWith("from .pages import page, notify", "    notify(request, member)");
    const { wanted } = scan(
      changeBetween(new Map([[VIEWS, BEFORE]]), new Map([[VIEWS, head]])),
      parse,
      { rules: RULES.filter(({ meta }) => /login|rotation|logout/.test(meta.id)) },
    );
    expect(wanted.filter(({ path }) => path.includes("pages"))).toEqual([]);
  });
});
