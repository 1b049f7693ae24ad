import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/** Runs a program on the python3 of PATH; undefined when there is none. */
export function runPython(program: string, input = ""): string | undefined {
  try {
    return execFileSync("python3", ["-c", program], {
      encoding: "utf8",
      input,
      maxBuffer: 1 << 29,
      stdio: ["pipe", "pipe", "ignore"],
    });
  } catch {
    return undefined;
  }
}

const LOCATE = `import sysconfig, importlib.util
print(sysconfig.get_path('stdlib'))
django = importlib.util.find_spec('django')
print(django.submodule_search_locations[0] if django else '')`;

export interface PythonFile {
  readonly path: string;
  readonly text: string;
}

/** A sample of the standard library and one of Django, the same on every run; empty without python3. */
export function realFiles(count: number): readonly PythonFile[] {
  const folders = (runPython(LOCATE) ?? "").split("\n").filter((line) => line !== "");
  return folders
    .flatMap((folder) => sample(listPython(folder, []).sort(), count))
    .map((path) => ({ path, text: readFileSync(path, "utf8") }));
}

function listPython(folder: string, into: string[]): string[] {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (entry.name !== "site-packages" && entry.name !== "lib2to3") listPython(path, into);
    } else if (entry.name.endsWith(".py") && statSync(path).size < 200_000) into.push(path);
  }
  return into;
}

function sample(paths: readonly string[], count: number): readonly string[] {
  let state = 20_261_122;
  const next = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state;
  };
  return paths
    .map((path) => ({ path, order: next() }))
    .sort((a, b) => a.order - b.order)
    .slice(0, count)
    .map(({ path }) => path);
}
