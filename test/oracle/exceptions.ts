import type { FixtureCase } from "../fixture-cases.js";

const UNKNOWN = "the value comes from code that the fixture leaves out";
const ON_THE_MACHINE = "a file of the machine is executed";

/** Fixtures that cannot be run, with the reason. */
const UNDRIVABLE: Readonly<Record<string, string>> = {
  "insecure-session-cookie/default-of-a-file-of-configuration-is-flipped":
    "a file of the machine is read",
  "insecure-session-cookie/file-is-opened-compiled-and-executed": ON_THE_MACHINE,
  "insecure-session-cookie/flag-may-have-gone-to-a-file-that-is-executed": ON_THE_MACHINE,
  "longer-session-lifetime/value-that-cannot-be-computed": UNKNOWN,
  "session-outlives-browser/expiry-depends-on-remember-me": UNKNOWN,
  "unrotated-login/django-logs-in-under-another-name": "channels is not installed",
  "unrotated-login/what-django-runs-while-it-logs-in":
    "a backend is run by authenticate(), not by a visitor",
};

/** Fixtures that use what Django has only since this release. */
export const NEEDS: Readonly<Record<string, string>> = {
  "logout-without-flush/a-new-logout-empties-the-session": "5.1",
  "ineffective-session-rotation/calls-that-work": "5.1",
  "unrotated-login/a-class-based-login-of-an-async-site": "5.1",
};

const NOT_DJANGO = "another framework, only driven as if it were Django";
const NOT_IDENTITY = "the key lives on, but nothing in it says who the visitor is";
const ONLY_DEBUG = "a notice: weaker only where DEBUG is on";
const SAID_THERE = "said where the identity is stored, not in each function that comes by it";
const NO_FIRST_STEP = "the session holds nothing of the step before";
const NOBODY = "nobody is logged in any more: the key lives on with nothing in it";

/** Fixtures whose label Django alone does not decide, with the policy that does. */
const BEYOND_DJANGO: Readonly<Record<string, string>> = {
  "ineffective-session-rotation/a-coroutine-that-nobody-awaits": NOBODY,
  "ineffective-session-rotation/an-idle-line-that-the-team-has-accepted": NOBODY,
  "insecure-csrf-cookie/true-becomes-not-debug-is-a-notice": ONLY_DEBUG,
  "insecure-session-cookie/base-is-named-with-the-folder-of-the-repository":
    "the folder of the repository, which is the package, is not on the path",
  "insecure-session-cookie/branch-that-asks-the-debug-variable-turns-it-off": ONLY_DEBUG,
  "insecure-session-cookie/branch-for-several-environments-with-production":
    "without the variable the branch of production does not run",
  "insecure-session-cookie/case-of-another-environment-turns-it-off":
    "a notice: weaker only where the variable names another environment",
  "insecure-session-cookie/case-of-production-turns-it-off":
    "without the variable another case runs than in production",
  "insecure-session-cookie/false-is-written-out-below-the-defaults-of-a-package":
    "a notice: the default was already this, and the package sets none of it",
  "insecure-session-cookie/false-written-out-is-a-notice":
    "a notice: the default was already this, written out it becomes a decision",
  "insecure-session-cookie/flag-moves-into-an-included-component":
    "the include of split_settings is not installed",
  "insecure-session-cookie/flag-stands-before-settings-of-a-development-machine":
    "a local module is not there in production",
  "insecure-session-cookie/new-class-turns-off-what-its-base-turns-on":
    "the cookie is as strong as Django's default, but the class it starts from was stronger",
  "insecure-session-cookie/settings-of-a-repository-built-on-another-framework": NOT_DJANGO,
  "insecure-session-cookie/true-becomes-not-debug-is-a-notice": ONLY_DEBUG,
  "logout-without-flush/a-flush-that-a-new-key-makes-needless":
    "the key lives on where it was dropped, and another view renews it in its stead",
  "logout-without-flush/a-helper-of-a-logout-forgets-the-member": SAID_THERE,
  "logout-without-flush/a-logout-of-a-game-server": NOT_DJANGO,
  "logout-without-flush/a-receiver-before-which-django-flushes":
    "the key lives on in the receiver, and logout(), which calls it, flushes after it",
  "logout-without-flush/deletions-that-are-no-logout": NOT_IDENTITY,
  "logout-without-flush/the-end-moves-into-code-that-is-not-in-sight":
    "the code that takes over is a stub here",
  "partly-rotated-login/the-member-the-visitor-is-already":
    "the key lives on with the member that it named before",
  "removed-session-rotation/login-is-replaced-by-naming-the-user": NOBODY,
  "unrotated-login/a-helper-stores-whom-the-login-beside-it-checked": SAID_THERE,
  "unrotated-login/a-login-in-a-repository-built-on-another-framework": NOT_DJANGO,
  "unrotated-login/a-login-of-a-starlette-app": NOT_DJANGO,
  "unrotated-login/a-new-login-hands-whom-it-checked-to-an-old-helper":
    "a function of another file is a stub here",
  "unrotated-login/a-new-way-in-uses-what-an-old-one-leaves-to-a-helper": SAID_THERE,
  "unrotated-login/a-second-step-takes-who-waits-out-of-the-session": NO_FIRST_STEP,
  "unrotated-login/an-identity-provider-comes-first": NOT_IDENTITY,
  "unrotated-login/helpers-that-begin-a-session-for-whom-they-are-given": NOT_IDENTITY,
  "unrotated-login/helpers-that-log-nobody-in": NOT_IDENTITY,
  "unrotated-login/ids-that-nobody-is-logged-in-with": NOT_IDENTITY,
  "unrotated-login/the-first-of-two-factors": NOT_IDENTITY,
  "unrotated-login/what-is-stored-beside-djangos-login-for-a-page-that-comes-next": NOT_IDENTITY,
  "unrotated-login/what-is-typed-into-a-page-that-asks-for-more": NOT_IDENTITY,
};

export const LISTED = [UNDRIVABLE, NEEDS, BEYOND_DJANGO].flatMap((table) => Object.keys(table));

/** Why a fixture is expected not to run. What CPython does not compile says so in its name. */
export function reasonNotToRun({ rule, name }: FixtureCase): string | undefined {
  if (/syntax-error|broken/.test(name)) return "CPython does not compile it either";
  return UNDRIVABLE[`${rule}/${name}`];
}

/** Why a fixture is expected to say something else than Django does. */
export function reasonToDiffer({ rule, name }: FixtureCase): string | undefined {
  if (/-(is|are)-free$/.test(name)) return "a development or test module may be weak";
  return BEYOND_DJANGO[`${rule}/${name}`];
}
