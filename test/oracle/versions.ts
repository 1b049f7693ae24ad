import { spawnSync } from "node:child_process";
import { delimiter } from "node:path";

/** A Django that this machine has: the one of `python3`, or one in a folder of its own. */
export interface DjangoVersion {
  readonly version: string;
  /** Folder to put on the path of Python; undefined for the installed one. */
  readonly folder: string | undefined;
}

/**
 * Every Django at hand, newest first. Folders made with `pip install --target` are named in
 * CYCLEKEY_DJANGO_PATHS, separated as in PATH.
 */
export function findDjangos(): readonly DjangoVersion[] {
  const folders = (process.env.CYCLEKEY_DJANGO_PATHS ?? "").split(delimiter).filter(Boolean);
  const found = [undefined, ...folders].flatMap((folder) => {
    const version = versionIn(folder);
    return version === undefined ? [] : [{ version, folder }];
  });
  const unique = found.filter(
    ({ version }, index) => found.findIndex((one) => one.version === version) === index,
  );
  return unique.sort((a, b) => order(b.version) - order(a.version));
}

/** `5.2.19` as a number that grows with the version. */
export function order(version: string): number {
  const [major = 0, minor = 0, patch = 0] = version.split(".").map(Number);
  return (major * 1000 + minor) * 1000 + patch;
}

export function pythonEnvironment(folder: string | undefined): NodeJS.ProcessEnv {
  return { ...process.env, PYTHONPATH: folder ?? "", PYTHONDONTWRITEBYTECODE: "1" };
}

function versionIn(folder: string | undefined): string | undefined {
  const { status, stdout } = spawnSync(
    "python3",
    ["-c", "import django; print(django.__version__)"],
    {
      encoding: "utf8",
      env: pythonEnvironment(folder),
    },
  );
  return status === 0 ? stdout.trim() : undefined;
}
