/** One way to write that the session cookie need not be secure. */
export interface Spelling {
  readonly name: string;
  /** The module at head, `config/production.py`; a text is UTF-8. */
  readonly head: string | Uint8Array;
  /** The module at base; absent: the usual one, which says True. */
  readonly base?: string;
  /** `config/base.py` at head, when the change is there. */
  readonly beside?: string;
}

const START = "DEBUG = False\n";
const ON = "SESSION_COOKIE_SECURE = True\n";
export const USUAL = `${START}${ON}`;
export const BESIDE = "USE_TZ = True\n";

const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (one) => one.charCodeAt(0));
const after = (text: string): string => `${USUAL}${text}`;
const instead = (text: string): string => `${START}${text}`;

const BIDI = "\u202e";
const FULL_WIDTH = "\uff33\uff25\uff33\uff33\uff29\uff2f\uff2e_COOKIE_SECURE";
const BOLD = "\u{1d412}ESSION_COOKIE_SECURE";
const CODED = "SESSION_COOKIE_SECURE = False".replace("S", "\\x53");

export const SPELLINGS: readonly Spelling[] = [
  { name: "plain", head: instead("SESSION_COOKIE_SECURE = False\n") },
  {
    name: "lone carriage return in a comment",
    head: after("x = 1 # ok\rSESSION_COOKIE_SECURE = False\n"),
  },
  {
    name: "utf-7",
    head: latin1(`# coding: utf-7\n${USUAL}# +AAo-SESSION_COOKIE_SECURE +AD0- False\n`),
  },
  {
    name: "utf-7 declared on line 2",
    head: latin1(
      `#!/usr/bin/python\n# vim: set fileencoding=utf-7 :\n${USUAL}# +AAo-SESSION_COOKIE_SECURE +AD0- False\n`,
    ),
  },
  {
    name: "unicode_escape",
    head: latin1(`# coding: unicode_escape\n${USUAL}# ok \\x0a${CODED}\n`),
  },
  {
    name: "raw_unicode_escape",
    head: latin1(
      `# coding: raw_unicode_escape\n${USUAL}# ok \\u000aSESSION_COOKIE_SECURE = False\n`,
    ),
  },
  {
    name: "latin-1 with a byte that is no UTF-8",
    head: latin1(`# coding: latin-1\n${START}name = "\xe9"\nSESSION_COOKIE_SECURE = False\n`),
  },
  { name: "full-width letters", head: after(`${FULL_WIDTH} = False\n`) },
  { name: "mathematical bold letter", head: after(`${BOLD} = False\n`) },
  { name: "walrus", head: after("print(SESSION_COOKIE_SECURE := False)\n") },
  {
    name: "walrus in a condition",
    head: after("if (SESSION_COOKIE_SECURE := False):\n    pass\n"),
  },
  { name: "target of a loop", head: after("for SESSION_COOKIE_SECURE in [False]:\n    pass\n") },
  { name: "globals()[...]", head: after('globals()["SESSION_COOKIE_SECURE"] = False\n') },
  { name: "globals().update", head: after("globals().update(SESSION_COOKIE_SECURE=False)\n") },
  {
    name: "globals() with a name put together",
    head: after('globals()["SESSION_" + "COOKIE_SECURE"] = False\n'),
  },
  {
    name: "globals().update of a table with a name",
    head: after('TABLE = {"SESSION_COOKIE_SECURE": False}\nglobals().update(TABLE)\n'),
  },
  {
    name: "globals().update of merged tables",
    head: after('globals().update({"A": 1} | dict({**{"SESSION_COOKIE_SECURE": False}}))\n'),
  },
  {
    name: "globals().update of a table that is filled later",
    head: after('TABLE = {}\nTABLE["SESSION_COOKIE_SECURE"] = False\nglobals().update(TABLE)\n'),
  },
  {
    name: "globals().update of what a function returns",
    head: after(
      'def table():\n    return {"SESSION_COOKIE_SECURE": False}\nglobals().update(table())\n',
    ),
  },
  {
    name: "loop over the items of a table",
    head: after(
      'TABLE = {"SESSION_COOKIE_SECURE": False}\nfor name, value in TABLE.items():\n    globals()[name] = value\n',
    ),
  },
  {
    name: "entry of a table",
    head: instead(
      'TABLE = {"web": {"secure": False}}\nSESSION_COOKIE_SECURE = TABLE["web"]["secure"]\n',
    ),
  },
  { name: "vars()[...]", head: after('vars()["SESSION_COOKIE_SECURE"] = False\n') },
  { name: "locals().update", head: after('locals().update({"SESSION_COOKIE_SECURE": False})\n') },
  {
    name: "locals().__setitem__",
    head: after('locals().__setitem__("SESSION_COOKIE_SECURE", False)\n'),
  },
  {
    name: "setattr on the module",
    head: after('import sys\nsetattr(sys.modules[__name__], "SESSION_COOKIE_SECURE", False)\n'),
  },
  {
    name: "attribute of the module",
    head: after("import sys\nsys.modules[__name__].SESSION_COOKIE_SECURE = False\n"),
  },
  {
    name: "__dict__ of the module",
    head: after('import sys\nsys.modules[__name__].__dict__["SESSION_COOKIE_SECURE"] = False\n'),
  },
  { name: "tuple target", head: after("SESSION_COOKIE_SECURE, USE_TZ = False, True\n") },
  { name: "starred tuple target", head: after("*_, SESSION_COOKIE_SECURE = 1, 2, False\n") },
  { name: "chained", head: after("CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE = False\n") },
  { name: "annotated", head: instead("SESSION_COOKIE_SECURE: bool = False\n") },
  { name: "augmented and", head: after("SESSION_COOKIE_SECURE &= False\n") },
  { name: "augmented times", head: after("SESSION_COOKIE_SECURE *= 0\n") },
  { name: "deleted by del", head: after("del SESSION_COOKIE_SECURE\n") },
  { name: "popped from globals()", head: after('globals().pop("SESSION_COOKIE_SECURE")\n') },
  { name: "line deleted", head: START },
  { name: "not True", head: instead("SESSION_COOKIE_SECURE = not True\n") },
  { name: "zero", head: instead("SESSION_COOKIE_SECURE = 0\n") },
  { name: "empty text", head: instead('SESSION_COOKIE_SECURE = ""\n') },
  { name: "None", head: instead("SESSION_COOKIE_SECURE = None\n") },
  { name: "empty list", head: instead("SESSION_COOKIE_SECURE = []\n") },
  { name: "a comparison", head: instead("SESSION_COOKIE_SECURE = 1 == 2\n") },
  { name: "bool(0)", head: instead("SESSION_COOKIE_SECURE = bool(0)\n") },
  { name: "conditional on DEBUG", head: instead("SESSION_COOKIE_SECURE = DEBUG\n") },
  { name: "only under DEBUG", head: instead("if DEBUG:\n    SESSION_COOKIE_SECURE = True\n") },
  { name: "or", head: instead("SESSION_COOKIE_SECURE = DEBUG or False\n") },
  { name: "and", head: instead("SESSION_COOKIE_SECURE = True and False\n") },
  { name: "ternary", head: instead("SESSION_COOKIE_SECURE = True if DEBUG else False\n") },
  { name: "lambda", head: instead("SESSION_COOKIE_SECURE = (lambda: False)()\n") },
  {
    name: "function",
    head: instead("def secure():\n    return False\nSESSION_COOKIE_SECURE = secure()\n"),
  },
  {
    name: "star import from a touched module",
    base: `${USUAL}`,
    head: after("from .base import *\n"),
    beside: "SESSION_COOKIE_SECURE = False\n",
  },
  {
    name: "name imported from a touched module",
    head: after("from .base import OFF as SESSION_COOKIE_SECURE\n"),
    beside: "OFF = False\n",
  },
  { name: "exec of a text", head: after('exec("SESSION_COOKIE_SECURE = False")\n') },
  {
    name: "exec of a text put together",
    head: after('exec("SESSION_COOKIE" + "_SECURE = False")\n'),
  },
  { name: "eval of a text", head: instead('SESSION_COOKIE_SECURE = eval("1 > 2")\n') },
  {
    name: "exec of encoded text",
    head: after('exec(bytes.fromhex("53455353494f4e5f434f4f4b49455f5345435552453d30"))\n'),
  },
  { name: "semicolon", head: after("USE_TZ = True; SESSION_COOKIE_SECURE = False\n") },
  {
    name: "backslash continuation",
    head: after("SESSION_COOKIE_SECURE \\\n    = \\\n    False\n"),
  },
  { name: "form feed before the name", head: after("\fSESSION_COOKIE_SECURE = False\n") },
  {
    name: "with target",
    head: after(
      "from contextlib import nullcontext\nwith nullcontext(False) as SESSION_COOKIE_SECURE:\n    pass\n",
    ),
  },
  {
    name: "pattern of a match",
    head: after("match False:\n    case SESSION_COOKIE_SECURE:\n        pass\n"),
  },
  {
    name: "import under this name",
    head: after(
      "from sys import exc_info as SESSION_COOKIE_SECURE\nSESSION_COOKIE_SECURE = SESSION_COOKIE_SECURE()[0]\n",
    ),
  },
  {
    name: "global in a function",
    head: after(
      "def weaken():\n    global SESSION_COOKIE_SECURE\n    SESSION_COOKIE_SECURE = False\nweaken()\n",
    ),
  },
  {
    name: "try and finally",
    head: after("try:\n    pass\nfinally:\n    SESSION_COOKIE_SECURE = False\n"),
  },
  {
    name: "loop over names",
    head: after(
      'for name in ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE"):\n    globals()[name] = False\n',
    ),
  },
  {
    name: "class attribute",
    base: "class Production:\n    SESSION_COOKIE_SECURE = True\n",
    head: "class Production:\n    SESSION_COOKIE_SECURE = False\n",
  },
  { name: "bidirectional control", head: after(`# ${BIDI} ok\nSESSION_COOKIE_SECURE = False\n`) },
  {
    name: "text over several lines that only seems to close",
    head: after("x = 1 if 1 else '''\n'''; SESSION_COOKIE_SECURE = False\n"),
  },
];
