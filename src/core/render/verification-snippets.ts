import type { VerificationTest } from "../model/rule.js";

export interface Snippet {
  /** What to adapt before it runs in a project; `{url}` stands for the URL of the code at hand. */
  readonly adapt: string;
  /** The URL in the code that the code at hand takes the place of, and what it is called until then. */
  readonly url?: { readonly name: string; readonly words: string };
  readonly imports: readonly Import[];
  readonly setup: readonly Setup[];
  readonly code: string;
}

/** In the order in which isort would put them. */
export const IMPORTS = [
  "from importlib import import_module",
  "",
  "from django.conf import settings",
  "from django.contrib.auth import get_user_model",
  "from django.core import checks",
  "from django.test import Client, TestCase",
  "from django.test import TestCase",
  "from django.urls import reverse",
] as const;
export type Import = Exclude<(typeof IMPORTS)[number], "">;

export const SETUP = {
  cookie: "COOKIE = settings.SESSION_COOKIE_NAME",
  store: `def store(key):
    return import_module(settings.SESSION_ENGINE).SessionStore(session_key=key)`,
} as const;
export type Setup = keyof typeof SETUP;

/** Django tests that fail on weakened code and pass on sound code, on Django 2.2 to 6.1. */
export const SNIPPETS: Readonly<Record<VerificationTest, Snippet>> = {
  "new-key-at-login": {
    adapt:
      "Put in the name of {url}, the fields of its form, and a user it knows. The test needs sessions that live on the server, not signed cookies.",
    url: { name: "login", words: "your login URL" },
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
  "session-cookie-flags": {
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
  "deploy-checks": {
    adapt: "Run it with your production settings.",
    imports: ["from django.core import checks", "from django.test import TestCase"],
    setup: [],
    code: `class DeployChecksTest(TestCase):
    def test_no_session_deploy_warnings(self):
        watched = {"security.W003"} | {"security.W%03d" % n for n in (10, 11, 12, 13, 14, 15, 16)}
        found = {m.id for m in checks.run_checks(include_deployment_checks=True)}
        self.assertEqual(found & watched, set())`,
  },
  "no-secret-in-session": {
    adapt:
      "Put in the name of {url} and the fields of its form, with SECRET as the value it stores.",
    url: { name: "signup", words: "your sign-up URL" },
    imports: ["from django.test import TestCase", "from django.urls import reverse"],
    setup: [],
    code: `class NoSecretInSessionTest(TestCase):
    SECRET = "p@ssw0rd-d0-n0t-st0re"

    def test_secret_is_not_kept_in_the_session(self):
        self.client.post(
            reverse("signup"), {"username": "bo", "password": self.SECRET}, secure=True
        )
        self.assertNotIn(self.SECRET, repr(dict(self.client.session.items())))`,
  },
  "old-cookie-after-logout": {
    adapt:
      "Put in the names of {url}, of your login URL with the fields of its form, and of a URL that answers 401 to a visitor who is not logged in. The test passes only with sessions that live on the server, not in signed cookies.",
    url: { name: "logout", words: "your logout URL" },
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
        session = self.client.session
        session["cart"] = [1]
        session.save()
        stolen = session.session_key
        self.client.post(reverse("logout"), secure=True)
        replay = Client()
        replay.cookies[COOKIE] = stolen
        self.assertEqual(replay.get(reverse("me"), secure=True).status_code, 401)
        self.assertEqual(dict(store(stolen).items()), {})`,
  },
  "csrf-enforced": {
    adapt: "Put in the name of {url}.",
    url: { name: "login", words: "the URL that takes the form" },
    imports: ["from django.test import Client, TestCase", "from django.urls import reverse"],
    setup: [],
    code: `class CsrfIsEnforcedTest(TestCase):
    def test_post_without_token_is_rejected(self):
        strict = Client(enforce_csrf_checks=True)
        response = strict.post(reverse("login"), secure=True, HTTP_REFERER="https://testserver/")
        self.assertEqual(response.status_code, 403)`,
  },
  "csrf-enforced-when-logged-in": {
    adapt: "Put in the name of a URL of the API that takes a POST request.",
    imports: [
      "from django.contrib.auth import get_user_model",
      "from django.test import Client, TestCase",
      "from django.urls import reverse",
    ],
    setup: [],
    code: `class CsrfIsEnforcedForSessionsTest(TestCase):
    def test_post_with_a_session_and_without_token_is_rejected(self):
        strict = Client(enforce_csrf_checks=True)
        strict.force_login(get_user_model().objects.create_user("di", password="s3cret-pw"))
        response = strict.post(reverse("order-list"), secure=True, HTTP_REFERER="https://testserver/")
        self.assertEqual(response.status_code, 403)`,
  },
  "csrf-token-in-form": {
    adapt: "Put in the name of a URL whose page shows the form.",
    imports: ["from django.test import TestCase", "from django.urls import reverse"],
    setup: [],
    code: `class FormCarriesCsrfTokenTest(TestCase):
    def test_page_has_a_csrf_token(self):
        response = self.client.get(reverse("login"), secure=True)
        self.assertContains(response, "csrfmiddlewaretoken")`,
  },
  "key-from-cookie-only": {
    adapt: "Put in the name of {url} and the parameter that it takes the key from.",
    url: { name: "resume", words: "the URL" },
    imports: ["from django.test import Client, TestCase", "from django.urls import reverse"],
    setup: [],
    code: `class KeyFromCookieOnlyTest(TestCase):
    def test_key_in_the_request_is_not_adopted(self):
        attacker = Client()
        session = attacker.session
        session["planted"] = True
        session.save()
        victim = Client()
        victim.get(reverse("resume"), {"key": session.session_key}, secure=True)
        self.assertNotIn(session.session_key, victim.cookies.output())
        self.assertNotIn("planted", victim.session)`,
  },
  "new-key-with-more-rights": {
    adapt:
      "Put in the names of your login URL and of {url}, with the fields of their forms and a user they know.",
    url: { name: "sudo", words: "the URL that raises the rights" },
    imports: [
      "from django.conf import settings",
      "from django.contrib.auth import get_user_model",
      "from django.test import TestCase",
      "from django.urls import reverse",
    ],
    setup: ["cookie"],
    code: `class StepUpRotatesTest(TestCase):
    def test_key_changes_when_rights_are_raised(self):
        get_user_model().objects.create_user("ed", password="s3cret-pw")
        self.client.post(reverse("login"), {"username": "ed", "password": "s3cret-pw"}, secure=True)
        before = self.client.cookies[COOKIE].value
        self.client.post(reverse("sudo"), {"password": "s3cret-pw"}, secure=True)
        self.assertNotEqual(self.client.cookies[COOKIE].value, before)`,
  },
};
