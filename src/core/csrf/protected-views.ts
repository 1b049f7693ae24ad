import type { Span } from "../model/source.js";
import type { PythonModule } from "../python/syntax/module.js";
import type { ClassDefinition, FunctionDefinition } from "../python/syntax/syntax.js";
import { decoratorNamed } from "./exemptions.js";
import { isDrf, readEffects } from "./view-effects.js";

/** A view of Django REST framework that handles credentials, with the decorator that checks its requests. */
export interface ApiView {
  readonly view: FunctionDefinition | ClassDefinition;
  readonly symbol: string;
  readonly guard: Span | undefined;
}

/** Those of what a hunk touches. The framework exempts them all, so `csrf_protect` is all they have. */
export function protectedApiViews(module: PythonModule): readonly ApiView[] {
  return module.touchedSyntax.flatMap((view) => {
    if ((view.kind !== "function" && view.kind !== "class") || !isDrf(view)) return [];
    const effects = readEffects(module, view, view.name, []);
    if (effects.credentials === undefined || effects.tokenOnly) return [];
    const methods = view.kind === "class" ? view.body : [];
    const decorators = [view, ...methods].flatMap((one) =>
      one.kind === "function" || one.kind === "class" ? one.decorators : [],
    );
    const guard = decorators.find((decorator) => decoratorNamed(decorator, "csrf_protect"))?.span;
    return [{ view, symbol: view.name, guard }];
  });
}
