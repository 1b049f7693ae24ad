import { describe, expect, it } from "vitest";
import { pointerIn } from "../../src/github/files/pointers.js";

const LFS = `version https://git-lfs.github.com/spec/v1\noid sha256:${"0".repeat(64)}\nsize 12\n`;

describe("a pointer", () => {
  it.each([
    ["settings.py", LFS],
    ["settings.py", "base.py"],
    ["conf/settings.py", "../elsewhere/settings.py"],
    ["requirements.txt", "requirements/production.txt"],
  ])("is what %j holds in %j", (path, text) => {
    expect(pointerIn(path, text)).toBeDefined();
  });

  it.each([
    ["settings.py", ""],
    ["settings.py", "pass"],
    ["settings.py", "DEBUG = False"],
    ["settings.py", "base.py\n"],
    ["settings.py", "from .base import *"],
    ["requirements.txt", "zope.interface"],
    ["requirements.txt", "Django==5.2.1"],
    ["note.html", "a/b"],
    ["settings.py", `# ${LFS}`],
  ])("is not what %j holds in %j", (path, text) => {
    expect(pointerIn(path, text)).toBeUndefined();
  });
});
