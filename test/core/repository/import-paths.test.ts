import { describe, expect, it } from "vitest";
import { importPaths } from "../../../src/core/python/imports/import-paths.js";
import { resolvePath } from "../../../src/core/python/imports/paths.js";

describe("where a module may stand that an import names", () => {
  it("starts a relative import at the package", () => {
    const from = "src/shop/settings/production.py";
    expect(importPaths(from, ".base")).toEqual([
      "src/shop/settings/base.py",
      "src/shop/settings/base/__init__.py",
    ]);
    expect(importPaths(from, "..env")[0]).toBe("src/shop/env.py");
    expect(importPaths(from, ".")).toEqual(["src/shop/settings/__init__.py"]);
    expect(importPaths(from, ".....far")).toEqual([]);
  });

  it("finds the root of an absolute import by the folder that it names", () => {
    expect(importPaths("src/shop/settings/production.py", "shop.settings.base")).toEqual([
      "src/shop/settings/base.py",
      "src/shop/settings/base/__init__.py",
    ]);
  });

  it("tries the folders above the module when none of them is named", () => {
    expect(importPaths("backend/shop/views.py", "accounts.logins")).toEqual([
      "backend/shop/accounts/logins.py",
      "backend/shop/accounts/logins/__init__.py",
      "backend/accounts/logins.py",
      "backend/accounts/logins/__init__.py",
      "accounts/logins.py",
      "accounts/logins/__init__.py",
    ]);
  });

  it("does not look for packages of others", () => {
    for (const dotted of ["django.contrib.auth", "os.path", "rest_framework.views", ""]) {
      expect(importPaths("shop/views.py", dotted)).toEqual([]);
    }
    expect(importPaths("platform/views.py", "platform.login")[0]).toBe("platform/login.py");
  });
});

describe("a relative path", () => {
  it("is resolved within the repository and not out of it", () => {
    expect(resolvePath("a/b", "../c/./d.py")).toBe("a/c/d.py");
    expect(resolvePath("", "d.py")).toBe("d.py");
    expect(resolvePath("a", "../../etc/passwd")).toBeUndefined();
  });
});
