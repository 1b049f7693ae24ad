import { beforeAll, describe, expect, it } from "vitest";
import { diffTexts } from "../../../src/core/diff/diff-texts.js";
import type { ChangeSet, FileChange } from "../../../src/core/model/change.js";
import type { Wanted } from "../../../src/core/model/repository.js";
import type { ParsePython } from "../../../src/core/python/parser.js";
import {
  addRound,
  FETCH_LIMITS,
  fetchedBefore,
  filesOf,
  NOTHING_YET,
  nextRound,
} from "../../../src/core/repository/fetched.js";
import { foreseen } from "../../../src/core/repository/foreseen.js";
import { RULES } from "../../../src/core/rules/index.js";
import { scanInRounds } from "../../../src/core/scan-in-rounds.js";
import { loadPython } from "../../../src/grammar/node.js";

let parse: ParsePython;
beforeAll(async () => {
  parse = await loadPython();
});

const wantedFiles = (count: number): Wanted[] =>
  Array.from({ length: count }, (_, index) => ({
    side: "RIGHT",
    path: `${index}.py`,
    kind: "file",
  }));

function change(path: string, base: string, head: string): FileChange {
  const status = base === "" ? "added" : "modified";
  return { path, basePath: path, status, kind: "file", base, head, hunks: diffTexts(base, head) };
}

function changeSet(...files: readonly FileChange[]): ChangeSet {
  return { base: "b", head: "h", changedFiles: files.length, files, unscanned: [] };
}

/** Scans in a repository of these files, and keeps what each round asked for. */
async function scanAmong(changes: ChangeSet, files: Readonly<Record<string, string>>) {
  const rounds: string[][] = [];
  const result = await scanInRounds(changes, parse, async (wanted) => {
    rounds.push(wanted.map(({ kind, side, path }) => `${kind} ${side} ${path}`));
    return wanted.map(({ kind, path }) =>
      kind === "file"
        ? (files[path] ?? null)
        : Object.keys(files).flatMap((name) =>
            name.startsWith(`${path}/`) ? [name.slice(path.length + 1)] : [],
          ),
    );
  });
  return { result, rounds, found: result.findings.map(({ rule }) => rule) };
}

describe("a round", () => {
  it("asks for what is not at hand, within the limits of a scan", () => {
    const first = nextRound(wantedFiles(60), NOTHING_YET);
    expect(first).toHaveLength(FETCH_LIMITS.files);
    const fetched = addRound(NOTHING_YET, first, []);
    expect(nextRound(wantedFiles(60), fetched)).toEqual([]);
    expect(filesOf(fetched).text("RIGHT", "0.py")).toBeNull();
    expect(filesOf(fetched).text("RIGHT", "59.py")).toBeUndefined();
  });

  it("is the last after three", () => {
    let fetched = NOTHING_YET;
    for (let round = 0; round < FETCH_LIMITS.rounds; round++) fetched = addRound(fetched, [], []);
    expect(nextRound(wantedFiles(1), fetched)).toEqual([]);
  });

  it("is not spent on what came with the change set", () => {
    const folder = { side: "RIGHT", path: "config", kind: "directory" } as const;
    const fetched = fetchedBefore([folder], [["base.py"]]);
    expect(fetched.rounds).toBe(0);
    expect(filesOf(fetched).entries("RIGHT", "config")).toEqual(["base.py"]);
    expect(nextRound([folder], fetched)).toEqual([]);
  });
});

describe("what is fetched in advance", () => {
  const ofKind = (kind: string, paths: readonly string[]) =>
    foreseen(paths.map((path) => change(path, "", ""))).filter((one) => one.kind === kind);

  it("are the folders of settings modules, a few at most", () => {
    const paths = [
      "shop/views.py",
      "shop/settings.py",
      "config/settings/base.py",
      "config/settings/dev.py",
    ];
    expect(ofKind("directory", paths)).toMatchObject([
      { path: "config/settings" },
      { path: "shop" },
    ]);
    const many = Array.from({ length: 20 }, (_, index) => `a${index}/settings.py`);
    expect(ofKind("directory", many).length).toBeLessThan(10);
  });

  it("are the files that say what the repository is built on, where code or a template changes", () => {
    const files = ofKind("file", ["shop/templates/join.html"]);
    expect(files).toContainEqual({ side: "RIGHT", path: "requirements.txt", kind: "file" });
    expect(ofKind("file", ["shop/login.py"])).toEqual(files);
    expect(ofKind("file", ["requirements.txt"])).toEqual([]);
  });
});

const SECURE = "SESSION_COOKIE_SECURE = True\n";
const PRODUCTION = "config/settings/production.py";
const START = "from .base import *\n\nDEBUG = False\n";

describe("a scan in rounds", () => {
  it("asks for nothing when nothing became weaker", async () => {
    const unrelated = change(PRODUCTION, START, `${START}ALLOWED_HOSTS = ["shop.example"]\n`);
    const { rounds, result } = await scanAmong(changeSet(unrelated), {});
    expect(rounds).toEqual([]);
    expect(result.wanted).toEqual([]);
  });

  it("asks for nothing where modules are deleted that say nothing of the settings", async () => {
    const deleted = Array.from({ length: 12 }, (_, index): FileChange => {
      const path = `src/shop/parts/part${index}/views.py`;
      const gone = change(path, 'def visit(request):\n    request.session["seen"] = 1\n', "");
      return { ...gone, status: "removed" };
    });
    const { rounds, result } = await scanAmong(changeSet(...deleted), {});
    expect(rounds).toEqual([]);
    expect(result.unscanned).toEqual([]);
  });

  it("asks no app of the project for the app of the sessions", async () => {
    const apps = (first: string) =>
      `INSTALLED_APPS = [\n${first}    "orders.apps.OrdersConfig",\n    "stock.apps.StockConfig",\n]\n`;
    const path = "shop/settings.py";
    const added = change(path, apps(""), apps('    "django.contrib.sessions",\n'));
    const { rounds } = await scanAmong(changeSet(added), {});
    expect(rounds.flat().filter((one) => one.includes("apps"))).toEqual([]);
  });

  it("asks for the base module when a production module drops a flag", async () => {
    const drops = changeSet(change(PRODUCTION, START + SECURE, START));
    const base = "config/settings/base.py";
    const kept = await scanAmong(drops, { [base]: SECURE });
    expect(kept.found).toEqual([]);
    expect(kept.rounds[0]).toContain(`file RIGHT ${base}`);
    expect(kept.rounds).toHaveLength(1);
    expect(kept.result.stats.contextFiles).toBe(1);
    const lost = await scanAmong(drops, { [base]: "USE_TZ = True\n" });
    expect(lost.found).toEqual(["insecure-session-cookie"]);
  });

  it("follows a chain of modules, one round a step, and stops", async () => {
    const drops = changeSet(change(PRODUCTION, START + SECURE, START));
    const link = (to: string) => `from .${to} import *\n`;
    const { rounds, result } = await scanAmong(drops, {
      "config/settings/base.py": link("a"),
      "config/settings/a.py": link("b"),
      "config/settings/b.py": link("c"),
      "config/settings/c.py": SECURE,
    });
    expect(rounds).toHaveLength(FETCH_LIMITS.rounds);
    expect(result.wanted.map(({ path }) => path)).toContain("config/settings/c.py");
    expect(result.findings[0]?.confidence).toBe("medium");
  });

  it("ends where modules import each other", async () => {
    const drops = changeSet(change(PRODUCTION, START + SECURE, START));
    const { found } = await scanAmong(drops, {
      "config/settings/base.py": "from .production import *\nfrom .other import *\n",
      "config/settings/other.py": "from .base import *\n",
    });
    expect(found).toEqual(["insecure-session-cookie"]);
  });

  it("gives the same result in whatever order the files come", async () => {
    const files = [
      change("config/settings/base.py", SECURE, "USE_TZ = True\n"),
      change(PRODUCTION, START, `${START}USE_I18N = True\nSESSION_COOKIE_AGE = 60\n`),
    ];
    const repository = { "config/settings/staging.py": START };
    const one = await scanAmong(changeSet(...files), repository);
    const other = await scanAmong(changeSet(...[...files].reverse()), repository);
    expect(other).toEqual(one);
    expect(one.found).toEqual(["insecure-session-cookie"]);
  });

  it("does not throw on what a repository may hold", async () => {
    const drops = changeSet(change(PRODUCTION, START + SECURE, START));
    for (const text of ["def (:\n", "\u0000", "SESSION_COOKIE_SECURE =\n", "x".repeat(100_000)]) {
      const { result } = await scanAmong(drops, { "config/settings/base.py": text });
      expect(result.unscanned).toEqual([]);
    }
  });

  it("knows no rule that asks without need", async () => {
    const view = change("shop/views.py", "import os\n", "import os\n\nfrom .forms import Form\n");
    const { rounds } = await scanAmong(changeSet(view), {});
    expect(rounds).toEqual([]);
    expect(RULES.length).toBeGreaterThan(0);
  });
});
