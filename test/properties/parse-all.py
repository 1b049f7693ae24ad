"""Says of each text in a JSON list whether CPython parses it."""

import ast
import json
import sys


def parses(text):
    try:
        ast.parse(text)
    except SyntaxError:
        return False
    return True


json.dump([parses(text) for text in json.load(sys.stdin)], sys.stdout)
