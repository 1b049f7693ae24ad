/**
 * Whose settings a module holds. `other` is code that is no settings module; `shared` is what
 * several environments start from.
 */
export type ModuleClass = "production" | "shared" | "development" | "test" | "other";

const TEST_WORDS: ReadonlySet<string> = new Set([
  "test",
  "tests",
  "testing",
  "ci",
  "e2e",
  "pytest",
  "cypress",
  "jenkins",
  "travis",
  "circleci",
  "appveyor",
  "jenkins",
  "buildbot",
  "conftest",
  "runtests",
  "testapp",
  "testproject",
  "testproj",
  "testsettings",
  "testsite",
]);

const DEVELOPMENT_WORDS: ReadonlySet<string> = new Set([
  "dev",
  "devel",
  "develop",
  "development",
  "local",
  "localhost",
  "localdev",
  "localdocker",
  "localsettings",
  "localvm",
  "sandbox",
  "demo",
  "example",
  "examples",
  "debug",
  "build",
  "demoproject",
  "devproject",
  "devserver",
  "devsettings",
  "doc",
  "docs",
  "exampleproject",
  "sample",
  "sampleproject",
  "samples",
  "tutorial",
  "tutorials",
  "vagrant",
]);

const PRODUCTION_WORDS: ReadonlySet<string> = new Set([
  "prod",
  "production",
  "live",
  "staging",
  "stage",
  "preprod",
]);

const SHARED_WORDS: ReadonlySet<string> = new Set([
  "base",
  "common",
  "defaults",
  "default",
  "shared",
]);

/** Lines that stand in settings modules and hardly anywhere else. */
const SIGN =
  /^[ \t]*(?:INSTALLED_APPS|MIDDLEWARE|MIDDLEWARE_CLASSES|ROOT_URLCONF|DATABASES|ALLOWED_HOSTS|SECRET_KEY|WSGI_APPLICATION|SECURE_\w+|SESSION_\w+|CSRF_\w+)(?:[ \t]*[:=]|[ \t]*[-+|]=)/m;

/** Words of a path or of a name: split at punctuation and at the humps of camel case. */
export function wordsOf(name: string): readonly string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .split(/[^A-Za-z0-9]/)
    .filter((word) => word !== "")
    .map((word) => word.toLowerCase());
}

/** What the words of a path, a class name or a string say of the environment they belong to. */
export function classifyWords(words: readonly string[]): ModuleClass {
  if (words.some((word) => TEST_WORDS.has(word))) return "test";
  if (words.some((word) => DEVELOPMENT_WORDS.has(word))) return "development";
  if (words.some((word) => PRODUCTION_WORDS.has(word))) return "production";
  if (words.some((word) => SHARED_WORDS.has(word))) return "shared";
  return "other";
}

function isSettingsPath(path: string, named: ModuleClass): boolean {
  if (/(?:^|\/)\w*settings\w*(?:\/\w+)?\.py$/i.test(path)) return true;
  return named !== "other" && /(?:^|\/)(?:conf|config)\/\w+\.py$/.test(path);
}

/** Classes a module by its path and, when neither names it, by its content. */
export function classifyModule(path: string, text = ""): ModuleClass {
  const words = wordsOf(path.replace(/\.py$/, ""));
  const named = classifyWords(words);
  if (named === "test" || named === "development") return named;
  if (/\.py-tpl$/.test(path)) return "development";
  if (!path.endsWith(".py")) return "other";
  if (!isSettingsPath(path, named) && !SIGN.test(text)) return "other";
  if (named === "production" || named === "shared") return named;
  return /(?:^|\/)settings(?:\/__init__)?\.py$/.test(path) ? "shared" : "production";
}
