import { diffTexts } from "../../src/core/diff/diff-texts.js";
import type { FileChange } from "../../src/core/model/change.js";
import type { ScanResult } from "../../src/core/model/scan-result.js";
import type { ParsePython } from "../../src/core/python/parser.js";
import type { Answer } from "../../src/core/repository/fetched.js";
import { RULES } from "../../src/core/rules/index.js";
import { scanInRounds } from "../../src/core/scan-in-rounds.js";

/** Everything that can differ between two versions of the shop. */
export interface Shop {
  readonly secure: boolean;
  readonly httpOnly: boolean;
  readonly rotates: boolean;
  /** Lines put before everything. */
  readonly shift: number;
  readonly reformatted: boolean;
  readonly price: number;
}

export const STRONG: Shop = {
  secure: true,
  httpOnly: true,
  rotates: true,
  shift: 0,
  reformatted: false,
  price: 0,
};

/** What the branches hold that pull requests go to. None of them moves. */
export const BRANCHES: Readonly<Record<string, Shop>> = {
  main: STRONG,
  legacy: { ...STRONG, secure: false },
};

export function filesOf(shop: Shop): Readonly<Record<string, string>> {
  const quote = shop.reformatted ? "'" : '"';
  const above = Array.from({ length: shop.shift }, (_, line) => `# Line ${line} of the shop.`);
  return {
    "shop/settings.py": [
      ...above,
      "DEBUG = False",
      `ALLOWED_HOSTS = [${quote}shop.example${quote}]`,
      ...(shop.secure ? ["SESSION_COOKIE_SECURE = True"] : []),
      `LANGUAGE_CODE = ${quote}en-gb${quote}`,
      `TIME_ZONE = ${quote}UTC${quote}`,
      "USE_TZ = True",
      ...(shop.httpOnly ? [] : ["SESSION_COOKIE_HTTPONLY = False"]),
      "",
    ].join("\n"),
    "accounts/views.py": [
      ...above,
      "from django.contrib.auth.hashers import check_password",
      "from django.shortcuts import redirect",
      "",
      "",
      "def sign_in(request):",
      `    member = Member.objects.get(email=request.POST[${quote}email${quote}])`,
      `    if check_password(request.POST[${quote}password${quote}], member.password):`,
      ...(shop.rotates ? ["        request.session.cycle_key()"] : []),
      `        request.session[${quote}member_id${quote}] = member.pk`,
      `        return redirect(${quote}home${quote})`,
      "",
    ].join("\n"),
    "catalogue/prices.py": `RATE = ${shop.price}\n`,
  };
}

const scans = new Map<string, Promise<ScanResult>>();

/** What the rules say of a change, without git, GitHub or a bot. */
export function scanShops(base: Shop, head: Shop, parse: ParsePython): Promise<ScanResult> {
  const key = JSON.stringify([base, head]);
  const result = scans.get(key) ?? scanFiles(filesOf(base), filesOf(head), parse);
  scans.set(key, result);
  return result;
}

type Files = ReturnType<typeof filesOf>;

async function scanFiles(base: Files, head: Files, parse: ParsePython): Promise<ScanResult> {
  const changes = {
    base: "0".repeat(40),
    head: "1".repeat(40),
    changedFiles: Object.keys(head).filter((path) => head[path] !== base[path]).length,
    files: changesBetween(base, head),
    unscanned: [],
  };
  return scanInRounds(
    changes,
    parse,
    async (wanted) => wanted.map(({ side, path }) => look(side === "LEFT" ? base : head, path)),
    { rules: RULES },
  );
}

export function changesBetween(base: Files, head: Files): readonly FileChange[] {
  return Object.entries(base).flatMap(([path, text]): readonly FileChange[] => {
    const next = head[path] ?? "";
    if (next === text) return [];
    const place = { path, basePath: path, status: "modified", kind: "file" } as const;
    return [{ ...place, base: text, head: next, hunks: diffTexts(text, next) }];
  });
}

/** A file's text, or the names in a folder. */
function look(files: Files, path: string): Answer {
  const text = files[path];
  if (text !== undefined) return text;
  const prefix = path === "" ? "" : `${path}/`;
  const below = Object.keys(files).filter((one) => one.startsWith(prefix));
  const names = below.map((one) => /^[^/]+\/?/.exec(one.slice(prefix.length))?.[0] ?? "");
  return below.length === 0 ? null : [...new Set(names)];
}
