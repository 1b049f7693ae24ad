"""Runs fixture code under a real Django and says what the cookie or the planted session key does.

One JSON request a line on standard input, one JSON answer a line on standard output. What a fixture
uses and does not define is a Stub: a text that answers every attribute, call and item with another.
Only fixtures of this repository are executed, never code under review.
"""

import ast
import asyncio
import atexit
import builtins
import importlib
import inspect
import io
import json
import os
import re
import shutil
import sys
import tempfile
import types
import warnings
from contextlib import redirect_stdout

warnings.simplefilter("ignore")
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
IDENTITY = 7
ENGINES = ("db", "cache", "cached_db", "file")


class World:
    """What a fixture leaves open: whether its unknown conditions hold, and how the site is run."""

    truth = True
    debug = False
    password = True
    provider_down = False
    store_down = False


WORLDS = (
    {"truth": True},
    {"truth": False},
    {"truth": True, "password": False},
    {"truth": True, "provider_down": True},
    {"truth": True, "store_down": True},
)
USUAL = {"truth": True, "debug": False, "password": True, "provider_down": False, "store_down": False}


def enter(**world):
    for name, value in {**USUAL, **world}.items():
        setattr(World, name, value)


class Unavailable(Exception):
    """Any error of the fixture that is not defined in it."""


class Stub(str):
    """Something that the fixture does not define. A text, so that a session can hold it."""

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        if name == "DoesNotExist":
            return LookupError
        if name in ("pk", "id") or name.endswith("_id"):
            return IDENTITY
        if name in ("check_password", "is_valid"):
            return lambda *_, **__: World.password
        return Stub(f"{self}.{name}")

    def __call__(self, *_, **__):
        return Stub(f"{self}()")

    def __getitem__(self, key):
        return Stub(f"{self}[{key}]")

    def get(self, *_, **__):
        return Stub(f"{self}.get()")

    def keys(self):
        return []

    def __bool__(self):
        return World.truth

    def __eq__(self, other):
        return World.truth

    def __ne__(self, other):
        return not World.truth

    def __hash__(self):
        return str.__hash__(self)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return False

    async def __aenter__(self):
        return self

    async def __aexit__(self, *_):
        return False

    def __await__(self):
        yield from ()
        return self

    def __int__(self):
        return IDENTITY


class StubBase:
    """Base of a class whose real base is not installed."""


# --- libraries that read the environment; the few idioms the fixtures use -----------------------


def read_variable(name, default, cast=str):
    if "DEBUG" in name and World.debug:
        return cast("True") if cast is not bool else True
    if isinstance(default, Missing):
        return Stub(name)
    if isinstance(default, str) and cast is not str:
        return default.lower() in ("1", "true", "yes", "on") if cast is bool else cast(default)
    return default


class Missing:
    pass


class EnvironEnv:
    """django-environ and environs: the default is what counts, since nothing is set."""

    def __init__(self, **scheme):
        self._scheme = scheme

    def __call__(self, name, default=Missing(), **_):
        if name in self._scheme:
            cast, fallback = self._scheme[name]
            return read_variable(name, fallback if isinstance(default, Missing) else default, cast)
        return read_variable(name, default)

    def __getattr__(self, name):
        casts = {"bool": bool, "int": int, "float": float}

        def read(variable, *given, default=Missing(), **_):
            # A list is told the type of its items before its default.
            if name in ("list", "tuple", "set"):
                given = given[1:]
            return read_variable(variable, given[0] if given else default, casts.get(name, str))

        return read

    def read_env(self, *_, **__):
        return None


def decouple_config(name, default=Missing(), cast=str):
    return read_variable(name, default, cast)


class ConfigurationValue:
    """A value of django-configurations."""

    def __init__(self, default=None, **_):
        self.default = default


class Environment(dict):
    def __missing__(self, name):
        return "set"

    def get(self, name, default=None):
        return "True" if "DEBUG" in name and World.debug else default


class Configuration:
    pass


def library(**names):
    return types.SimpleNamespace(**names)


VALUES = library(
    **{
        f"{kind}Value": ConfigurationValue
        for kind in ("Boolean", "Integer", "List", "Path", "Secret", "PositiveInteger")
    },
    Value=ConfigurationValue,
)
LIBRARIES = {
    "environ": library(Env=EnvironEnv, FileAwareEnv=EnvironEnv),
    "environs": library(Env=EnvironEnv, env=EnvironEnv()),
    "decouple": library(config=decouple_config),
    "configurations": library(Configuration=Configuration, values=VALUES),
    "configurations.values": VALUES,
    "os": library(
        environ=Environment(),
        path=os.path,
        getenv=Environment().get,
    ),
}


# --- loading the modules of a fixture ------------------------------------------------------------


class Rewrite(ast.NodeTransformer):
    """Imports, bases and decorators go through the loader, so that none of them can fail."""

    def visit_Import(self, node):
        roots = [alias.name.split(".")[0] for alias in node.names]
        return [
            assign(alias.asname or root, "__module__of", alias.name if alias.asname else root)
            for alias, root in zip(node.names, roots)
        ]

    def visit_ImportFrom(self, node):
        if node.module == "__future__":
            return node
        if node.names[0].name == "*":
            call = invoke("__star__of", node.module or "", node.level)
            return ast.Expr(call)
        return [
            assign(alias.asname or alias.name, "__name__of", node.module or "", node.level, alias.name)
            for alias in node.names
        ]

    def visit_ClassDef(self, node):
        self.generic_visit(node)
        node.bases = [invoke_with("__base__of", base) for base in node.bases]
        node.decorator_list = [invoke_with("__decorator__of", one) for one in node.decorator_list]
        return node

    def visit_FunctionDef(self, node):
        self.generic_visit(node)
        node.decorator_list = [invoke_with("__decorator__of", one) for one in node.decorator_list]
        return node

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_ExceptHandler(self, node):
        self.generic_visit(node)
        if node.type is not None:
            node.type = invoke_with("__error__of", node.type)
        return node


def invoke(function, *arguments):
    return ast.Call(
        ast.Name(function, ast.Load()), [ast.Constant(argument) for argument in arguments], []
    )


def invoke_with(function, argument):
    return ast.Call(ast.Name(function, ast.Load()), [argument], [])


def assign(name, function, *arguments):
    return ast.Assign([ast.Name(name, ast.Store())], invoke(function, *arguments))


class Loader:
    """Executes the modules of one tree, each once."""

    def __init__(self, files):
        self.files = files
        self.modules = {}
        self.unknown = {}

    def load(self, path):
        if path not in self.modules:
            self.modules[path] = {}
            self.execute(path, self.modules[path])
        return self.modules[path]

    def execute(self, path, namespace):
        tree = ast.parse(self.files[path])
        for node in ast.walk(tree):
            if isinstance(node, ast.Name) and not hasattr(builtins, node.id):
                namespace.setdefault(node.id, well_known(node.id))
        self.unknown[path] = dict(namespace)
        namespace.update(
            {
                "__name__": path[:-3].replace("/", "."),
                "__file__": f"/project/{path}",
                "__module__of": self.module_of,
                "__name__of": lambda *about: self.name_of(path, *about),
                "__star__of": lambda *about: namespace.update(self.star_of(path, *about)),
                "__error__of": lambda one: Unavailable if isinstance(one, Stub) else one,
                "__base__of": lambda base: base if isinstance(base, type) else StubBase,
                "__decorator__of": lambda one: (lambda it: it) if isinstance(one, Stub) else one,
            }
        )
        exec(compile(ast.fix_missing_locations(Rewrite().visit(tree)), path, "exec"), namespace)

    def own_names(self, path):
        """What the module itself binds."""
        names = self.load(path)
        unknown = self.unknown.get(path, {})
        return {
            name: value
            for name, value in names.items()
            if not name.startswith("__") and (name not in unknown or unknown[name] is not value)
        }

    def module_of(self, name):
        if name in LIBRARIES:
            return LIBRARIES[name]
        try:
            return importlib.import_module(name)
        except ImportError:
            return Stub(name)

    def path_of(self, path, module, level):
        package = path.split("/")[:-level] if level else []
        return "/".join([*package, *module.split(".")]) if module else "/".join(package)

    def in_tree(self, path, module, level):
        base = self.path_of(path, module, level)
        return next((file for file in (f"{base}.py", f"{base}/__init__.py") if file in self.files), None)

    def name_of(self, path, module, level, name):
        file = self.in_tree(path, module, level)
        if file:
            return self.load(file).get(name, Stub(name))
        inside = self.in_tree(path, f"{module}.{name}" if module else name, level)
        if inside:
            return types.SimpleNamespace(**self.load(inside))
        if level:
            return Stub(name)
        found = self.module_of(module)
        if isinstance(found, Stub):
            return Stub(name)
        if not hasattr(found, name):
            nested = self.module_of(f"{module}.{name}")
            return nested if not isinstance(nested, Stub) else Stub(name)
        return getattr(found, name)

    def star_of(self, path, module, level):
        file = self.in_tree(path, module, level)
        names = self.own_names(file) if file else {}
        return {name: value for name, value in names.items() if not name.startswith("_")}


def well_known(name):
    """Names that fixtures of a few lines use without importing them."""
    places = {
        "View": "django.views",
        "login_required": "django.contrib.auth.decorators",
        "require_POST": "django.views.decorators.http",
        "LogoutView": "django.contrib.auth.views",
        "LoginView": "django.contrib.auth.views",
        "FormView": "django.views.generic",
        "async_to_sync": "asgiref.sync",
        "sync_to_async": "asgiref.sync",
    }
    if name == "asyncio":
        return asyncio
    return getattr(importlib.import_module(places[name]), name) if name in places else Stub(name)


# --- Django --------------------------------------------------------------------------------------


def let_stores_fail():
    """In one of the worlds no new key can be had."""
    from django.contrib.sessions.backends.base import SessionBase

    cycle_key = SessionBase.cycle_key

    def cycle_key_unless_down(self):
        if World.store_down:
            raise Unavailable
        cycle_key(self)

    SessionBase.cycle_key = cycle_key_unless_down


def no_addresses():
    module = types.ModuleType("addresses")
    module.urlpatterns = []
    return module


def start_django():
    import django
    from django.conf import settings

    in_memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    folder = tempfile.mkdtemp(prefix="cyclekey-oracle-", dir=in_memory)
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    settings.configure(
        SECRET_KEY="oracle",
        ALLOWED_HOSTS=["*"],
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": f"{folder}/db.sqlite3"}},
        DEFAULT_AUTO_FIELD="django.db.models.AutoField",
        INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions"],
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        ROOT_URLCONF=no_addresses(),
        SESSION_FILE_PATH=folder,
        USE_TZ=True,
    )
    django.setup()
    from django import shortcuts
    from django.contrib import auth
    from django.contrib.auth import hashers
    from django.core.management import call_command
    from django.http import HttpResponse

    with redirect_stdout(io.StringIO()):
        call_command("migrate", verbosity=0)
    answer = lambda *_, **__: HttpResponse("answer")
    shortcuts.redirect = shortcuts.render = answer
    shortcuts.get_object_or_404 = lambda *_, **__: Stub("object")
    hashers.check_password = lambda *_, **__: World.password
    user = auth.get_user_model().objects.create_user("ana", password="s3cret-pw")
    user.backend = "django.contrib.auth.backends.ModelBackend"

    def authenticate(*_, **__):
        if World.provider_down:
            raise Unavailable
        return user if World.password else None

    async def authenticate_later(*_, **__):
        return authenticate()

    auth.authenticate = authenticate
    auth.aauthenticate = authenticate_later
    let_stores_fail()
    return folder, user, django.get_version()


FOLDER, USER, VERSION = start_django()

from django.conf import settings  # noqa: E402
from django.contrib.auth.middleware import AuthenticationMiddleware  # noqa: E402
from django.contrib.sessions.middleware import SessionMiddleware  # noqa: E402
from django.http import HttpResponse  # noqa: E402
from django.middleware.csrf import CsrfViewMiddleware, get_token  # noqa: E402
from django.test import RequestFactory, override_settings  # noqa: E402
from django.views import View  # noqa: E402


def store(key=None):
    return importlib.import_module(settings.SESSION_ENGINE).SessionStore(session_key=key)


def respond(request, view):
    """The response of a view behind the real session and authentication middleware."""
    return SessionMiddleware(AuthenticationMiddleware(view))(request)


def attribute_of_request(_, name):
    """`request.auth`, `request.tenant`: what some middleware of the project would have set."""
    if name.startswith("_") or name in ("user", "session", "auser", "urlconf", "csrf_processing_done"):
        raise AttributeError(name)
    return Stub(name)


def request_of(method):
    request = RequestFactory().generic(method, "/", secure=True)
    request.__class__ = type("Request", (type(request),), {"__getattr__": attribute_of_request})
    request.POST = request.GET = request.data = Stub("data")
    request._dont_enforce_csrf_checks = True
    return request


# --- cookies -------------------------------------------------------------------------------------

WATCHED = ("SESSION_", "CSRF_")
STRICT = {"SESSION_COOKIE_SECURE": True, "CSRF_COOKIE_SECURE": True}


def settings_of(namespace):
    classes = [
        value
        for value in namespace.values()
        if isinstance(value, type) and issubclass(value, Configuration) and value is not Configuration
    ]
    chosen = [one for one in classes if one.__name__.lower().startswith("prod")] or classes[-1:]
    source = {name: getattr(chosen[0], name) for name in dir(chosen[0])} if chosen else namespace
    plain = {
        name: value.default if isinstance(value, ConfigurationValue) else value
        for name, value in source.items()
    }
    return {name: value for name, value in plain.items() if name.startswith(WATCHED)}


def cookies_of(values, view=None):
    def touch(request):
        request.session["visited"] = True
        get_token(request)
        if view:
            view(request)
        if isinstance(request.session.get("_session_expiry"), Stub):
            raise LookupError("the expiry is not known")
        return HttpResponse("answer")

    unreadable = [name for name, value in values.items() if isinstance(value, Stub)]
    if unreadable:
        raise ValueError(f"{unreadable[0]} is not known")
    engine = {"SESSION_ENGINE": "django.contrib.sessions.backends.cache"}
    with override_settings(**{**values, **engine}):
        request = request_of("POST")
        try:
            response = SessionMiddleware(AuthenticationMiddleware(CsrfViewMiddleware(touch)))(request)
        except (AttributeError, ValueError) as error:
            return {"broken": type(error).__name__}
        answer = {}
        for label, name in (("session", settings.SESSION_COOKIE_NAME), ("csrf", settings.CSRF_COOKIE_NAME)):
            morsel = response.cookies.get(name)
            answer[label] = morsel and {
                "name": name,
                "secure": bool(morsel["secure"]),
                "httponly": bool(morsel["httponly"]),
                "samesite": morsel["samesite"],
                "domain": morsel["domain"],
                "path": morsel["path"],
                "age": morsel["max-age"] if morsel["max-age"] != "" else None,
            }
        return answer


def drive_cookies(files):
    answer = {}
    imported = {
        loader_path
        for path, text in files.items()
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.ImportFrom)
        and (loader_path := Loader(files).in_tree(path, node.module or "", node.level))
    }
    roots = [path for path, text in files.items() if path not in imported and text.strip()]
    served = [path for path in roots if not re.search(r"\b(dev|local|tests?)\b", path)]
    for path in served or roots:
        for debug in (False, True):
            enter(debug=debug)
            loader = Loader(files)
            namespace = loader.load(path)
            label = "debug" if debug else "production"
            if is_settings(path, loader.own_names(path)):
                answer.setdefault(path, {})[label] = cookies_of(settings_of(loader.own_names(path)))
                continue
            for symbol, call in callables(namespace, path, files[path]):
                place = answer.setdefault(symbol, {})
                place[label] = cookies_of(STRICT, lambda request: run(call, request))
    return answer


def is_settings(path, namespace):
    return "settings" in path or any(name.isupper() for name in namespace)


# --- logins and logouts --------------------------------------------------------------------------


def symbols_of(text):
    """Functions of the module and methods of its classes, with their lines and whom they call."""
    tree = ast.parse(text)
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            for inner in node.body:
                if isinstance(inner, (ast.FunctionDef, ast.AsyncFunctionDef)):
                    yield f"{node.name}.{inner.name}", inner
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield node.name, node


def calls_in(node):
    for inner in ast.walk(node):
        if isinstance(inner, ast.Call):
            callee = inner.func
            yield callee.attr if isinstance(callee, ast.Attribute) else getattr(callee, "id", "")


def callables(namespace, path, text):
    for symbol, _ in symbols_of(text):
        owner, _, name = symbol.rpartition(".")
        if owner:
            cls = namespace.get(owner)
            if isinstance(cls, type):
                yield symbol, (cls, name)
        elif callable(namespace.get(name)) and not isinstance(namespace[name], Stub):
            yield symbol, (None, namespace[name])


def run(call, request):
    owner, function = call
    if owner is None:
        return settle(function, request)
    instance = new_instance(owner)
    instance.request = request
    instance.args, instance.kwargs = (), {}
    instance.get_response = lambda _: HttpResponse("answer")
    return settle(getattr(instance, function), request)


def new_instance(cls):
    try:
        return cls()
    except TypeError:
        return cls.__new__(cls)


def settle(function, request):
    result = function(*arguments_of(function, request))
    if inspect.isawaitable(result):
        async def wait():
            return await result

        result = asyncio.run(wait())
    return result


def arguments_of(function, request):
    given = []
    for parameter in inspect.signature(function).parameters.values():
        if parameter.kind in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD, parameter.KEYWORD_ONLY):
            continue
        if parameter.name in ("request", "req"):
            given.append(request)
        elif parameter.name in ("user", "member", "account"):
            given.append(USER)
        elif parameter.name == "session":
            given.append(request.session)
        else:
            given.append(Stub(parameter.name))
    return given


def dress_user(text):
    """The user of the site has whatever the fixture asks it for."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Attribute) and not hasattr(USER, node.attr):
            setattr(USER, node.attr, Stub(node.attr))


def kept_after(call, before, family):
    """What the planted key still opens: for a login what was written, for a logout the session."""
    planted = store()
    planted.update(before)
    planted.save()
    key = planted.session_key
    request = request_of("POST")
    request.COOKIES[settings.SESSION_COOKIE_NAME] = key

    def view(request):
        result = run(call, request)
        return result if isinstance(result, HttpResponse) else HttpResponse("answer")

    respond(request, view)
    left = store(key)
    if family == "logout":
        return {"session"} if left.exists(key) else set()
    return {name for name, value in left.items() if value and name not in before}


def keys_named_in(text):
    """Texts that may be session keys: an authenticated session holds all of them."""
    return {
        node.value: IDENTITY
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.isidentifier()
    }


def drive_views(files, family):
    answer = {}
    called = {
        name
        for text in files.values()
        for _, node in symbols_of(text)
        for name in calls_in(node)
        if name != node.name
    }
    for path, text in files.items():
        enter()
        loader = Loader(files)
        namespace = loader.load(path)
        nodes = dict(symbols_of(text))
        dress_user(text)
        for symbol, call in callables(namespace, path, text):
            node = nodes[symbol]
            outcome = (
                {"kept": []}
                if family == "login" and not re.search("session|log_?in|super", text)
                else drive_view(call, keys_named_in(text) if family == "logout" else {}, family)
            )
            answer[f"{path}:{symbol}"] = {
                **outcome,
                "symbol": symbol,
                "first": min([node.lineno, *(one.lineno for one in node.decorator_list)]),
                "last": node.end_lineno,
                "called": node.name in called,
            }
    return answer


def drive_view(call, planted, family):
    kept, errors = {}, []
    for engine in ENGINES:
        with override_settings(SESSION_ENGINE=f"django.contrib.sessions.backends.{engine}"):
            seen = []
            for world in WORLDS:
                enter(**world)
                try:
                    seen.append(kept_after(call, {"planted": True, **planted}, family))
                except Exception as error:  # noqa: BLE001 - any failure of the fixture is its answer
                    errors.append(f"{type(error).__name__}: {error}")
            if not seen:
                return {"error": errors[0]}
            # One world is enough for a login to be taken over, and for a logout to have worked.
            kept[engine] = sorted((set.union if family == "login" else set.intersection)(*seen))
    enter()
    if any(keys != kept["db"] for keys in kept.values()):
        return {"error": f"the engines disagree: {kept}"}
    return {"kept": kept["db"]}


def answer_to(request):
    files = {path: text for path, text in request["files"].items() if path.endswith(".py")}
    try:
        if request["family"] == "cookie":
            return {"facts": drive_cookies(files), "defaults": cookies_of({})}
        return {"facts": drive_views(files, request["family"])}
    except SyntaxError:
        return {"undrivable": "does not compile"}
    except Exception as error:  # noqa: BLE001 - any failure of the fixture is its answer
        return {"undrivable": f"{type(error).__name__}: {error}"}


def main():
    out = sys.stdout
    for line in sys.stdin:
        request = json.loads(line)
        with redirect_stdout(io.StringIO()):
            answer = answer_to(request)
        print(json.dumps({"id": request["id"], "django": VERSION, **answer}), file=out, flush=True)


if __name__ == "__main__":
    main()
