import type { Span } from "../../model/source.js";
import { importPaths, isForeign } from "../../python/imports/import-paths.js";
import { directoryOf, resolvePath } from "../../python/imports/paths.js";
import type { PythonModule } from "../../python/syntax/module.js";
import { UNSET } from "../evaluate/value.js";
import type { Effective } from "../run/alternative.js";
import type { ReadInherited } from "../run/take-over.js";
import { environmentOf } from "./class-of-module.js";
import { effectiveSettings } from "./effective-settings.js";
import { includedModules, isInclude } from "./included-modules.js";

/** Longer chains of modules are not followed. */
export const MAX_HOPS = 5;

/** Where a module takes settings from, `hops` imports away from the one that was asked. */
export function inheritedSettings(module: PythonModule, hops: number): ReadInherited {
  const ask = (other: PythonModule, name: string, via: Span): Effective => {
    if (hops >= MAX_HOPS)
      return [{ value: { kind: "inherited", from: other.path }, span: undefined }];
    return seenFrom(other, effectiveSettings(other, [name], hops + 1).get(name) ?? [], via);
  };
  /** What a development machine adds at the end is not there in production. */
  const isForDevelopment = (name: string, paths: readonly string[]): boolean => {
    const named = environmentOf(name, paths, module.configuration);
    return named === "development" || named === "test";
  };
  return {
    imported: (from, name, via) => {
      if (isForeign(module.path, from) || isForDevelopment(from, importPaths(module.path, from))) {
        return undefined;
      }
      const other = module.imported(from);
      if (other === undefined) return [{ value: { kind: "inherited", from }, span: undefined }];
      return ask(other, name, via);
    },
    included: (call, name, via, scope) => {
      if (!isInclude(call, module)) return undefined;
      let found: Effective = [];
      for (const { pattern, modules } of includedModules(call, module, scope)) {
        const path = resolvePath(directoryOf(module.path), pattern);
        if (isForDevelopment(pattern, path === undefined ? [] : [path])) continue;
        const alternatives = modules.flatMap((other) => ask(other, name, via));
        if (modules.length === 0 && found.length === 0) {
          found = [{ value: { kind: "inherited", from: pattern }, span: undefined }];
        }
        if (alternatives.some(({ value }) => value.kind !== "unset")) found = alternatives;
      }
      return found.length === 0 ? [{ value: UNSET, span: undefined }] : found;
    },
  };
}

/** The values of another module, as this one sees them: places in its text mean nothing here. */
export function seenFrom(other: PythonModule, effective: Effective, via: Span): Effective {
  return effective.map(({ value, inherited }) => ({
    value,
    span: undefined,
    inherited: { via, changed: other.changed || inherited?.changed === true },
  }));
}
