import type { Span } from "../model/source.js";
import type { PythonModule } from "../python/syntax/module.js";
import type {
  ClassDefinition,
  Expression,
  FunctionDefinition,
  Statement,
} from "../python/syntax/syntax.js";
import {
  dottedName,
  isNotScope,
  walkAllExpressions,
  walkExpressions,
  walkStatements,
} from "../python/syntax/walk.js";
import { hasDjangoSessions } from "../session/access/foreign-sessions.js";
import { lastName } from "../session/access/session-expression.js";
import { isDefinedHere, resolveImport, type Scope, scopesOf } from "../session/bindings/scopes.js";

/** What project code makes of a method, or of the alphabet, by which sessions get their keys. */
export interface KeyMaker {
  readonly scope: Scope;
  /** `cycle_key`, `flush`, `create`, `_get_new_session_key`, `VALID_KEY_CHARS`, `user_logged_in`. */
  readonly method: string;
  readonly span: Span;
  /** Why the key no longer changes or can be guessed; undefined while it does its work. */
  readonly defect: "idle" | "guessable" | "restored" | undefined;
  /** The statements that do the work. */
  readonly guards: readonly Span[];
}

const METHODS = /^a?(?:cycle_key|flush|create)$|^_a?get_new_session_key$/;

/** The overrides and replacements of key methods in what a hunk touches. */
export function keyMakers(module: PythonModule): readonly KeyMaker[] {
  if (!hasDjangoSessions(module)) return [];
  return scopesOf(module, module.touchedSyntax).flatMap((scope) => [
    ...readMethod(scope),
    ...readReceiver(scope),
    ...[...walkStatements(scope.body, isNotScope)].flatMap((one) => readReplacement(one, scope)),
  ]);
}

const SIGNED = "django.contrib.sessions.backends.signed_cookies";

const ENGINES = "django.contrib.sessions.backends";

/** A class that is a session engine by its bases; those that keep the session in the cookie have no key. */
function isEngine(owner: ClassDefinition | undefined, scope: Scope): boolean {
  const bases = owner?.bases.map((base) => dottedName(base.value) ?? "") ?? [];
  const paths = bases.map((base) => resolveImport(scope, base) ?? base);
  if (paths.some((path) => path.startsWith(SIGNED))) return false;
  return paths.some((path) => path.startsWith(ENGINES) || /Session(?:Base|Store)$/.test(path));
}

function readMethod(scope: Scope): readonly KeyMaker[] {
  const { definition } = scope;
  const owner = scope.classes.at(-1);
  if (definition === undefined || !METHODS.test(definition.name)) return [];
  if (scope.parent?.definition !== undefined || !isEngine(owner, scope)) return [];
  const guards = workOf(definition);
  const guessable = /new_session_key$/.test(definition.name) && isGuessable(definition);
  const defect = guessable ? "guessable" : guards.length === 0 ? "idle" : undefined;
  return [{ scope, method: definition.name, span: definition.span, defect, guards }];
}

const WORK =
  /^a?(?:cycle_key|flush|create|delete)$|^_a?get_new_session_key$|^(?:get_random_string|token_hex|token_urlsafe|choices?|uuid4|super|original\w*|_?orig\w*|old_\w+)$/;

/** The statements that renew the key or delete the session: a call of the method that was there before. */
function workOf(definition: FunctionDefinition): readonly Span[] {
  return [...walkStatements(definition.body, isNotScope)]
    .filter((one) =>
      [...walkAllExpressions([one], () => false)].some(
        (inner) =>
          (inner.kind === "call" && WORK.test(lastName(inner.callee) ?? "")) ||
          (inner.kind === "attribute" && /^_*session_key$/.test(inner.name) && renewsKey(one)),
      ),
    )
    .map((one) => one.span);
}

/** `self._session_key = None`, or a key made by a call. */
function renewsKey(statement: Statement): boolean {
  if (statement.kind !== "assignment") return false;
  const { value } = statement;
  const none = value?.kind === "constant" && value.value === null;
  return (
    (none || value?.kind === "call") &&
    statement.targets.some((one) => /session_key$/.test(lastName(one) ?? ""))
  );
}

/** A key that is short, or made by a generator that can be predicted. */
function isGuessable(definition: FunctionDefinition): boolean {
  return [...walkAllExpressions(definition.body, isNotScope)].some((one) => {
    if (one.kind !== "call") return false;
    const name = lastName(one.callee) ?? "";
    const owner = one.callee.kind === "attribute" ? lastName(one.callee.object) : undefined;
    if (name === "uuid1" || owner === "random") return true;
    const length = one.args[0]?.value;
    return (
      /^(?:get_random_string|token_hex|token_urlsafe)$/.test(name) &&
      length?.kind === "number" &&
      (length.value ?? 32) < (name === "token_hex" ? 8 : 16)
    );
  });
}

/** `SessionBase.cycle_key = ...`, `setattr(SessionStore, "cycle_key", ...)`, a smaller alphabet. */
function readReplacement(statement: Statement, scope: Scope): readonly KeyMaker[] {
  const { span } = statement;
  if (statement.kind === "assignment" && statement.value !== undefined) {
    for (const target of statement.targets) {
      const found = readTarget(target, statement.value, scope);
      if (found !== undefined) return [{ scope, span, guards: [], ...found }];
    }
  }
  const call = statement.kind === "expression" ? statement.value : undefined;
  if (call?.kind !== "call" || lastName(call.callee) !== "setattr") return [];
  const [owner, name, value] = call.args.map((arg) => arg.value);
  if (owner === undefined || name?.kind !== "string" || value === undefined) return [];
  const defect = isStore(owner) && METHODS.test(name.value ?? "") ? defectOf(value, scope) : null;
  return defect === null ? [] : [{ scope, span, guards: [], method: name.value ?? "", defect }];
}

function readTarget(
  target: Expression,
  value: Expression,
  scope: Scope,
): Pick<KeyMaker, "method" | "defect"> | undefined {
  const name = lastName(target) ?? "";
  if (name === "VALID_KEY_CHARS") {
    return { method: name, defect: isSmall(value) ? "guessable" : undefined };
  }
  if (target.kind !== "attribute" || !METHODS.test(name) || !isStore(target.object))
    return undefined;
  return { method: name, defect: defectOf(value, scope) };
}

function isStore(expression: Expression): boolean {
  return /Session(?:Base|Store)$/.test(lastName(expression) ?? "");
}

/** Whether what takes the place of a method still does its work; what is not seen is trusted. */
function defectOf(value: Expression, scope: Scope): KeyMaker["defect"] {
  if (value.kind === "lambda") {
    const works = [...walkExpressions(value.body)].some(
      (one) => one.kind === "call" && WORK.test(lastName(one.callee) ?? ""),
    );
    return works ? undefined : "idle";
  }
  const local = value.kind === "name" && isDefinedHere(scope.module, value.id);
  const found = local ? scope.module.definition(value.id) : undefined;
  return found?.kind === "function" && workOf(found).length === 0 ? "idle" : undefined;
}

const FEW_CHARACTERS = 16;

function isSmall(value: Expression): boolean {
  if (value.kind === "string" && value.value !== undefined) {
    return new Set(value.value).size < FEW_CHARACTERS;
  }
  return dottedName(value) === "string.digits";
}

/** A receiver of `user_logged_in` that puts the key back which `login()` replaced. */
function readReceiver(scope: Scope): readonly KeyMaker[] {
  const { definition } = scope;
  const receives = definition?.decorators.some(
    (one) =>
      one.kind === "call" &&
      lastName(one.callee) === "receiver" &&
      [...walkExpressions(one)].some((inner) => lastName(inner) === "user_logged_in"),
  );
  if (definition === undefined || receives !== true) return [];
  const restoring = [...walkStatements(scope.body, isNotScope)].find(
    (one) =>
      one.kind === "assignment" &&
      one.value?.kind !== "constant" &&
      one.targets.some((target) => target.kind === "attribute" && target.name === "_session_key"),
  );
  if (restoring === undefined) return [];
  return [
    { scope, method: "user_logged_in", span: restoring.span, defect: "restored", guards: [] },
  ];
}
