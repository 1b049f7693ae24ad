import type { RegisteredApp } from "../../github/app/describe-app.js";
import type { Manifest } from "./manifest.js";
import { fix, note, ok, type Remark } from "./remark.js";

const LEVELS = ["read", "write", "admin"];

/** The App's permissions and events against those that cyclekey is made for. */
export function judgeApp(
  app: RegisteredApp,
  wanted: Manifest,
  settingsUrl: string,
): readonly Remark[] {
  const where = `${settingsUrl}/permissions`;
  return [
    ok(`The key is that of the App "${app.name}", owned by ${app.owner}.`),
    ...judgePermissions(app.permissions, wanted.permissions, where),
    ...judgeEvents(app.events, wanted.events, where),
  ];
}

function judgePermissions(
  live: Readonly<Record<string, unknown>>,
  wanted: Manifest["permissions"],
  where: string,
): readonly Remark[] {
  const missing = missingPermissions(live, wanted).map((permission) =>
    fix(`The App lacks the permission ${permission}: add it at ${where}`),
  );
  const superfluous = Object.entries(live).flatMap(([name, level]) => {
    if (atLeast(wanted[name], level)) return [];
    if (name === "contents" && level === "write") return [THREADS];
    const remedy = wanted[name] === undefined ? "remove it" : `lower it to ${wanted[name]}`;
    return [
      fix(
        `The App has the permission ${name}: ${level}, which it does not need: ${remedy} at ${where}`,
      ),
    ];
  });
  const found = [...missing, ...superfluous];
  return found.some(({ verdict }) => verdict === "fix")
    ? found
    : [ok("The App has the permissions that it needs."), ...found];
}

const THREADS = note(
  "The App may write contents (contents: write): threads of resolved findings are resolved. Without it they stay open, and nothing could change code.",
);

function judgeEvents(
  live: readonly string[],
  wanted: readonly string[],
  where: string,
): readonly Remark[] {
  const missing = wanted.filter((event) => !live.includes(event));
  const superfluous = live.filter((event) => !wanted.includes(event));
  return [
    missing.length === 0
      ? ok("The App is subscribed to the events that it needs.")
      : fix(`The App is not told of ${missing.join(", ")}: subscribe to it at ${where}`),
    ...(superfluous.length === 0
      ? []
      : [
          note(
            `The App is told of ${superfluous.join(", ")}, which it does not read: unsubscribe at ${where}`,
          ),
        ]),
  ];
}

/** `name: level` of what is wanted and not there. */
export function missingPermissions(
  live: Readonly<Record<string, unknown>>,
  wanted: Readonly<Record<string, unknown>>,
): readonly string[] {
  return Object.entries(wanted)
    .filter(([name, level]) => !atLeast(live[name], level))
    .map(([name, level]) => `${name}: ${level}`);
}

function atLeast(live: unknown, wanted: unknown): boolean {
  return LEVELS.indexOf(String(live)) >= LEVELS.indexOf(String(wanted));
}
