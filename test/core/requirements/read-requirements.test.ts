import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readRequirements } from "../../../src/core/requirements/read-requirements.js";

/** Each requirement as `name constraint @line [group]`, its span checked against the text. */
function read(path: string, text: string): string[] {
  return readRequirements(path, text).map((one) => {
    const { start, end, startLine } = one.span;
    const shown = text.slice(start, end);
    if (one.constraint !== "") expect(shown).toBe(one.constraint);
    expect(text.slice(0, start).split("\n")).toHaveLength(startLine);
    return `${one.name} ${one.constraint}@${startLine}${one.group && ` [${one.group}]`}`;
  });
}

describe("requirements are read from", () => {
  it("a requirements file with options, comments, hashes, markers and extras", () => {
    const text = `# production
-r base.txt
--index-url https://example.org/simple
Django==5.2.18  # LTS
djangorestframework >= 3.15, < 4 ; python_version >= "3.10"
django_allauth[mfa,socialaccount]==65.3.1 \\
    --hash=sha256:aaaa \\
    --hash=sha256:bbbb
celery
-e git+https://example.org/x.git#egg=x
mypackage @ https://example.org/mypackage-1.0.zip
`;
    expect(read("requirements.txt", text)).toEqual([
      "django ==5.2.18@4",
      "djangorestframework >= 3.15, < 4@5",
      "django-allauth ==65.3.1@6",
      "celery @9",
      "x @10",
      "mypackage @ https://example.org/mypackage-1.0.zip@11",
    ]);
  });

  it("a pyproject file of PEP 621 with extras and groups", () => {
    const text = `[build-system]
requires = ["setuptools>=61"]

[project]
name = "shop" # django==1.0
version = "1.2.3"
dependencies = [
  "Django>=5.2,<5.3",   # "not this"
  'psycopg[binary]',
]

[project.optional-dependencies]
mfa = ["django-otp==1.5"]

[dependency-groups]
test = ["pytest", {include-group = "lint"}, "django==4.2"]

[tool.uv]
dev-dependencies = ["ruff==0.6"]
`;
    expect(read("pyproject.toml", text)).toEqual([
      "django >=5.2,<5.3@8",
      "psycopg @9",
      "django-otp ==1.5@13 [mfa]",
      "pytest @16 [test]",
      "django ==4.2@16 [test]",
      "ruff ==0.6@19 [dev]",
    ]);
  });

  it("a pyproject file of Poetry, in all three ways to write a dependency", () => {
    const text = `[tool.poetry.dependencies]
python = "^3.12"
Django = "^5.2"
"django-allauth" = {version = "~65.3", extras = ["mfa"]}
local = {path = "../local"}

[tool.poetry.dependencies.cryptography]
version = ">=43"
optional = true

[tool.poetry.group.test.dependencies]
django-otp = "1.5"
`;
    expect(read("pyproject.toml", text)).toEqual([
      "python ^3.12@2",
      "django ^5.2@3",
      "django-allauth ~65.3@4",
      "cryptography >=43@8",
      "django-otp 1.5@12 [test]",
    ]);
  });

  it("a Pipfile and its lock", () => {
    const pipfile = `[[source]]
url = "https://example.org"

[packages]
django = "==5.2.1"
celery = "*"
drf = {version = "~=3.15", extras = ["x"]}

[dev-packages]
ruff = "*"
`;
    expect(read("Pipfile", pipfile)).toEqual([
      "django ==5.2.1@5",
      "celery *@6",
      "drf ~=3.15@7",
      "ruff *@10 [dev]",
    ]);
    const lock = `{
    "_meta": {
        "requires": {
            "python_version": "3.12"
        }
    },
    "default": {
        "django": {
            "hashes": [
                "sha256:aa"
            ],
            "version": "==5.2.1"
        }
    },
    "develop": {
        "ruff": {
            "version": "==0.6"
        }
    }
}
`;
    expect(read("Pipfile.lock", lock)).toEqual(["django ==5.2.1@12"]);
  });

  it("the locks of Poetry and uv", () => {
    const text = `version = 1

[[package]]
name = "Django"
version = "5.2.1"
dependencies = [
    { name = "asgiref" },
]

[package.dependencies]
asgiref = ">=3.8"

[[package]]
name = "celery"
version = "5.4.0"

[metadata]
python-versions = "^3.12"
`;
    for (const name of ["poetry.lock", "uv.lock"]) {
      expect(read(name, text)).toEqual(["django 5.2.1@5", "celery 5.4.0@15"]);
    }
  });

  it("setup.cfg and setup.py", () => {
    const cfg = `[metadata]
name = shop
[options]
install_requires =
    Django >= 4.2
    celery
python_requires = >=3.10
[options.extras_require]
mfa =
    django-otp==1.5
`;
    expect(read("setup.cfg", cfg)).toEqual([
      "django >= 4.2@5",
      "celery @6",
      "django-otp ==1.5@10 [mfa]",
    ]);
    const setup = `from setuptools import setup

tests_require = ["django==3.2"]
setup(
    name="shop",
    install_requires=["Django>=4.2,<5", "celery"],
    extras_require={"x": ["django-otp==1"]},
    python_requires=">=3.10",
)
`;
    expect(read("setup.py", setup)).toEqual(["django >=4.2,<5@6", "celery @6"]);
  });

  it("any text, in bounded time and without failing", () => {
    const pieces = fc.constantFrom(
      "[",
      "]",
      "{",
      "}",
      '"',
      "'",
      "=",
      "\n",
      "django",
      "==5.2",
      ",",
      "#",
      " ",
      "\\",
      '"""',
    );
    const texts = fc.array(pieces, { maxLength: 60 }).map((all) => all.join(""));
    const names = fc.constantFrom(
      "pyproject.toml",
      "Pipfile",
      "poetry.lock",
      "requirements.txt",
      "setup.cfg",
      "setup.py",
      "Pipfile.lock",
    );
    fc.assert(
      fc.property(names, texts, (name, text) => {
        for (const { span } of readRequirements(name, text)) {
          expect(span.start).toBeGreaterThanOrEqual(0);
          expect(span.end).toBeLessThanOrEqual(text.length);
        }
      }),
    );
    const start = performance.now();
    for (const hostile of ['"""', "'''", "a = [", "{", "\\", 'x = "', " ", "a@", "[a"]) {
      for (const name of [
        "pyproject.toml",
        "requirements.txt",
        "setup.cfg",
        "setup.py",
        "Pipfile.lock",
      ]) {
        readRequirements(name, hostile.repeat(400_000 / hostile.length));
      }
    }
    expect(performance.now() - start).toBeLessThan(20_000);
  });
});
