import type { Side } from "../model/source.js";
import type { Project } from "../python/project.js";

/** Files at the root of a repository that say what it is built on. */
export const FRAMEWORK_FILES: readonly string[] = [
  "Pipfile",
  "manage.py",
  "pyproject.toml",
  "requirements.txt",
  "requirements/base.txt",
  "requirements/main.txt",
  "setup.cfg",
  "setup.py",
];

const DJANGO = /django/i;
const OTHER =
  /(?:^|[^\w-])(?:flask|fastapi|starlette|quart|sanic|litestar|pyramid|tornado|aiohttp|bottle|cherrypy|odoo|web2py)\b/im;

/**
 * Whether a repository is built on another framework than Django, by what it requires. Where
 * nothing tells, or both are named, it is not.
 */
export function isOfOtherFramework(project: Project, side: Side): boolean {
  const texts = FRAMEWORK_FILES.flatMap((path) => project.text(side, path) ?? []);
  return !texts.some((text) => DJANGO.test(text)) && texts.some((text) => OTHER.test(text));
}
