import { beforeAll, describe, expect, it } from "vitest";
import type { ParsePython } from "../../../src/core/python/parser.js";
import { openProject } from "../../../src/core/repository/open-project.js";
import { describeValue } from "../../../src/core/settings/evaluate/describe.js";
import { settingFacts } from "../../../src/core/settings/facts/setting-facts.js";
import { postureOf } from "../../../src/core/settings/posture.js";
import { loadPython } from "../../../src/grammar/node.js";
import { filesOf } from "../../fixture-cases.js";

let parse: ParsePython;
beforeAll(async () => {
  parse = await loadPython();
});

const SECURE = "SESSION_COOKIE_SECURE";
const ON = `${SECURE} = True\n`;
const OFF = `${SECURE} = False\n`;

function open(files: Readonly<Record<string, string>>, path: string) {
  const tree = new Map(
    Object.entries(files).map(([name, text]) => [`site/settings/${name}`, text]),
  );
  const changeSet = { base: "b", head: "h", changedFiles: 0, files: [], unscanned: [] };
  const project = openProject(changeSet, filesOf(tree, tree), parse, () => {});
  return project.open("RIGHT", `site/settings/${path}`)!;
}

/** The values of the flag: of the module, then of its classes. */
function values(files: Readonly<Record<string, string>>, path = "production.py"): string[] {
  return settingFacts(open(files, path), SECURE).map(({ symbol, effective }) => {
    const shown = effective.map(({ value }) => describeValue(SECURE, value)).join(" | ");
    return symbol === "" ? shown : `${symbol}: ${shown}`;
  });
}

describe("a star import", () => {
  const star = "from .base import *\n";

  it("overrides what stands above it and yields to what stands below", () => {
    expect(values({ "base.py": OFF, "production.py": ON + star })).toEqual(["False"]);
    expect(values({ "base.py": OFF, "production.py": star + ON })).toEqual(["True"]);
  });

  it("leaves alone what the other module does not set", () => {
    expect(values({ "base.py": "USE_TZ = True\n", "production.py": ON + star })).toEqual(["True"]);
  });

  it("is what it is by another spelling, and through a package", () => {
    const absolute = "from site_.x import *\nfrom site.settings.base import *\n";
    expect(values({ "base.py": ON, "production.py": absolute })).toEqual(["True"]);
    expect(values({ "base/__init__.py": ON, "production.py": star })).toEqual(["True"]);
  });

  it("counts in the branch where it stands", () => {
    const branch = "import os\nif os.environ['SITE'] == 'blue':\n    from .base import *\n";
    expect(values({ "base.py": ON, "production.py": OFF + branch })).toEqual(["True | False"]);
  });

  it("completes what it leaves open in one of its branches", () => {
    const partly = `import os\nif "TLS" in os.environ:\n    ${SECURE} = True\n`;
    expect(values({ "base.py": partly, "production.py": OFF + star })[0]).toContain("False");
  });

  it("does not bring the settings of a development machine to production", () => {
    const late = `${ON}try:\n    from .local import *\nexcept ImportError:\n    pass\n`;
    expect(values({ "local.py": OFF, "production.py": late })).toEqual(["True"]);
  });
});

describe("a name from another module", () => {
  it("has the value it has there", () => {
    const files = { "env.py": "import os\nTLS = os.environ.get('TLS', 'yes') == 'yes'\n" };
    const flag = `${SECURE} = TLS\n`;
    const shown = ["an environment variable (True when unset)"];
    expect(values({ ...files, "production.py": `from .env import TLS\n${flag}` })).toEqual(shown);
    expect(values({ ...files, "production.py": `from .env import *\n${flag}` })).toEqual(shown);
  });

  it("is the setting itself when it is imported by name", () => {
    const named = `from .base import ${SECURE}\n`;
    expect(values({ "base.py": ON, "production.py": named })).toEqual(["True"]);
  });
});

describe("split settings", () => {
  const include = (args: string) =>
    `from split_settings.tools import include\n\ninclude(${args})\n`;

  it("are run in the order of the arguments, patterns in the order of names", () => {
    const files = { "a.py": ON, "b.py": OFF, "parts/a.py": ON, "parts/b.py": OFF };
    const of = (args: string) => values({ ...files, "__init__.py": include(args) }, "__init__.py");
    expect(of('"a.py", "b.py"')).toEqual(["False"]);
    expect(of('"b.py", "a.py"')).toEqual(["True"]);
    expect(of('"parts/*.py"')).toEqual(["False"]);
    expect(of('"parts/*.py", "a.py"')).toEqual(["True"]);
  });

  it("may stand in a list, and come from the environment", () => {
    const files = { "base.py": OFF, "environments/production.py": ON, "environments/dev.py": OFF };
    const listed = `import os\nfrom split_settings.tools import include, optional\n\nENV = os.environ.get("SITE_ENV", "dev")\n_parts = ["base.py", f"environments/{ENV}.py", optional("environments/local.py")]\n\ninclude(*_parts)\n`;
    expect(values({ ...files, "__init__.py": listed }, "__init__.py")).toEqual(["True"]);
  });

  it("are not the URLs that Django includes", () => {
    const urls = 'from django.urls import include\n\ninclude("base.py")\n';
    expect(values({ "base.py": ON, "__init__.py": urls }, "__init__.py")).toEqual([
      "False (Django's default)",
    ]);
  });
});

describe("a settings class", () => {
  const base = (body: string) =>
    `from configurations import Configuration\n\n\nclass Base(Configuration):\n    USE_TZ = True\n    ${body}`;

  it.each([
    ["by its name", "from .base import Base\n", "Base"],
    ["by the name of its module", "from . import base\n", "base.Base"],
    ["with a star", "from .base import *\n", "Base"],
  ])("takes what its base in another module sets, imported %s", (_, imports, name) => {
    const text = `${imports}\n\nclass Production(${name}):\n    SESSION_COOKIE_NAME = "site"\n`;
    const found = values({ "base.py": base(ON), "__init__.py": "", "production.py": text });
    expect(found).toContain("Production: True");
  });
});

describe("the posture", () => {
  it("tells the value that another module gives", () => {
    const star = "from .base import *\n";
    const before = open({ "base.py": ON, "production.py": star + OFF }, "production.py");
    const after = open({ "base.py": ON, "production.py": star }, "production.py");
    expect(postureOf(SECURE, before, after)).toMatchObject([
      { base: "False", head: "True", direction: "stronger" },
    ]);
  });
});
