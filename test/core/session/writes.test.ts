import { describe, expect, it } from "vitest";
import { sessionWrites } from "../../../src/core/session/writes/writes.js";
import { openText } from "./open-text.js";

function keysIn(body: string, before = ""): string[] {
  const lines = body.split("\n").map((line) => `    ${line}`);
  const text = `${before}def view(request, form, data):\n${lines.join("\n")}\n`;
  return sessionWrites(openText(text)).map((write) => write.key);
}

describe("a session write is seen", () => {
  it.each([
    [`request.session["a"] = v`, ["a"]],
    [`self.request.session["a"] = v`, ["a"]],
    [`req.session["a"] = v`, ["a"]],
    [`info.context.session["a"] = v`, ["a"]],
    [`request._request.session["a"] = v`, ["a"]],
    [`self.context["request"].session["a"] = v`, ["a"]],
    [`get_current_request().session["a"] = v`, ["a"]],
    [`self.scope["session"]["a"] = v`, ["a"]],
    [`strategy.session["a"] = v`, ["a"]],
    [`s = request.session\ns["a"] = v`, ["a"]],
    [`r = self.request\nr.session["a"] = v`, ["a"]],
    [`if s := request.session:\n    s["a"] = v`, ["a"]],
    [`s = SessionStore(session_key=k)\ns["a"] = v`, ["a"]],
    [`(await request.asession())["a"] = v`, ["a"]],
    [`s = await request.asession()\nawait s.aset("a", v)`, ["a"]],
    [`request.session["a"]["b"] = v`, ["a.b"]],
    [`request.session["a"].update({"b": v})`, ["a.b"]],
    [`request.session["a"].append(v)`, ["a"]],
    [`request.session.setdefault("a", {})["b"] = v`, ["a.b", "a"]],
    [`d = request.session.get("a", {})\nd["b"] = v`, ["a.b"]],
    [`request.session.update({"a": v, "b": v})`, ["a", "b"]],
    [`request.session.update(a=v, b=v)`, ["a", "b"]],
    [`d = {"a": v}\nrequest.session.update(d)`, ["a"]],
    [`request.session |= {"a": v}`, ["a"]],
    [`await request.session.aupdate({"a": v})`, ["a"]],
    [`request.session.setdefault("a", v)`, ["a"]],
    [`request.session["a"] += v`, ["a"]],
    [`request.session["a"], b = v, w`, ["a"]],
    [`x = request.session["a"] = make()`, ["a"]],
    [`request.session["a"] = {"b": v, "c": {"d": w}}`, ["a", "a.b", "a.c", "a.c.d"]],
    [`request.session["a"] = dict(b=v)`, ["a", "a.b"]],
    [`for k in ("a", "b"):\n    request.session[k] = data[k]`, ["a", "b"]],
    [`request.session[f"x_{pk}_token"] = v`, ["x_*_token"]],
    [`request.session["x_%s" % pk] = v`, ["x_*"]],
    [`request.session["x_" + pk] = v`, ["x_*"]],
    [`request.session["x_{}".format(pk)] = v`, ["x_*"]],
    [`request.session[name] = v`, ["(dynamic)"]],
    [`key = "a"\nrequest.session[key] = v`, ["a"]],
    [`request.session[OTP_SESSION_KEY] = v`, ["OTP_SESSION_KEY"]],
  ])("in %s", (body, keys) => {
    expect(keysIn(body)).toEqual(keys);
  });

  it("under a constant of the module", () => {
    expect(keysIn(`request.session[KEY] = v`, `KEY = "a"\n\n\n`)).toEqual(["a"]);
  });

  it("under Django's own constants, whatever they are imported as", () => {
    const imports = `from django.contrib import auth\nfrom django.contrib.auth import SESSION_KEY as K\n\n\n`;
    expect(
      keysIn(`request.session[K] = v\nrequest.session[auth.HASH_SESSION_KEY] = v`, imports),
    ).toEqual(["_auth_user_id", "_auth_user_hash"]);
  });

  it("through a function of the module that is given the key", () => {
    const helper = `def session_set(request, name, value):\n    request.session[name] = value\n\n\n`;
    const writes = keysIn(
      `session_set(request, "password", v)\nsession_set(request, value=v, name="token")`,
      helper,
    );
    expect(writes).toEqual(["(dynamic)", "password", "token"]);
  });

  it("through a parameter annotated as a session", () => {
    const text = `def store(s: SessionBase):\n    s["a"] = v\n`;
    expect(sessionWrites(openText(text)).map((write) => write.key)).toEqual(["a"]);
  });
});

describe("what looks like a session write and is none", () => {
  it.each([
    `s = requests.Session()\ns["a"] = v`,
    `session = boto3.Session()\nsession["a"] = v`,
    `with Session(engine) as session:\n    session["a"] = v`,
    `async with aiohttp.ClientSession() as session:\n    session["a"] = v`,
    `session["a"] = v`,
    `self.session["a"] = v`,
    `db.session["a"] = v`,
    `s = request.session if x else {}\ns["a"] = v`,
    `request.sessions["a"] = v`,
    `v = request.session["a"]`,
    `v = request.session.get("a", "b")`,
    `del request.session["a"]`,
    `request.session.pop("a", None)`,
    `request.session.save()`,
    `request.session.modified = True`,
    `request.POST["a"] = v`,
  ])("%s", (body) => {
    expect(keysIn(body)).toEqual([]);
  });

  it.each([
    "from fastapi import FastAPI",
    "from starlette.requests import Request",
    "from flask import request",
    "from odoo.http import request",
    "from pyramid.view import view_config",
    "from bottle import request",
    "from aiohttp import web",
  ])("a file that begins with %s", (line) => {
    expect(keysIn(`request.session["a"] = v`, `${line}\n\n\n`)).toEqual([]);
  });

  it("but aiohttp's client does not make a Django view something else", () => {
    const imports = `import aiohttp\nfrom django.http import HttpResponse\n\n\n`;
    expect(keysIn(`request.session["a"] = v`, imports)).toEqual(["a"]);
  });

  it("a test", () => {
    const text = `def test_view(request):\n    request.session["a"] = v\n`;
    expect(sessionWrites(openText(text, "shop/tests/test_views.py"))).toEqual([]);
    expect(sessionWrites(openText(text, "conftest.py"))).toEqual([]);
    expect(sessionWrites(openText(text, "shop/contest.py"))).toHaveLength(1);
  });
});

describe("the protection of a value", () => {
  it.each([
    [`form.cleaned_data["x"]`, "none"],
    [`signing.dumps(x)`, "none"],
    [`base64.b64encode(x)`, "none"],
    [`make_password(x)`, "hashed"],
    [`salted_hmac("salt", x).hexdigest()`, "hashed"],
    [`hmac.new(key, x, "sha256").hexdigest()`, "hashed"],
    [`fernet.encrypt(x.encode()).decode()`, "encrypted"],
    [`base64.b64encode(box.encrypt(x)).decode()`, "encrypted"],
    [`seal(x)`, "encrypted"],
    [`seal(x) if y else x`, "none"],
    [`x or make_password(x)`, "none"],
  ])("%s is %s", (value, protection) => {
    const text = `def view(request):\n    request.session["a"] = ${value}\n`;
    expect(sessionWrites(openText(text))[0]?.facts.protection).toBe(protection);
  });

  it("is that of the local variable it comes from", () => {
    const text = `def view(request):\n    sealed = seal(request.POST["x"])\n    request.session["a"] = sealed\n`;
    expect(sessionWrites(openText(text))[0]?.facts.protection).toBe("encrypted");
  });
});

describe("a name that is bound to itself again and again", () => {
  it("is followed once, not once per binding and hop", () => {
    const again = `    s = s["a"]\n    r = r.x\n    d = d.get(k)\n`.repeat(60);
    const text = `def view(request):\n    s = request.session\n${again}    s["b"] = d\n    r.session["b"] = d\n`;
    const started = performance.now();
    expect(sessionWrites(openText(text)).map((write) => write.key)).toEqual([]);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
