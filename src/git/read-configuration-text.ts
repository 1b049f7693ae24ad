import { CONFIGURATION_PATH } from "../core/config/configuration-path.js";
import { resolveTarget } from "./range.js";
import type { ChangeSetOptions } from "./read-change-set.js";
import { readNamed } from "./read-named.js";
import { openRepository } from "./repository.js";

/**
 * The configuration file of the revision that a change is made against, never of the change itself.
 * Undefined when there is none, `null` when it is too large.
 */
export async function readConfigurationText({
  directory,
  range,
}: ChangeSetOptions): Promise<string | null | undefined> {
  const repository = await openRepository(directory);
  const name = `${await resolveTarget(repository, range)}:${CONFIGURATION_PATH}`;
  return (await readNamed(repository.directory, [name])).get(name);
}
