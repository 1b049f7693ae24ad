import { CONFIGURATION_PATH } from "../core/config/configuration-path.js";
import { type Configuration, DEFAULT_CONFIGURATION } from "../core/model/configuration.js";
import { showInvisible } from "../core/render/markdown.js";
import { RULES } from "../core/rules/index.js";
import { writeError } from "./output.js";

/** What a configuration file says; a file with problems, which are printed, counts for nothing. */
export async function configurationOf(text: string | null | undefined): Promise<Configuration> {
  if (text === undefined) return DEFAULT_CONFIGURATION;
  // Most repositories have no such file, and need no reader for it.
  const { readConfiguration } = await import("../core/config/read-configuration.js");
  const { configuration, problems } = readConfiguration(
    { repository: text },
    RULES.map(({ meta }) => meta.id),
  );
  for (const { line, detail } of problems) {
    const place = line === undefined ? CONFIGURATION_PATH : `${CONFIGURATION_PATH}:${line}`;
    await writeError(`cyclekey: ${place}: ${showInvisible(detail)}\n`);
  }
  if (problems.length > 0) await writeError("cyclekey: The file is not used; the defaults are.\n");
  return configuration;
}
