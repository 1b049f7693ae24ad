import { CONFIGURATION_PATH } from "./configuration-path.js";
import { optionsOf } from "./options.js";
import type { JsonSchema } from "./shapes.js";

/** A JSON Schema of the whole file. */
export interface FileSchema extends JsonSchema {
  readonly $schema: string;
  readonly title: string;
}

/** What editors check the file against; draft 7 is what those for YAML know best. */
export function configurationSchema(ruleIds: readonly string[]): FileSchema {
  return {
    $schema: "http://json-schema.org/draft-07/schema#",
    title: CONFIGURATION_PATH,
    ...optionsOf(ruleIds).schema,
  };
}
