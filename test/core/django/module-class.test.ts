import { describe, expect, it } from "vitest";
import { classifyModule } from "../../../src/core/django/module-class.js";

describe("the class of a module", () => {
  it.each([
    ["shop/settings.py", "shared"],
    ["shop/settings/__init__.py", "shared"],
    ["config/settings/base.py", "shared"],
    ["config/settings/common.py", "shared"],
    ["config/settings/production.py", "production"],
    ["config/settings/prod_eu.py", "production"],
    ["config/settings/staging.py", "production"],
    ["config/production.py", "production"],
    ["config/settings/heroku.py", "production"],
    ["shop/settings_live.py", "production"],
    ["config/settings/dev.py", "development"],
    ["config/settings/local.py", "development"],
    ["shop/local_settings.py", "development"],
    ["sandbox/settings.py", "development"],
    ["docs/settings.py", "development"],
    ["project/settings.py-tpl", "development"],
    ["config/settings/test.py", "test"],
    ["shop/settings_test.py", "test"],
    ["shop/tests/settings.py", "test"],
    ["conftest.py", "test"],
    ["shop/test_cookies.py", "test"],
    ["config/settings/ci.py", "test"],
    ["config/settings/jenkins.py", "test"],
    ["shop/views.py", "other"],
    ["config/urls.py", "other"],
    ["shop/settings.html", "other"],
  ])("%s is %s by its path", (path, expected) => {
    expect(classifyModule(path)).toBe(expected);
  });

  it("is told from the content where the path says nothing", () => {
    expect(classifyModule("shop/site.py", 'ROOT_URLCONF = "shop.urls"\n')).toBe("production");
    expect(classifyModule("shop/site.py", "class Site:\n    SESSION_COOKIE_AGE = 60\n")).toBe(
      "production",
    );
    expect(classifyModule("shop/site.py", "x = settings.SESSION_COOKIE_AGE\n")).toBe("other");
    expect(classifyModule("shop/test_site.py", "DATABASES = {}\n")).toBe("test");
  });

  it("does not read words out of longer ones", () => {
    expect(classifyModule("latest/settings.py")).toBe("shared");
    expect(classifyModule("locale/settings.py")).toBe("shared");
    expect(classifyModule("device/settings.py")).toBe("shared");
  });
});
