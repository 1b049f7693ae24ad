import type { Evidence } from "../../model/rule.js";
import type { PythonModule } from "../../python/syntax/module.js";
import type { ClassDefinition, FunctionDefinition, Statement } from "../../python/syntax/syntax.js";
import { calleeName, walkAllExpressions } from "../../python/syntax/walk.js";
import { classOfModule } from "../modules/class-of-module.js";

/** Identity of the facts made here; no setting is called so. */
export const UNSAFE_SERIALIZER = "session serializer that runs what it reads";

/** Calls that run what the data says; by resolved dotted path. */
const UNSAFE: ReadonlySet<string> = new Set([
  "pickle.loads",
  "cPickle.loads",
  "six.moves.cPickle.loads",
  "dill.loads",
  "cloudpickle.loads",
  "jsonpickle.decode",
  "marshal.loads",
  "yaml.load",
  "yaml.unsafe_load",
  "eval",
]);

/**
 * Classes that Django could use as a session serializer (`dumps` and `loads`) and that are about
 * sessions by name, whose `loads` runs what it reads.
 */
export function unsafeSerializers(module: PythonModule): readonly Evidence[] {
  const { text } = module;
  if (!/\bdef loads\b/.test(text) || !/session/i.test(text)) return [];
  const kind = classOfModule(module);
  if (kind === "test" || kind === "development") return [];
  return module.syntaxMentioning(["def loads"]).flatMap((statement): readonly Evidence[] => {
    if (statement.kind !== "class" || !isOfSessions(statement, module)) return [];
    const found = methodOf(statement, "dumps") && unsafeLoads(statement, module);
    if (found === undefined) return [];
    return [
      {
        identity: UNSAFE_SERIALIZER,
        symbol: statement.name,
        strength: 0,
        span: found.span,
        guards: [],
        confidence: "medium",
        values: { name: statement.name, call: found.call },
      },
    ];
  });
}

/** Whether a dotted path names a class of the project whose `loads` runs what it reads. */
export function isUnsafeClass(dotted: string, from: PythonModule): boolean {
  const dot = dotted.lastIndexOf(".");
  if (dot <= 0 || dotted.startsWith("django.")) return false;
  const module = from.imported(dotted.slice(0, dot));
  const definition = module?.definition(dotted.slice(dot + 1));
  return (
    module !== undefined &&
    definition?.kind === "class" &&
    unsafeLoads(definition, module) !== undefined
  );
}

function isOfSessions({ name, span }: ClassDefinition, module: PythonModule): boolean {
  return /session/i.test(name) || /session/i.test(module.text.slice(span.start, span.end));
}

function methodOf({ body }: ClassDefinition, name: string): FunctionDefinition | undefined {
  return body
    .filter((statement) => statement.kind === "function")
    .find((statement) => statement.name === name);
}

/** The call of the `loads` of a class that runs what it reads. */
function unsafeLoads(
  definition: ClassDefinition,
  module: PythonModule,
): { call: string; span: Statement["span"] } | undefined {
  for (const statement of methodOf(definition, "loads")?.body ?? []) {
    for (const expression of walkAllExpressions([statement])) {
      if (expression.kind !== "call") continue;
      const dotted = calleeName(expression);
      const path = dotted && (module.imports.resolve(dotted) ?? dotted);
      if (dotted && path && UNSAFE.has(path)) return { call: dotted, span: expression.span };
    }
  }
  return undefined;
}
