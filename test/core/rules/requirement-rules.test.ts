import { describe, expect, it } from "vitest";
import { renderPlainMessage } from "../../../src/core/render/message.js";
import { djangoDowngrade } from "../../../src/core/rules/django-downgrade.js";
import { unsupportedDjango } from "../../../src/core/rules/unsupported-django.js";
import { scan } from "../../../src/core/scan.js";
import { changeBetween, filesOf, type Tree } from "../../fixture-cases.js";

function review(path: string, before: string, after: string): string[] {
  return reviewTrees(new Map([[path, before]]), new Map([[path, after]]));
}

function reviewTrees(before: Tree, after: Tree): string[] {
  const { findings } = scan(changeBetween(before, after), () => ({ failure: "parser-lost" }), {
    rules: [djangoDowngrade, unsupportedDjango],
    repository: filesOf(before, after),
  });
  return findings.map(
    ({ rule, severity, message }) => `${rule} ${severity}: ${renderPlainMessage(message)}`,
  );
}

describe("a changed requirement", () => {
  it.each([
    ["Django==5.2.12", "Django==5.2.19"],
    ["Django==3.2.12", "Django==4.2.30"],
    ["Django~=4.2.3", "Django>=5.2"],
    ["Django<5", "Django"],
    ["cryptography==43.0.0", "cryptography==44.0.0"],
    ["cryptography==43.0.0", "cryptography>=42"],
    ["djangorestframework<4", "djangorestframework==3.15.2"],
  ])("from %s to %s is no finding", (before, after) => {
    expect(review("requirements.txt", `${before}\n`, `${after}\n`)).toEqual([]);
  });

  it("that loses fixes is an error which names them", () => {
    expect(review("requirements.txt", "Django==5.2.15\n", "Django==5.2.13\n")).toEqual([
      "django-downgrade error: Django goes from ==5.2.15 to ==5.2.13, losing the fixes for CVE-2026-6873, CVE-2026-35193, CVE-2026-8404 and 3 more.",
    ]);
  });

  it("that limits what was free is a warning", () => {
    expect(review("requirements.txt", "Django>=4.2\n", "Django>=4.2,<5.2.14\n")).toEqual([
      expect.stringMatching(
        /^django-downgrade warning: Django is now limited to >=4\.2,<5\.2\.14: the newest release that this lets through, 5\.2\.13, lacks the fixes for /,
      ),
    ]);
  });

  it("that loses no fix of ours is a warning", () => {
    expect(review("requirements.txt", "Django==5.2.18\n", "Django==5.2.17\n")).toEqual([
      "django-downgrade warning: Django goes from ==5.2.18 to ==5.2.17: an older release, without what was fixed since.",
    ]);
    expect(
      review(
        "Pipfile",
        '[packages]\ndjango-otp = "==1.5.4"\n',
        '[packages]\ndjango-otp = "==1.5.0"\n',
      ),
    ).toEqual([
      "django-downgrade warning: django-otp goes from ==1.5.4 to ==1.5.0: an older release, without what was fixed since.",
    ]);
  });

  it("that is new and old at once says until when its series got fixes", () => {
    expect(review("requirements.txt", "celery\n", "celery\nDjango==4.2.1\n")).toEqual([
      "unsupported-django warning: Django 4.2 gets no security fixes: its last release was 4.2.30 on 2026-04-07. Supported on 2026-11-22: 5.2, 6.0, 6.1.",
    ]);
  });

  it("that a project which runs starts to list is a notice", () => {
    const before = new Map([["manage.py", "main()\n"]]);
    const after = new Map([...before, ["requirements.txt", "Django==4.2.1\n"]]);
    expect(reviewTrees(before, after)).toEqual([
      expect.stringMatching(/^unsupported-django notice: /),
    ]);
  });

  it("that is new and old in several files is a warning in the first of them, else a notice", () => {
    const after = new Map([
      ["requirements.in", "django~=4.1.0\n"],
      ["requirements.txt", "django==4.1.13\n    # via -r requirements.in\n"],
      ["setup.py", 'setup(install_requires=["django~=3.2.0"])\n'],
    ]);
    expect(reviewTrees(new Map(), after)).toEqual([
      expect.stringMatching(/^unsupported-django warning: Django 4\.1 /),
      expect.stringMatching(/^unsupported-django notice: Django 4\.1 /),
      expect.stringMatching(/^unsupported-django warning: Django 3\.2 /),
    ]);
  });

  it("that goes back in several files is a warning where it is asked for, else a notice", () => {
    const files = ["requirements/base.in", "requirements/base.txt", "requirements/web.txt"];
    const pinned = (version: string) =>
      new Map(files.map((path) => [path, `cryptography==${version}\n`]));
    expect(reviewTrees(pinned("44.0.1"), pinned("43.0.3"))).toEqual([
      expect.stringMatching(/^django-downgrade warning: /),
      expect.stringMatching(/^django-downgrade notice: /),
      expect.stringMatching(/^django-downgrade notice: /),
    ]);
  });

  it("that loses fixes in a lock alone is an error there", () => {
    const before = new Map([
      ["pyproject.toml", '[project]\ndependencies = ["cryptography==44.0.1"]\n'],
      ["uv.lock", '[[package]]\nname = "django"\nversion = "5.2.15"\n'],
    ]);
    const after = new Map([
      ["pyproject.toml", '[project]\ndependencies = ["cryptography==43.0.3"]\n'],
      ["uv.lock", '[[package]]\nname = "django"\nversion = "5.2.13"\n'],
    ]);
    expect(reviewTrees(before, after)).toEqual([
      expect.stringMatching(/^django-downgrade warning: cryptography/),
      expect.stringMatching(/^django-downgrade error: Django/),
    ]);
  });
});
