import { readPipfileLock, readRequirementsText, readSetupCfg, readSetupPy } from "./read-lines.js";
import { readPipfile, readPyproject, readTomlLock } from "./read-toml.js";
import type { Requirement } from "./requirement.js";

type Reader = (text: string) => readonly Requirement[];

const READERS: Readonly<Record<string, Reader>> = {
  "pyproject.toml": readPyproject,
  pipfile: readPipfile,
  "pipfile.lock": readPipfileLock,
  "poetry.lock": readTomlLock,
  "uv.lock": readTomlLock,
  "pdm.lock": readTomlLock,
  "setup.cfg": readSetupCfg,
  "setup.py": readSetupPy,
};

/** What a requirement or lock file asks for, in the order of the file; told by its name. */
export function readRequirements(path: string, text: string): readonly Requirement[] {
  const name = path.slice(path.lastIndexOf("/") + 1).toLowerCase();
  return (READERS[name] ?? readRequirementsText)(text);
}
