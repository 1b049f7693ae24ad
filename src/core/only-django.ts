import type { Regression } from "./differential.js";
import type { FileChange } from "./model/change.js";
import type { Side } from "./model/source.js";
import type { Project } from "./python/project.js";
import { isOfOtherFramework } from "./repository/framework.js";

/**
 * The regressions in code of Django's. Rules look at imports; a settings module, a template or a
 * view without any says nothing of its framework, and other frameworks have the same names. Only for
 * those the repository is asked, and only when there is something to say.
 */
export function onlyDjango(
  regressions: readonly Regression[],
  project: Project,
): readonly Regression[] {
  const files = new Map<FileChange, boolean>();
  return regressions.filter(({ pair: { head } }) => {
    const { change, rule } = head;
    if (rule.language === "requirements") return true;
    const known = files.get(change) ?? isDjango(change, project);
    files.set(change, known);
    return known;
  });
}

function isDjango(change: FileChange, project: Project): boolean {
  const side: Side = change.status === "removed" ? "LEFT" : "RIGHT";
  return (
    DJANGO.test(change.base) ||
    DJANGO.test(change.head) ||
    startsFromDjango(change, project, side) ||
    !isOfOtherFramework(project, side)
  );
}

/** Words, and template tags, that no other framework has. */
const DJANGO =
  /[Dd]jango|rest_framework|\b(?:INSTALLED_APPS|MIDDLEWARE(?:_CLASSES)?|ROOT_URLCONF)\b|\{%-?\s{0,20}(?:load|url|static|blocktrans(?:late)?|translate|csrf_token)\b/;

/** `from .base import *`: what a settings module starts from tells what it is. */
function startsFromDjango({ path, basePath }: FileChange, project: Project, side: Side): boolean {
  const own = side === "LEFT" ? basePath : path;
  const module = own.endsWith(".py") ? project.open(side, own) : undefined;
  return (module?.imports.stars ?? []).some((star) =>
    DJANGO.test(module?.imported(star)?.text ?? ""),
  );
}
