import { readYaml, type YamlNode } from "../../core/config/yaml.js";

/** What the App has to be allowed, and to be told, as app.yml says. */
export interface Manifest {
  readonly permissions: Readonly<Record<string, string>>;
  readonly events: readonly string[];
}

/** @throws Error when the text is not the manifest that cyclekey is shipped with. */
export function readManifest(text: string): Manifest {
  const root = readYaml(text);
  const permissions =
    root === undefined || !("kind" in root) ? undefined : entry(root, "default_permissions");
  const events =
    root === undefined || !("kind" in root) ? undefined : entry(root, "default_events");
  if (permissions?.kind !== "mapping" || events?.kind !== "sequence") {
    throw new Error("app.yml is not the manifest that cyclekey is shipped with");
  }
  return {
    permissions: Object.fromEntries(
      permissions.entries.flatMap(({ key, value }) =>
        value.kind === "scalar" ? [[key, value.text]] : [],
      ),
    ),
    events: events.items.flatMap((item) => (item.kind === "scalar" ? [item.text] : [])),
  };
}

function entry(node: YamlNode, key: string): YamlNode | undefined {
  return node.kind === "mapping" ? node.entries.find((one) => one.key === key)?.value : undefined;
}
