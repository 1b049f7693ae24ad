import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { type DjangoVersion, pythonEnvironment } from "./versions.js";

export type Family = "cookie" | "login" | "logout";

/** What a response of the site sets; `null` when it does not set this cookie. */
export interface Cookie {
  readonly name: string;
  readonly secure: boolean;
  readonly httponly: boolean;
  readonly samesite: string;
  readonly domain: string;
  readonly path: string;
  /** Seconds; `null` when the cookie ends with the browser. */
  readonly age: number | null;
}
export type Cookies =
  | { readonly broken: string }
  | { readonly broken?: never; readonly session: Cookie | null; readonly csrf: Cookie | null };

/** What became of the key that was planted before a function ran. */
export interface Deed {
  readonly symbol: string;
  readonly first: number;
  readonly last: number;
  /** Another function of the fixture calls it. */
  readonly called: boolean;
  /** Session keys that the planted key opens afterwards, with any of the store engines. */
  readonly kept?: readonly string[];
  readonly error?: string;
}

export interface Answer {
  readonly id: string;
  /** Why nothing could be said about this tree. */
  readonly undrivable?: string;
  readonly defaults?: Cookies;
  /** Cookies by module or function, for production and under DEBUG; deeds by `path:function`. */
  readonly facts?: Readonly<Record<string, unknown>>;
}

export interface Question {
  readonly id: string;
  readonly family: Family;
  readonly files: Readonly<Record<string, string>>;
}

/** Asks one Django about all trees, in one process. */
export function askDjango(
  { folder }: DjangoVersion,
  questions: readonly Question[],
): ReadonlyMap<string, Answer> {
  const { status, stdout, stderr } = spawnSync(
    "python3",
    [join(import.meta.dirname, "driver.py")],
    {
      encoding: "utf8",
      env: pythonEnvironment(folder),
      input: questions.map((question) => JSON.stringify(question)).join("\n"),
      maxBuffer: 64 * 1024 * 1024,
    },
  );
  if (status !== 0) throw new Error(`the oracle stopped: ${stderr}`);
  const answers = stdout.split("\n").filter(Boolean);
  return new Map(
    answers.map((line) => {
      const answer = JSON.parse(line) as Answer;
      return [answer.id, answer];
    }),
  );
}
