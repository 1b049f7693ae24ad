import { loginFacts } from "../login/login-facts.js";
import { isRequestOrSession } from "../login/paths/effect.js";
import { LOGOUT_FUNCTIONS, ROTATING_FUNCTIONS } from "../login/paths/rotation-calls.js";
import type { PythonModule } from "../python/syntax/module.js";
import type {
  Call,
  ClassDefinition,
  Expression,
  FunctionDefinition,
} from "../python/syntax/syntax.js";
import {
  dottedName,
  isNotScope,
  walkAllExpressions,
  walkStatements,
} from "../python/syntax/walk.js";
import { isRequest, lastName, readSession } from "../session/access/session-expression.js";
import { lastValue, resolveImport, type Scope, scopesOf } from "../session/bindings/scopes.js";
import { hasPhrase, tokensOf } from "../session/words/tokens.js";
import { writesOf } from "../session/writes/writes.js";
import { decoratorNamed } from "./exemptions.js";
import { isOfProtocol } from "./login-protocols.js";
import {
  CREDENTIAL_NAMES,
  FEDERATED_NAMES,
  HARMLESS_NAMES,
  OWN_CHECKS,
  SAFE_METHOD_DECORATORS,
  TOKEN_CALLS,
  TOKEN_CLASSES,
} from "./view-words.js";

/** What a view does that a forged request would do too. */
export interface ViewEffects {
  /** It logs in or out, or resets or changes a credential: told from its code, or only from its name. */
  readonly credentials: "code" | "name" | undefined;
  readonly writesSession: boolean;
  /** An identity provider or another server calls it, told from its name or from the protocol it speaks. */
  readonly federated: boolean;
  /** It checks by itself who sent the request: a signature, a state, a token of its own. */
  readonly checksSender: boolean;
  /** It answers with a token and uses no session, so that there is nothing a browser would send along. */
  readonly tokenOnly: boolean;
  readonly readOnly: boolean;
  /** Django REST framework exempts each of its views and checks by itself who has a session. */
  readonly isDrf: boolean;
}

export function readEffects(
  module: PythonModule,
  view: FunctionDefinition | ClassDefinition | undefined,
  name: string,
  address: readonly string[],
): ViewEffects {
  const scopes = view === undefined ? [] : scopesOf(module, [view]);
  const names = [name, ...address].map(tokensOf);
  const named =
    isNamedFor(names, CREDENTIAL_NAMES) && !names.some((words) => hasPhrase(words, HARMLESS_NAMES));
  const calls = scopes.flatMap(callsIn);
  const byCode =
    calls.some(isCredentialCall) || isLoginByHand(module, view) || scopes.some(changesAddress);
  const writesSession = scopes.some((scope) => writesOf(scope).length > 0 || dropsKeys(scope));
  const usesSession = calls.some(isSessionCall) || isLoginByHand(module, view);
  const changesByToken = isTokenView(view) && !usesSession;
  return {
    credentials: byCode ? "code" : named ? "name" : undefined,
    writesSession,
    federated: isNamedFor(names, FEDERATED_NAMES) || isOfProtocol(module, scopes),
    checksSender: calls.some(({ call }) => OWN_CHECKS.test(lastName(call.callee) ?? "")),
    tokenOnly: !writesSession && (changesByToken || (!byCode && calls.some(isTokenCall))),
    readOnly: view !== undefined && isReadOnly(view),
    isDrf: view !== undefined && isDrf(view),
  };
}

interface CallIn {
  readonly call: Call;
  readonly scope: Scope;
}

function callsIn(scope: Scope): readonly CallIn[] {
  return [...walkAllExpressions(scope.body, isNotScope)].flatMap((call) =>
    call.kind === "call" ? [{ call, scope }] : [],
  );
}

/** Whether a name holds one of the phrases, also glued to another word: `userlogin`. */
function isNamedFor(names: readonly (readonly string[])[], phrases: readonly string[]): boolean {
  const glued = phrases.filter((phrase) => phrase.length >= 5 && !phrase.includes(" "));
  return names.some(
    (tokens) =>
      hasPhrase(tokens, phrases) ||
      tokens.some((token) =>
        glued.some((word) => token !== word && (token.startsWith(word) || token.endsWith(word))),
      ),
  );
}

const CREDENTIAL_CALLS: readonly string[] = [
  "login",
  "log in",
  "signin",
  "sign in",
  "logout",
  "log out",
  "signout",
];

function isCredentialCall(one: CallIn): boolean {
  const name = lastName(one.call.callee) ?? "";
  return /^a?set_password$|^a?update_session_auth_hash$/.test(name) || isSessionCall(one);
}

/** `request.user.email = ...`: whoever reads that mail can ask for a new password. */
function changesAddress(scope: Scope): boolean {
  return [...walkStatements(scope.body, isNotScope)].some(
    (statement) =>
      statement.kind === "assignment" &&
      statement.targets.some(
        (target) =>
          target.kind === "attribute" &&
          /^(?:email|username)$/.test(target.name) &&
          isVisitor(target.object, scope),
      ),
  );
}

/** `request.user`, or a name that stands for it. */
function isVisitor(object: Expression, scope: Scope): boolean {
  const value = object.kind === "name" ? lastValue(scope, object.id, object.span.start) : object;
  return value?.kind === "attribute" && value.name === "user" && isRequest(value.object, scope);
}

/** A call that logs in or out, so that a session begins or ends. */
function isSessionCall({ call, scope }: CallIn): boolean {
  const name = lastName(call.callee) ?? "";
  const dotted = dottedName(call.callee);
  const path = dotted === undefined ? undefined : resolveImport(scope, dotted);
  if (path !== undefined && (ROTATING_FUNCTIONS.has(path) || LOGOUT_FUNCTIONS.has(path))) {
    return true;
  }
  if (/^a?flush$/.test(name) && call.callee.kind === "attribute") {
    return readSession(call.callee.object, scope)?.path.length === 0;
  }
  const tokens = tokensOf(name);
  const given = call.args.some((arg) => isRequestOrSession(arg.value, scope));
  return given && hasPhrase(tokens, CREDENTIAL_CALLS) && !hasPhrase(tokens, HARMLESS_NAMES);
}

function isLoginByHand(
  module: PythonModule,
  view: FunctionDefinition | ClassDefinition | undefined,
): boolean {
  if (view === undefined) return false;
  return loginFacts(module).sinks.some(({ claimed, write }) => {
    const { start, end } = write.statement.span;
    return claimed && view.span.start <= start && end <= view.span.end;
  });
}

/** `del request.session[key]`, `request.session.pop(key)` */
function dropsKeys(scope: Scope): boolean {
  return callsIn(scope).some(({ call }) => {
    const { callee } = call;
    if (callee.kind !== "attribute" || !/^a?(?:pop|clear|cycle_key)$/.test(callee.name)) {
      return false;
    }
    return readSession(callee.object, scope) !== undefined;
  });
}

function isTokenCall({ call }: CallIn): boolean {
  const dotted = dottedName(call.callee) ?? lastName(call.callee) ?? "";
  return TOKEN_CALLS.test(dotted);
}

/** `authentication_classes` names tokens only, as an attribute or as a decorator. */
function isTokenView(view: FunctionDefinition | ClassDefinition | undefined): boolean {
  if (view === undefined) return false;
  const lists = [...view.decorators.map(classesOfDecorator), ...attributes(view)];
  return lists.some(
    (items) => items.length > 0 && items.every((item) => TOKEN_CLASSES.test(lastName(item) ?? "")),
  );
}

function classesOfDecorator(decorator: Expression): readonly Expression[] {
  if (decorator.kind !== "call" || lastName(decorator.callee) !== "authentication_classes") {
    return [];
  }
  const value = decorator.args[0]?.value;
  return value?.kind === "list" || value?.kind === "tuple" ? value.items : [];
}

function attributes(
  view: FunctionDefinition | ClassDefinition,
): readonly (readonly Expression[])[] {
  if (view.kind !== "class") return [];
  return view.body.flatMap((statement) => {
    if (statement.kind !== "assignment") return [];
    const isList = statement.targets.some(
      (target) => target.kind === "name" && target.id === "authentication_classes",
    );
    const { value } = statement;
    return isList && (value?.kind === "list" || value?.kind === "tuple") ? [value.items] : [];
  });
}

const PLAIN_BASES =
  /^(?:View|TemplateView|RedirectView|ListView|DetailView|APIView|GenericAPIView|ListAPIView|RetrieveAPIView|\w*Mixin)$/;

/** Only GET and its like get through, so there is nothing to check. */
function isReadOnly(view: FunctionDefinition | ClassDefinition): boolean {
  if (view.decorators.some(isSafeOnly)) return true;
  if (view.kind === "function") return false;
  const methods = view.body.flatMap((one) => (one.kind === "function" ? [one.name] : []));
  const bases = view.bases.map(({ value }) => lastName(value) ?? "");
  return (
    methods.includes("get") &&
    !methods.some((method) => /^(?:post|put|patch|delete|dispatch)$/.test(method)) &&
    bases.every((base) => PLAIN_BASES.test(base))
  );
}

function isSafeOnly(decorator: Expression): boolean {
  if (SAFE_METHOD_DECORATORS.some((name) => decoratorNamed(decorator, name))) return true;
  if (decorator.kind !== "call") return false;
  if (!/^(?:require_http_methods|api_view)$/.test(lastName(decorator.callee) ?? "")) return false;
  const value = decorator.args[0]?.value;
  if (value?.kind !== "list" && value?.kind !== "tuple") return false;
  return value.items.every(
    (item) => item.kind === "string" && /^(?:GET|HEAD|OPTIONS)$/.test(item.value ?? ""),
  );
}

/** Whether Django REST framework makes the view. */
export function isDrf(view: FunctionDefinition | ClassDefinition): boolean {
  if (view.decorators.some((decorator) => decoratorNamed(decorator, "api_view"))) return true;
  if (view.kind === "function") return false;
  return view.bases.some(({ value }) =>
    /APIView$|ViewSet$|^(?:ObtainAuthToken|TokenObtain\w*View)$/.test(lastName(value) ?? ""),
  );
}
