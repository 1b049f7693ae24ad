import type { Scope } from "../bindings/scopes.js";

/**
 * Whether a parameter of a method is the session of a visitor: it is called so, and a module of the
 * change set calls a method of that name with `request.session`. What a method is called on is not
 * known, so its name alone has to tell.
 */
export function isHandedSession(name: string, { definition, classes, module }: Scope): boolean {
  if (!/(?:^|_)session$/.test(name) || definition === undefined || classes.length === 0)
    return false;
  if (!definition.parameters.some((parameter) => parameter.name === name)) return false;
  const handing = new RegExp(
    String.raw`\.${definition.name}\s*\((?:[^()]|\([^()]*\)){0,300}?\breq(?:uest)?\.session\s*[,)]`,
  );
  return module
    .changedModules()
    .some(({ text }) => /\breq(?:uest)?\.session\b/.test(text) && handing.test(text));
}
