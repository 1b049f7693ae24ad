import { beforeAll, describe, expect, it } from "vitest";
import type { Posted, ReviewPlan } from "../../../src/core/model/review.js";
import type { ScanResult } from "../../../src/core/model/scan-result.js";
import type { ParsePython } from "../../../src/core/python/parser.js";
import { planReview } from "../../../src/core/review/plan.js";
import { RULES } from "../../../src/core/rules/index.js";
import { scan } from "../../../src/core/scan.js";
import { loadPython } from "../../../src/grammar/node.js";
import { changeBetween, filesOf, type Tree } from "../../fixture-cases.js";
import { applyPlan, inputOf } from "./examples.js";

let parse: ParsePython;
beforeAll(async () => {
  parse = await loadPython();
});

/** Stands in each source where a secret would. */
const CANARY = "qZ7vT2mK9xRw4LpB8nYc3HsD6fJg1eUa5oNi0";

interface Source {
  readonly path?: string;
  readonly before?: string;
  readonly after: string;
}

const SETTINGS = "shop/settings.py";
const VIEWS = "shop/views.py";

function settings(before: string, after: string): Source {
  return { path: SETTINGS, before: `DEBUG = False\n${before}`, after: `DEBUG = False\n${after}` };
}

/** A view whose body writes to the session. */
function view(body: string): Source {
  const start = "from django.shortcuts import redirect\n\n\ndef save(request):\n";
  const end = '    return redirect("home")\n';
  return { path: VIEWS, before: start + end, after: `${start}    ${body}\n${end}` };
}

const CASES: Readonly<Record<string, Source>> = {
  "a key in the settings": settings(
    'import os\nSECRET_KEY = os.environ["SECRET_KEY"]\n',
    `import os\nSECRET_KEY = "${CANARY}"\n`,
  ),
  "a key as a default of the environment": settings(
    'import os\nSECRET_KEY = os.environ["SECRET_KEY"]\n',
    `import os\nSECRET_KEY = os.environ.get("SECRET_KEY", "${CANARY}")\n`,
  ),
  "a key as a default of getenv": settings(
    'import os\nSECRET_KEY = os.getenv("SECRET_KEY")\n',
    `import os\nSECRET_KEY = os.getenv("SECRET_KEY", "${CANARY}")\n`,
  ),
  "a key in two pieces": settings(
    'import os\nSECRET_KEY = os.environ["SECRET_KEY"]\n',
    `import os\nSECRET_KEY = "${CANARY}" + "x"\n`,
  ),
  "a key in three quotes": settings(
    'import os\nSECRET_KEY = os.environ["SECRET_KEY"]\n',
    `import os\nSECRET_KEY = """${CANARY}"""\n`,
  ),
  "a key with Django's prefix": settings(
    'import os\nSECRET_KEY = os.environ["SECRET_KEY"]\n',
    `import os\nSECRET_KEY = "django-insecure-${CANARY}"\n`,
  ),
  "a key that falls back": settings(
    'import os\nSECRET_KEY_FALLBACKS = [os.environ["OLD_KEY"]]\n',
    `import os\nSECRET_KEY_FALLBACKS = ["${CANARY}"]\n`,
  ),
  "a key behind a condition": settings(
    'import os\nSECRET_KEY = os.environ["SECRET_KEY"]\n',
    `import os\nif "SECRET_KEY" in os.environ:\n    SECRET_KEY = os.environ["SECRET_KEY"]\nelse:\n    SECRET_KEY = "${CANARY}"\n`,
  ),
  "a flag removed below a key": settings(
    `SECRET_KEY = "${CANARY}"\nSESSION_COOKIE_SECURE = True\n`,
    `SECRET_KEY = "${CANARY}"\n`,
  ),
  "a flag removed above a key": {
    path: SETTINGS,
    before: `SESSION_COOKIE_SECURE = True\nSECRET_KEY = "${CANARY}"\n`,
    after: `SECRET_KEY = "${CANARY}"\n`,
  },
  "a flag removed below a password": settings(
    `EMAIL_HOST_PASSWORD = "${CANARY}"\nSESSION_COOKIE_HTTPONLY = True\n`,
    `EMAIL_HOST_PASSWORD = "${CANARY}"\n`,
  ),
  "a flag removed below the password of a database": settings(
    `DATABASES = {"default": {"NAME": "shop", "PASSWORD": "${CANARY}"}}\nSESSION_COOKIE_HTTPONLY = True\n`,
    `DATABASES = {"default": {"NAME": "shop", "PASSWORD": "${CANARY}"}}\n`,
  ),
  "a flag removed below an address with a password": settings(
    `BROKER = "amqp://shop:${CANARY}@queue"\nSESSION_COOKIE_SECURE = True\n`,
    `BROKER = "amqp://shop:${CANARY}@queue"\n`,
  ),
  "a flag removed between two keys": settings(
    `SECRET_KEY = "${CANARY}"\nCSRF_COOKIE_SECURE = True\nAPI_KEY = "${CANARY}"\n`,
    `SECRET_KEY = "${CANARY}"\nAPI_KEY = "${CANARY}"\n`,
  ),
  "a flag turned off beside a token on its line": settings(
    `API_TOKEN = "${CANARY}"; SESSION_COOKIE_SECURE = True\n`,
    `API_TOKEN = "${CANARY}"; SESSION_COOKIE_SECURE = False\n`,
  ),
  "an address of a cache with a password": settings(
    'SESSION_ENGINE = "django.contrib.sessions.backends.db"\n',
    `SESSION_ENGINE = "django.contrib.sessions.backends.cache"\nCACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://:${CANARY}@cache:6379"}}\n`,
  ),
  "a password in the session": view(`request.session["password"] = "${CANARY}"`),
  "a password that is concatenated": view(
    `request.session["password"] = "${CANARY}" + request.POST["suffix"]`,
  ),
  "a token in the session": view(`request.session["access_token"] = "ghp_${CANARY}"`),
  "a token in a dictionary in the session": view(
    `request.session["login"] = {"token": "${CANARY}"}`,
  ),
  "a token in an update of the session": view(`request.session.update({"token": "${CANARY}"})`),
  "a token in setdefault": view(`request.session.setdefault("api_key", "${CANARY}")`),
  "a token as an argument of a call": view(
    `request.session["token"] = make_token("${CANARY}", request.user)`,
  ),
  "a token as an argument with a name": view(
    `request.session["token"] = sign(request.user, key="${CANARY}")`,
  ),
  "a token in an f-string in the session": view(
    `request.session["token"] = f"Bearer ${CANARY} {request.user}"`,
  ),
  "a token behind or": view(`request.session["token"] = request.POST.get("token") or "${CANARY}"`),
  "a token as a default": view(`request.session["token"] = request.POST.get("token", "${CANARY}")`),
  "a token deep in the session": view(
    `request.session["login"] = {"user": {"api_key": "${CANARY}"}}`,
  ),
  "a password that is hashed on the way": view(
    `request.session["password"] = hash("${CANARY}" + request.user.name)`,
  ),
  "a card number in the session": view(`request.session["card_number"] = "4111${CANARY}"`),
  "a one-time code in the session": view(`request.session["otp"] = "${CANARY}"`),
  "a private key in the session": view(
    `request.session["private_key"] = "-----BEGIN PRIVATE KEY-----${CANARY}"`,
  ),
};

function review({ path = SETTINGS, before, after }: Source): ScanResult {
  const trees = [before, after].map((text): Tree => {
    return new Map(text === undefined ? [] : [[path, text]]);
  });
  const [base, head] = trees as [Tree, Tree];
  return scan(changeBetween(base, head), parse, { repository: filesOf(base, head) });
}

/** Found, accepted, gone. */
function plansFor(source: Source): readonly ReviewPlan[] {
  const result = review(source);
  const { path = SETTINGS, before = "", after } = source;
  const { files } = changeBetween(new Map([[path, before]]), new Map([[path, after]]));
  const input = inputOf([], {
    scan: result,
    changes: files,
    rules: RULES.map(({ meta }) => meta),
  });
  const acceptances = [{ commentId: 1, replyId: 2, by: "alice", reason: "fine" }];
  const gone = { ...result, findings: [], inventory: [], posture: [] };
  const plans: ReviewPlan[] = [];
  let posted: Posted = { comments: [], checks: [] };
  for (const next of [input, { ...input, acceptances }, { ...input, scan: gone }]) {
    const plan = planReview({ ...next, posted });
    plans.push(plan);
    posted = applyPlan(posted, plan);
  }
  return plans;
}

describe("a secret in the code", () => {
  it("is looked for in at least thirty places", () => {
    expect(Object.keys(CASES).length).toBeGreaterThanOrEqual(30);
  });

  it.each(Object.entries(CASES))("stands in no text of a plan: %s", (_, source) => {
    const { findings, inventory, posture } = review(source);
    expect(findings.length + inventory.length + posture.length).toBeGreaterThan(0);
    expect(JSON.stringify(plansFor(source))).not.toContain(CANARY);
    expect(JSON.stringify({ findings, inventory, posture })).not.toContain(CANARY);
  });
});
