"""Executes settings modules as CPython does, from their bytes, and says what the setting is afterwards.

One JSON list of {name, bytes} on standard input (bytes in hexadecimal), one JSON list on standard
output. Only the evasion table of this repository is executed.
"""

import json
import os
import sys
import types

SETTING = "SESSION_COOKIE_SECURE"


def execute(source):
    """The module `production`, with the modules it may import beside it."""
    base = types.ModuleType("base")
    exec(compile(bytes.fromhex(source["beside"]), "base.py", "exec"), base.__dict__)
    package = types.ModuleType("config")
    package.__path__ = []
    sys.modules.update({"config": package, "config.base": base, "config.production": None})
    module = types.ModuleType("config.production")
    module.__package__ = "config"
    sys.modules["config.production"] = module
    exec(compile(bytes.fromhex(source["bytes"]), "production.py", "exec"), module.__dict__)
    return effective(module)


def effective(module):
    """django-configurations takes the attributes of the class, Django those of the module."""
    production = getattr(module, "Production", None)
    return bool(getattr(production or module, SETTING, False))


def main():
    os.environ.clear()
    answers = []
    for source in json.load(sys.stdin):
        try:
            answers.append({"secure": execute(source)})
        except Exception as error:  # noqa: BLE001 - a table entry that CPython refuses is an answer
            answers.append({"error": f"{type(error).__name__}: {error}"})
    json.dump(answers, sys.stdout)


if __name__ == "__main__":
    main()
