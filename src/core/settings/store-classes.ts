import { classifyModule } from "../django/module-class.js";
import type { Evidence } from "../model/rule.js";
import type { PythonModule } from "../python/module.js";
import { dottedName } from "../python/walk.js";

/** Top-level classes one of whose bases, as a resolved dotted path, `isBase` accepts. */
export function storeClassEvidence(
  module: PythonModule,
  identity: string,
  isBase: (dotted: string) => boolean,
): readonly Evidence[] {
  if (!module.text.includes("contrib.sessions")) return [];
  const classOfModule = classifyModule(module.path, module.text);
  if (classOfModule === "test" || classOfModule === "development") return [];
  const classes = module.statements.filter(
    ({ keyword, span }) =>
      keyword === "class" && /\(.*Session|\(\s*\w+\.Session/.test(firstLines(module, span.start)),
  );
  return classes
    .flatMap((statement) => module.syntaxOf(statement))
    .flatMap((statement): readonly Evidence[] => {
      if (statement.kind !== "class") return [];
      const bases = statement.bases.map(({ value }) => {
        const dotted = dottedName(value) ?? "";
        return module.imports.resolve(dotted) ?? dotted;
      });
      if (!bases.some(isBase)) return [];
      const { startLine } = statement.span;
      return [
        {
          identity,
          symbol: statement.name,
          strength: 0,
          span: { ...statement.span, endLine: startLine },
          guards: [],
          confidence: "medium",
          values: { name: statement.name },
        },
      ];
    });
}

/** Room for a class header that is written over several lines. */
const HEADER_LENGTH = 400;

function firstLines(module: PythonModule, start: number): string {
  return module.text.slice(start, start + HEADER_LENGTH);
}
