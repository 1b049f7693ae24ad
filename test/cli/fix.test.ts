import { readFileSync, rmSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createRepository, type TemporaryRepository } from "../git/temporary-repository.js";
import { type Outcome, runCli } from "./run-cli.js";

const BASE = [
  "DEBUG = False",
  "SESSION_COOKIE_SECURE = True",
  "LANGUAGE_CODE = 'en'",
  "SESSION_COOKIE_HTTPONLY = True",
  "USE_TZ = True",
  "",
].join("\n");
const HEAD = BASE.replace("SESSION_COOKIE_SECURE = True\n", "").replace(
  "HTTPONLY = True",
  "HTTPONLY = False",
);
const SETTINGS = "shop/settings.py";

let repository: TemporaryRepository;
const review = (...args: readonly string[]): Promise<Outcome> =>
  runCli(["review", "-C", repository.directory, ...args]);
const read = (path: string) => readFileSync(join(repository.directory, path), "utf8");

beforeEach(() => {
  repository = createRepository();
  repository.write(SETTINGS, BASE);
  repository.commit();
  repository.git("checkout", "-q", "-b", "topic");
});
afterEach(() => repository.remove());

describe("cyclekey review --fix", () => {
  it("applies every suggestion to the working tree and reviews what is left", async () => {
    repository.write(SETTINGS, HEAD);
    const { code, stdout, stderr } = await review("--fix");
    expect(read(SETTINGS)).toBe(BASE);
    expect(stderr).toBe("cyclekey: applied 2 suggestions to shop/settings.py.\n");
    expect(stdout).toContain("nothing changed");
    expect(code).toBe(0);
  });

  it("leaves what no suggestion fixes, and ends in 1", async () => {
    repository.write(SETTINGS, HEAD);
    const view =
      'def pay(request, form):\n    request.session["card_number"] = form.cleaned_data["card_number"]\n';
    repository.write("shop/views.py", view);
    repository.write("shop/urls.py", "urlpatterns = []\n");
    const { code, stdout } = await review("--fix");
    expect(read(SETTINGS)).toBe(BASE);
    expect(read("shop/views.py")).toBe(view);
    expect(stdout).toContain("[payment-data-in-session]");
    expect(code).toBe(1);
  });

  it("says that there is nothing to apply", async () => {
    const { code, stderr } = await review("--fix");
    expect(stderr).toBe("cyclekey: no suggestion to apply.\n");
    expect(code).toBe(0);
  });

  it("keeps the line ends of a file that was checked out with CRLF, and its mode", async () => {
    repository.write(SETTINGS, HEAD.replaceAll("\n", "\r\n"));
    const { mode } = statSync(join(repository.directory, SETTINGS));
    await review("--fix");
    expect(read(SETTINGS)).toBe(BASE.replaceAll("\n", "\r\n"));
    expect(statSync(join(repository.directory, SETTINGS)).mode).toBe(mode);
  });

  it("takes no range, since it changes the working tree", async () => {
    const { code, stderr } = await review("main..topic", "--fix");
    expect(code).toBe(2);
    expect(stderr).toBe(
      "cyclekey: --fix changes the working tree, so it reviews the working tree: leave the range out.\n",
    );
  });

  it("writes through no symbolic link", async () => {
    const outside = createRepository();
    outside.write("settings.py", HEAD);
    rmSync(join(repository.directory, SETTINGS));
    symlinkSync(join(outside.directory, "settings.py"), join(repository.directory, SETTINGS));
    await review("--fix");
    expect(readFileSync(join(outside.directory, "settings.py"), "utf8")).toBe(HEAD);
    outside.remove();
  });
});
