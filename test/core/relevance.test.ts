import { describe, expect, it } from "vitest";
import { diffTexts } from "../../src/core/diff/diff-texts.js";
import { languageOf } from "../../src/core/language.js";
import type { ChangedFile } from "../../src/core/model/change.js";
import { mayMatter } from "../../src/core/relevance.js";

function file(path: string, before: string, after: string): ChangedFile {
  const hunks = diffTexts(before, after);
  return { path, basePath: path, status: "modified", kind: "file", hunks };
}

describe("a template may matter", () => {
  const form = '<form method="post">\n{% csrf_token %}\n<b>x</b>\n</form>\n';
  const page = "shop/templates/shop/cart.html";

  it("when a changed line is of a form or of a token", () => {
    expect(mayMatter(file(page, form, form.replace("{% csrf_token %}\n", "")))).toBe(true);
    expect(mayMatter(file(page, "", form))).toBe(true);
    expect(mayMatter(file(page, form, form.replace("post", "get")))).toBe(true);
    expect(mayMatter(file(page, form, form.replace("{% csrf", "{% comment %}\n{% csrf")))).toBe(
      true,
    );
  });

  it("not when it changes between forms, or is never rendered", () => {
    expect(mayMatter(file(page, form, form.replace("<b>x</b>", "<b>y</b>")))).toBe(false);
    expect(mayMatter(file(page, "<p>a\n", "<p>b information\n"))).toBe(false);
    expect(mayMatter(file("docs/_build/index.html", "", form))).toBe(false);
  });

  it("when its patch is missing", () => {
    expect(mayMatter({ ...file(page, "", ""), hunks: undefined })).toBe(true);
    expect(mayMatter({ ...file("htmlcov/a.html", "", ""), hunks: undefined })).toBe(false);
  });
});

describe("a requirement file may matter", () => {
  it("when a changed line names a watched package", () => {
    const before = "celery==5\nDjango==5.2\ndjango-filter==24\n";
    const at = "requirements.txt";
    expect(mayMatter(file(at, before, before.replace("5.2", "5.1")))).toBe(true);
    expect(mayMatter(file(at, before, before.replace("24", "25")))).toBe(false);
    expect(mayMatter(file(at, before, before.replace("celery==5", "celery==6")))).toBe(false);
    expect(mayMatter(file("README.txt", before, ""))).toBe(false);
  });

  it("and a TOML file also when a line beside the change does", () => {
    const before = '[tool.poetry.dependencies.django]\nversion = "^5.2"\n';
    expect(mayMatter(file("pyproject.toml", before, before.replace("5.2", "5.1")))).toBe(true);
    expect(mayMatter(file("pyproject.toml", "line-length = 1\n", "line-length = 2\n"))).toBe(false);
  });

  it("and a lock file only when the version of Django in the patch goes down", () => {
    const lock = '[[package]]\nname = "django"\nversion = "5.2.3"\nsource = 1\n';
    const json =
      '    "default": {\n' +
      '        "django": {\n            "hashes": [\n                "of 5.2.3"\n            ],\n            "version": "==5.2.3"\n        }\n';
    for (const [path, text] of [
      ["uv.lock", lock],
      ["poetry.lock", lock],
      ["Pipfile.lock", json],
    ] as const) {
      expect(mayMatter(file(path, text, text.replaceAll("5.2.3", "5.2.2"))), path).toBe(true);
      expect(mayMatter(file(path, text, text.replaceAll("5.2.3", "5.2.4"))), path).toBe(false);
      expect(mayMatter({ ...file(path, "", ""), hunks: undefined }), path).toBe(false);
    }
  });
});

describe("Python may matter", () => {
  it("when the patch has a word of the field, or the file configures Django", () => {
    expect(mayMatter(file("shop/views.py", "a = 1\n", "request.session['a'] = 1\n"))).toBe(true);
    expect(mayMatter(file("shop/settings/base.py", "a = 1\n", "a = 2\n"))).toBe(true);
    expect(mayMatter(file("shop/models.py", "a = 1\n", "a = 2\n"))).toBe(false);
    expect(mayMatter(file("notes.md", "session\n", "sessions\n"))).toBe(false);
  });
});

describe("a test module may matter", () => {
  const at = "shop/tests/test_login.py";
  const asserts = "assert client.session.session_key != before\n";

  it("only when its patch has an assertion on the session", () => {
    expect(mayMatter(file(at, asserts, ""))).toBe(true);
    expect(mayMatter(file(at, "", asserts))).toBe(true);
    expect(mayMatter(file(at, "", "request.session['password'] = 1\n"))).toBe(false);
    expect(mayMatter({ ...file(at, "", ""), hunks: undefined })).toBe(false);
  });

  it("for the rules on tests alone", () => {
    expect(languageOf({ path: at, basePath: at })).toBe("test");
    expect(languageOf({ path: "shop/conftest.py", basePath: "shop/conftest.py" })).toBe("test");
    expect(languageOf({ path: "shop/views.py", basePath: at })).toBe("python");
    expect(languageOf({ path: "shop/latest/views.py", basePath: "shop/latest/views.py" })).toBe(
      "python",
    );
  });
});

describe("a Python file may matter", () => {
  const neutral = (line: string) => `    a = 1\n    ${line}\n    b = 2\n`;
  const [before, after] = [neutral("c = 3"), neutral("return c")];

  it("when its name is one of a login, whatever the lines say", () => {
    for (const path of [
      "shop/auth.py",
      "shop/views/login.py",
      "sso/views.py",
      "shop/oauth2/x.py",
    ]) {
      expect(mayMatter(file(path, before, after))).toBe(true);
    }
  });

  it("not when neither its name nor its lines say anything of the field", () => {
    for (const path of [
      "shop/views.py",
      "shop/authors.py",
      "shop/sessional.py",
      "auth/migrations/1.py",
    ]) {
      expect(mayMatter(file(path, before, after))).toBe(false);
    }
  });
});
