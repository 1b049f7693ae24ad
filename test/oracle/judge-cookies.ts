import type { FixtureCase } from "../fixture-cases.js";
import type { Answer, Cookie, Cookies } from "./ask-django.js";

type Strength = (cookie: Cookie) => number;

const SAME_SITE: Readonly<Record<string, number>> = { strict: 2, lax: 1 };
const sameSite: Strength = ({ samesite }) => SAME_SITE[samesite.toLowerCase()] ?? 0;
const httpOnly: Strength = ({ httponly }) => Number(httponly);
const secure: Strength = (cookie) => Number(cookie.secure);
const NEVER = Number.MAX_SAFE_INTEGER;

/** How well a cookie is protected, per rule: larger is safer. A cookie that is not set cannot be stolen. */
export const COOKIE_RULES: Readonly<
  Record<string, { readonly cookie: "session" | "csrf"; readonly strength: Strength }>
> = {
  "insecure-session-cookie": { cookie: "session", strength: secure },
  "script-readable-session-cookie": { cookie: "session", strength: httpOnly },
  "cross-site-session-cookie": { cookie: "session", strength: sameSite },
  "session-outlives-browser": { cookie: "session", strength: ({ age }) => Number(age === null) },
  "longer-session-lifetime": { cookie: "session", strength: ({ age }) => -(age ?? 0) },
  "insecure-csrf-cookie": { cookie: "csrf", strength: secure },
  "cross-site-csrf-cookie": { cookie: "csrf", strength: sameSite },
};

type Postures = Readonly<Record<"production" | "debug", Cookies>>;

/** Whether Django sets a weaker cookie at head than at base, with nothing in the environment. */
export function isWeaker(rule: string, before: Answer, after: Answer): boolean {
  const base = (before.facts ?? {}) as Readonly<Record<string, Postures>>;
  const head = (after.facts ?? {}) as Readonly<Record<string, Postures>>;
  const gone = Object.keys(base).filter((place) => head[place] === undefined);
  return Object.entries(head).some(([place, postures]) => {
    const old = base[place] ?? (gone.length === 1 ? base[gone[0]!] : undefined);
    return (
      strengthOf(rule, postures.production) < strengthOf(rule, old?.production ?? before.defaults!)
    );
  });
}

function strengthOf(rule: string, cookies: Cookies): number {
  const { cookie: name, strength } = COOKIE_RULES[rule]!;
  if (cookies.broken !== undefined) return -NEVER;
  const cookie = cookies[name];
  return cookie === null ? NEVER : strength(cookie);
}

/** Whether the fixture says that its rule speaks, aloud or into a suppression. */
export function speaks({ rule, expectations, after }: FixtureCase): boolean {
  const accepted = [...after.values()].some((text) => text.includes(`cyclekey: ignore[${rule}]`));
  return accepted || expectations.some((one) => one.rule === rule && one.known === "expect");
}
