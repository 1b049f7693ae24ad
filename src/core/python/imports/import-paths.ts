import { directoryOf, joinPath } from "./paths.js";

/** Packages that no Django project holds itself: what they say is not asked for. */
const FOREIGN = new Set(
  (
    "django rest_framework allauth channels celery configurations environ environs decouple dynaconf " +
    "split_settings corsheaders sentry_sdk whitenoise storages debug_toolbar dj_database_url dotenv " +
    "requests jwt boto3 botocore redis psycopg2 pytz yaml ldap django_auth_ldap oauthlib pyotp " +
    "cryptography pydantic wagtail cms oscar graphene saml2 webauthn " +
    "__future__ abc argparse ast asyncio base64 binascii bisect calendar collections configparser " +
    "contextlib copy csv dataclasses datetime decimal distutils email enum errno fnmatch functools " +
    "getpass glob hashlib hmac html http importlib inspect io ipaddress itertools json locale logging " +
    "math mimetypes operator os pathlib pickle pkgutil platform pprint queue random re secrets shutil " +
    "signal site socket ssl stat string struct subprocess sys tempfile textwrap threading time " +
    "traceback types typing typing_extensions unicodedata unittest urllib uuid warnings weakref xml zlib six"
  ).split(" "),
);

/** How far up from a module the root of its imports is looked for. */
const MAX_LEVELS = 4;

/**
 * Where in the repository the module may stand that `dotted` names in the module at `from`, most
 * likely first. A relative import starts at the package; an absolute one at a folder on the path
 * that stands above a folder of that name, else at any folder above the module.
 */
export function importPaths(from: string, dotted: string): readonly string[] {
  const [, dots = "", rest = ""] = /^(\.*)(.*)$/.exec(dotted) ?? [];
  const parts = rest.split(".").filter((part) => part !== "");
  const folder = directoryOf(from);
  if (dots !== "") {
    const levels = folder === "" ? [] : folder.split("/");
    const kept = levels.length - (dots.length - 1);
    return kept < 0 ? [] : moduleFiles(levels.slice(0, kept), parts);
  }
  const [first, ...inside] = parts;
  if (first === undefined) return [];
  const candidates = roots(folder, first).flatMap((root) => moduleFiles(root, parts));
  return isRepositoryItself(folder, first, inside)
    ? [...candidates, ...moduleFiles([], inside)]
    : candidates;
}

/** `shop.settings.base` named in `settings/`: the folder that holds the repository is `shop`. */
function isRepositoryItself(folder: string, first: string, [next]: readonly string[]): boolean {
  const levels = folder.split("/");
  return next !== undefined && levels[0] === next && !levels.includes(first) && !FOREIGN.has(first);
}

/** Whether what a module at `from` imports is no part of the repository. */
export function isForeign(from: string, dotted: string): boolean {
  return importPaths(from, dotted).length === 0;
}

function roots(folder: string, first: string): readonly (readonly string[])[] {
  const levels = folder === "" ? [] : folder.split("/");
  const own = levels.lastIndexOf(first);
  if (own !== -1) return [levels.slice(0, own)];
  if (FOREIGN.has(first)) return [];
  const above = levels.map((_, index) => levels.slice(0, levels.length - index));
  const near = above.slice(0, MAX_LEVELS);
  return [...near, []];
}

function moduleFiles(root: readonly string[], parts: readonly string[]): readonly string[] {
  const path = joinPath(...root, ...parts);
  const packaged = joinPath(path, "__init__.py");
  return parts.length === 0 ? [packaged] : [`${path}.py`, packaged];
}
