import type { Evidence } from "../../model/rule.js";
import type { PythonModule } from "../../python/syntax/module.js";
import type { ClassDefinition } from "../../python/syntax/syntax.js";
import { dottedName } from "../../python/syntax/walk.js";
import { classOfModule } from "../modules/class-of-module.js";

/** Top-level classes one of whose bases, as a resolved dotted path, `isBase` accepts. */
export function storeClassEvidence(
  module: PythonModule,
  identity: string,
  isBase: (dotted: string) => boolean,
): readonly Evidence[] {
  if (!module.text.includes("contrib.sessions")) return [];
  const kind = classOfModule(module);
  if (kind === "test" || kind === "development") return [];
  const classes = module.statements.filter(
    ({ keyword, span }) =>
      keyword === "class" && /\(.*Session|\(\s*\w+\.Session/.test(firstLines(module, span.start)),
  );
  return classes
    .flatMap((statement) => module.syntaxOf(statement))
    .flatMap((statement): readonly Evidence[] => {
      if (statement.kind !== "class") return [];
      const base = resolvedBases(statement, module).find(isBase);
      if (base === undefined) return [];
      const { startLine } = statement.span;
      return [
        {
          identity,
          symbol: statement.name,
          strength: 0,
          span: { ...statement.span, endLine: startLine },
          guards: [],
          confidence: "medium",
          values: { name: statement.name, base },
        },
      ];
    });
}

/** Resolved dotted paths of the bases of a top-level class; none when there is no such class. */
export function basesOfClass(module: PythonModule, name: string): readonly string[] {
  const definition = module.definition(name);
  return definition?.kind === "class" ? resolvedBases(definition, module) : [];
}

function resolvedBases({ bases }: ClassDefinition, module: PythonModule): readonly string[] {
  return bases.map(({ value }) => {
    const dotted = dottedName(value) ?? "";
    return module.imports.resolve(dotted) ?? dotted;
  });
}

/** Room for a class header that is written over several lines. */
const HEADER_LENGTH = 400;

function firstLines(module: PythonModule, start: number): string {
  return module.text.slice(start, start + HEADER_LENGTH);
}
