import type { PythonModule } from "../../python/syntax/module.js";
import { once } from "../../python/syntax/once.js";
import type { Call, Expression, Statement } from "../../python/syntax/syntax.js";
import { calleeName, dottedName, walkSymbols } from "../../python/syntax/walk.js";
import { evaluate } from "../evaluate/evaluate.js";
import type { Scope } from "../evaluate/scope.js";
import { UNKNOWN } from "../evaluate/value.js";
import { moduleScope } from "../modules/effective-settings.js";
import type { Alternative } from "../run/alternative.js";
import { pairWrite, updateWrites, type Write } from "../run/namespace-writes.js";

/** A setting that is changed in `django.conf.settings` while the site runs. */
export interface RuntimeWrite {
  /** Enclosing function or class, dotted; empty at the top level. */
  readonly symbol: string;
  readonly alternative: Alternative;
}

/** `settings.X = v`, `setattr(settings, "X", v)` and `settings.configure(X=v)`, wherever they stand. */
export function runtimeWrites(module: PythonModule, name: string): readonly RuntimeWrite[] {
  if (!mayWrite(module, name)) return [];
  const scope = moduleScope(module);
  const found: RuntimeWrite[] = [];
  for (const { statement, symbol } of walkSymbols(module.syntaxMentioning([name]))) {
    for (const one of writesOf(statement, module, scope)) {
      if (one.name !== name) continue;
      const value = one.value ? evaluate(one.value, scope) : UNKNOWN;
      found.push({ symbol, alternative: { value, span: one.span ?? statement.span } });
    }
  }
  return found;
}

/** Most mentions of a setting outside settings modules read it; those are not parsed. */
function mayWrite(module: PythonModule, name: string): boolean {
  const { text } = module;
  if (!text.includes(name) || !text.includes("settings")) return false;
  if (writesByCall(module)) return true;
  return new RegExp(`\\.${name}[ \\t]*(?::[^=\\n]*)?=(?!=)`).test(text);
}

const writesByCall = once(({ text }: PythonModule) => /\bsetattr\(|\.configure\(/.test(text));

function writesOf(statement: Statement, module: PythonModule, scope: Scope): readonly Write[] {
  if (statement.kind === "assignment") {
    return statement.targets.flatMap((target): readonly Write[] =>
      target.kind === "attribute" && isDjangoSettings(target.object, module)
        ? [{ name: target.name, value: statement.value }]
        : [],
    );
  }
  const isCall = statement.kind === "expression" && statement.value.kind === "call";
  return isCall ? writesOfCall(statement.value, module, scope) : [];
}

function writesOfCall(call: Call, module: PythonModule, scope: Scope): readonly Write[] {
  const { callee, args } = call;
  if (callee.kind === "attribute" && callee.name === "configure") {
    return isDjangoSettings(callee.object, module) ? updateWrites(call, scope).named : [];
  }
  const [object] = args;
  return calleeName(call) === "setattr" && object && isDjangoSettings(object.value, module)
    ? pairWrite(args[1]?.value, args[2]?.value, scope).named
    : [];
}

function isDjangoSettings(expression: Expression, module: PythonModule): boolean {
  const dotted = dottedName(expression);
  if (dotted === undefined) return false;
  const path = module.imports.resolve(dotted) ?? dotted;
  return path === "django.conf.settings" || path === "settings" || path === "conf.settings";
}
