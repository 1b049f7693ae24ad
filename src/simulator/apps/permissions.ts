import type { Access, Permissions } from "../platform/app-records.js";

/** What a route asks for: `name:access`, several joined by `|` when either will do. */
export type Need = string;

function has(granted: Permissions, need: string): boolean {
  const [name = "", access] = need.split(":");
  const given = granted[name];
  return access === "write" ? given === "write" : given !== undefined;
}

export function permits(granted: Permissions, need: Need): boolean {
  return need.split("|").some((one) => has(granted, one));
}

/** Narrowed permissions of a token: never more than the installation has. */
export function narrow(
  granted: Permissions,
  wanted: Permissions | undefined,
): Permissions | undefined {
  if (wanted === undefined) return granted;
  const exceeds = Object.entries(wanted).some(
    ([name, access]) => !has(granted, `${name}:${access}`),
  );
  return exceeds ? undefined : wanted;
}

/** The two lists of an App's manifest that GitHub acts on. */
export interface Manifest {
  readonly permissions: Permissions;
  readonly events: readonly string[];
}

/**
 * Reads `default_permissions` and `default_events` of an app.yml: a block mapping and a block
 * sequence, which is all that file may use.
 */
export function readManifest(text: string): Manifest {
  const permissions: Record<string, Access> = {};
  const events: string[] = [];
  let block = "";
  for (const raw of text.split("\n")) {
    const line = raw.replace(/\s+#.*$|^#.*$/, "").trimEnd();
    const key = /^(\w+):/.exec(line)?.[1];
    if (key !== undefined) block = key;
    if (block === "default_permissions") {
      const [, name, access] = /^\s+(\w+): *(read|write)$/.exec(line) ?? [];
      if (name !== undefined) permissions[name] = access as Access;
    }
    if (block === "default_events") {
      const event = /^\s*- *(\w+)$/.exec(line)?.[1];
      if (event !== undefined) events.push(event);
    }
  }
  return { permissions, events };
}
