import type { Expression } from "../../python/syntax/syntax.js";
import { calleeName } from "../../python/syntax/walk.js";
import type { Scope } from "./scope.js";

/** More mappings than a scheme is put together from. */
const MAX_PARTS = 20;

/** What a scheme says of one variable. */
export interface Declared {
  /** `(bool, False)` or `bool`, as written. */
  readonly entry: Expression | undefined;
  /** False when a part of the scheme is not at hand: the variable may be declared there. */
  readonly whole: boolean;
}

/**
 * The declaration of a variable in `env = environ.Env(NAME=(bool, False), **OTHERS)`, which
 * django-environ calls the scheme. Parts stand behind `**` as `dict(...)`, `{...}` or a name.
 */
export function declaredIn(construction: Expression, variable: string, scope: Scope): Declared {
  const waiting: Expression[] = [construction];
  let entry: Expression | undefined;
  let whole = true;
  for (let read = 0; waiting.length > 0; read++) {
    const next = waiting.shift();
    const part = next?.kind === "name" ? scope.assigned(next.id) : next;
    const pairs = part && read < MAX_PARTS ? pairsOf(part, part === construction) : undefined;
    if (pairs === undefined) whole = false;
    if (read >= MAX_PARTS) break;
    for (const { key, value } of pairs ?? []) {
      if (key === undefined) waiting.push(value);
      else if (key === variable) entry ??= value;
    }
  }
  return { entry, whole };
}

interface Pair {
  /** Undefined for a mapping that is unpacked. */
  readonly key: string | undefined;
  readonly value: Expression;
}

function pairsOf(part: Expression, isConstruction: boolean): readonly Pair[] | undefined {
  if (part.kind === "dictionary") {
    return part.entries.flatMap(({ key, value }): readonly Pair[] => {
      if (key === undefined) return [{ key, value }];
      return key.kind === "string" && key.value !== undefined ? [{ key: key.value, value }] : [];
    });
  }
  if (part.kind !== "call" || (!isConstruction && calleeName(part) !== "dict")) return undefined;
  return part.args.flatMap(({ name, unpack, value }) =>
    name !== undefined || unpack === "**" ? [{ key: name, value }] : [],
  );
}
