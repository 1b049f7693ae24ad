import { parseConstraint } from "./constraint.js";
import { normaliseName, parseRequirement, type Requirement, spanIn } from "./requirement.js";
import { readTomlStrings, type TomlString } from "./toml-strings.js";

/** PEP 621, dependency groups (PEP 735), Poetry, PDM and uv. */
export function readPyproject(text: string): readonly Requirement[] {
  return readTomlStrings(text).flatMap((one) => {
    const group = listGroup(one);
    if (group !== undefined) return fromPep508(one, group);
    const poetry = poetryGroup(one.table);
    return poetry === undefined ? [] : fromKey(one, poetry.table, poetry.group);
  });
}

/** The group of a string in a list of requirements; undefined for any other string. */
function listGroup({ table, key }: TomlString): string | undefined {
  const at = table === "" ? key : `${table}.${key}`;
  if (at === "project.dependencies") return "";
  const match =
    /^(?:project\.optional-dependencies|dependency-groups|tool\.pdm\.dev-dependencies)\.([^.]+)$/.exec(
      at,
    );
  if (match !== null) return match[1];
  return at === "tool.uv.dev-dependencies" ? "dev" : undefined;
}

const POETRY =
  /^tool\.poetry\.(?:dependencies|(dev)-dependencies|group\.([^.]+)\.dependencies)(?=\.|$)/;

function poetryGroup(table: string): { table: string; group: string } | undefined {
  const match = POETRY.exec(table);
  return match === null ? undefined : { table: match[0], group: match[1] ?? match[2] ?? "" };
}

export function readPipfile(text: string): readonly Requirement[] {
  return readTomlStrings(text).flatMap((one) => {
    const [root = ""] = one.table.split(".");
    if (root === "packages") return fromKey(one, root, "");
    return root === "dev-packages" ? fromKey(one, root, "dev") : [];
  });
}

/** `poetry.lock`, `uv.lock` and `pdm.lock`: one `[[package]]` table for each package. */
export function readTomlLock(text: string): readonly Requirement[] {
  const names = new Map<number, string>();
  const found: Requirement[] = [];
  for (const one of readTomlStrings(text)) {
    if (one.table !== "package") continue;
    if (one.key === "name") names.set(one.tableNumber, normaliseName(one.value));
    const name = names.get(one.tableNumber);
    if (one.key !== "version" || name === undefined) continue;
    const [requirement] = fromKey({ ...one, key: name }, "package", "");
    if (requirement) found.push({ ...requirement, locked: true });
  }
  return found;
}

function fromPep508({ value, start, line }: TomlString, group: string): readonly Requirement[] {
  const requirement = parseRequirement({ text: value, start, line }, group);
  return requirement ? [requirement] : [];
}

/** `django = "^5.2"`, `django = {version = "^5.2"}`, or `version` in a table of its own. */
function fromKey(
  { table, key, value, start, line }: TomlString,
  under: string,
  group: string,
): readonly Requirement[] {
  const path = [...table.slice(under.length).split("."), ...key.split(".")].filter(Boolean);
  const [name, field] = path;
  if (name === undefined || (field !== undefined && field !== "version")) return [];
  return [
    {
      name: normaliseName(name),
      constraint: value,
      range: parseConstraint(value),
      span: spanIn({ text: value, start, line }, 0, value.length),
      group,
      locked: false,
    },
  ];
}
