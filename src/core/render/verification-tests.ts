import type { VerificationTest } from "../model/rule.js";

interface Snippet {
  /** What to adapt before it runs in a project. */
  readonly adapt: string;
  readonly imports: readonly Import[];
  readonly setup: readonly Setup[];
  readonly code: string;
}

/** In the order in which isort would put them. */
const IMPORTS = [
  "from importlib import import_module",
  "",
  "from django.conf import settings",
  "from django.contrib.auth import get_user_model",
  "from django.core import checks",
  "from django.test import Client, TestCase",
  "from django.test import TestCase",
  "from django.urls import reverse",
] as const;
type Import = Exclude<(typeof IMPORTS)[number], "">;

const SETUP = {
  cookie: "COOKIE = settings.SESSION_COOKIE_NAME",
  store: `def store(key):
    return import_module(settings.SESSION_ENGINE).SessionStore(session_key=key)`,
} as const;
type Setup = keyof typeof SETUP;

/** Django tests that fail on weakened code and pass on sound code, on Django 2.2 to 6.1. */
const SNIPPETS: Readonly<Record<VerificationTest, Snippet>> = {
  T1: {
    adapt:
      "Put in the name of your login URL and its form fields. It needs sessions that live on the server, not signed cookies.",
    imports: [
      "from importlib import import_module",
      "from django.conf import settings",
      "from django.contrib.auth import get_user_model",
      "from django.test import Client, TestCase",
      "from django.urls import reverse",
    ],
    setup: ["cookie", "store"],
    code: `class SessionFixationTest(TestCase):
    def setUp(self):
        get_user_model().objects.create_user("ana", password="s3cret-pw")

    def test_login_issues_a_new_session_key(self):
        # An attacker obtains a real anonymous session and plants its key on the victim.
        attacker = Client()
        session = attacker.session
        session["planted"] = True
        session.save()
        planted = session.session_key
        victim = Client()
        victim.cookies[COOKIE] = planted

        victim.post(reverse("login"), {"username": "ana", "password": "s3cret-pw"}, secure=True)

        self.assertNotEqual(victim.cookies[COOKIE].value, planted)
        self.assertEqual(dict(store(planted).items()), {})  # the planted session is dead`,
  },
  T2: {
    adapt: "Put in the name of a URL whose view writes to the session.",
    imports: [
      "from django.conf import settings",
      "from django.test import TestCase",
      "from django.urls import reverse",
    ],
    setup: ["cookie"],
    code: `class SessionCookieFlagsTest(TestCase):
    def test_session_cookie_flags(self):
        response = self.client.get(reverse("cart-add"), secure=True)
        cookie = response.cookies[COOKIE]
        self.assertTrue(cookie["secure"], "Secure")
        self.assertTrue(cookie["httponly"], "HttpOnly")
        self.assertIn(cookie["samesite"], {"Lax", "Strict"})`,
  },
  T3: {
    adapt: "Run it with your production settings.",
    imports: ["from django.core import checks", "from django.test import TestCase"],
    setup: [],
    code: `class DeployChecksTest(TestCase):
    def test_no_session_deploy_warnings(self):
        watched = {"security.W003"} | {"security.W%03d" % n for n in (10, 11, 12, 13, 14, 15, 16)}
        found = {m.id for m in checks.run_checks(include_deployment_checks=True)}
        self.assertEqual(found & watched, set())`,
  },
  T4: {
    adapt: "Put in the name of your sign-up URL and its form fields.",
    imports: ["from django.test import TestCase", "from django.urls import reverse"],
    setup: [],
    code: `class NoSecretInSessionTest(TestCase):
    SECRET = "p@ssw0rd-d0-n0t-st0re"

    def test_password_is_not_kept_in_the_session(self):
        self.client.post(
            reverse("signup"), {"username": "bo", "password": self.SECRET}, secure=True
        )
        self.assertNotIn(self.SECRET, repr(dict(self.client.session.items())))`,
  },
  T5: {
    adapt:
      "Put in the names of your URLs: login, logout, and one that answers 401 to a visitor who is not logged in. It needs sessions that live on the server, not signed cookies.",
    imports: [
      "from importlib import import_module",
      "from django.conf import settings",
      "from django.contrib.auth import get_user_model",
      "from django.test import Client, TestCase",
      "from django.urls import reverse",
    ],
    setup: ["cookie", "store"],
    code: `class LogoutInvalidatesTest(TestCase):
    def test_old_cookie_is_useless_after_logout(self):
        get_user_model().objects.create_user("cy", password="s3cret-pw")
        self.client.post(reverse("login"), {"username": "cy", "password": "s3cret-pw"}, secure=True)
        stolen = self.client.cookies[COOKIE].value
        self.client.post(reverse("logout"), secure=True)
        replay = Client()
        replay.cookies[COOKIE] = stolen
        self.assertEqual(replay.get(reverse("me"), secure=True).status_code, 401)
        self.assertEqual(dict(store(stolen).items()), {})`,
  },
  T6: {
    adapt: "Put in the name of your login URL and its form fields.",
    imports: [
      "from django.contrib.auth import get_user_model",
      "from django.test import Client, TestCase",
      "from django.urls import reverse",
    ],
    setup: [],
    code: `class LoginRequiresCsrfTest(TestCase):
    def test_login_post_without_token_is_rejected(self):
        get_user_model().objects.create_user("di", password="s3cret-pw")
        strict = Client(enforce_csrf_checks=True)
        response = strict.post(
            reverse("login"), {"username": "di", "password": "s3cret-pw"}, secure=True,
            HTTP_REFERER="https://testserver/login/",
        )
        self.assertEqual(response.status_code, 403)`,
  },
  T7: {
    adapt: "Put in the names of your URLs: login, and the view that raises the privileges.",
    imports: [
      "from django.conf import settings",
      "from django.contrib.auth import get_user_model",
      "from django.test import TestCase",
      "from django.urls import reverse",
    ],
    setup: ["cookie"],
    code: `class StepUpRotatesTest(TestCase):
    def test_key_changes_when_privileges_are_raised(self):
        get_user_model().objects.create_user("ed", password="s3cret-pw")
        self.client.post(reverse("login"), {"username": "ed", "password": "s3cret-pw"}, secure=True)
        before = self.client.cookies[COOKIE].value
        self.client.post(reverse("sudo"), {"password": "s3cret-pw"}, secure=True)
        self.assertNotEqual(self.client.cookies[COOKIE].value, before)`,
  },
  T8: {
    adapt: "Put in the names of your URLs: login, and the view that takes on another identity.",
    imports: [
      "from django.conf import settings",
      "from django.contrib.auth import get_user_model",
      "from django.test import TestCase",
      "from django.urls import reverse",
    ],
    setup: ["cookie"],
    code: `class ImpersonationRotatesTest(TestCase):
    def test_key_changes_when_identity_changes(self):
        get_user_model().objects.create_user("fi", password="s3cret-pw")
        self.client.post(reverse("login"), {"username": "fi", "password": "s3cret-pw"}, secure=True)
        before = self.client.cookies[COOKIE].value
        self.client.post(reverse("impersonate"), {"target": "999"}, secure=True)
        self.assertNotEqual(self.client.cookies[COOKIE].value, before)`,
  },
};

/** What to put in before the tests run, one sentence or two for each, none twice. */
export function adaptationsOf(tests: readonly VerificationTest[]): readonly string[] {
  return [...new Set(tests.map((test) => SNIPPETS[test].adapt))];
}

/** One test module with all of the tests and what they import: complete, ready to paste. */
export function writeTestModule(tests: readonly VerificationTest[]): string {
  const snippets = [...new Set(tests)].sort().map((test) => SNIPPETS[test]);
  const setup = (Object.keys(SETUP) as Setup[]).filter((name) =>
    snippets.some((snippet) => snippet.setup.includes(name)),
  );
  const parts = [
    writeImports(new Set(snippets.flatMap((snippet) => snippet.imports))),
    ...(setup.includes("cookie") ? [`\n${SETUP.cookie}`] : []),
    ...(setup.includes("store") ? [`\n\n${SETUP.store}`] : []),
    ...snippets.map((snippet) => `\n\n${snippet.code}`),
  ];
  return parts.join("\n");
}

function writeImports(wanted: ReadonlySet<string>): string {
  const lines = IMPORTS.filter((line) => {
    const both = wanted.has("from django.test import Client, TestCase");
    if (line === "") return wanted.has("from importlib import import_module");
    return wanted.has(line) && !(both && line === "from django.test import TestCase");
  });
  return lines.join("\n");
}
