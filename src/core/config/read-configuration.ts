import {
  type Configuration,
  type ConfigurationProblem,
  DEFAULT_CONFIGURATION as DEFAULTS,
} from "../model/configuration.js";
import { optionsOf, type WrittenConfiguration } from "./options.js";
import { readYaml } from "./yaml.js";

/** Absent: there is no such file. `null`: there is one, and it is no text. */
export interface ConfigurationTexts {
  readonly repository?: string | null | undefined;
  readonly organisation?: string | null | undefined;
}

export interface ConfigurationReading {
  readonly configuration: Configuration;
  readonly problems: readonly ConfigurationProblem[];
}

/** Problems of one file that are told; a file with more needs another look anyway. */
const MAX_PROBLEMS = 10;

/**
 * The configuration that two files make: the organisation's gives what the repository's leaves open,
 * option by option. A file with a problem counts as if it were not there, all of it, so that a
 * typing error never leaves half of what was meant.
 */
export function readConfiguration(
  texts: ConfigurationTexts,
  ruleIds: Iterable<string>,
): ConfigurationReading {
  const options = optionsOf([...ruleIds]);
  const problems: ConfigurationProblem[] = [];
  const read = (source: ConfigurationProblem["source"]): WrittenConfiguration => {
    const found = readFile(texts[source], source, options);
    problems.push(...found.problems);
    return found.problems.length === 0 ? found.written : {};
  };
  const configuration = fillIn(read("repository"), read("organisation"));
  return { configuration, problems };
}

function readFile(
  text: string | null | undefined,
  source: ConfigurationProblem["source"],
  options: ReturnType<typeof optionsOf>,
): { readonly written: WrittenConfiguration; readonly problems: readonly ConfigurationProblem[] } {
  const problems: ConfigurationProblem[] = [];
  const report = (line: number | undefined, detail: string) => {
    problems.push({ source, line, detail });
  };
  if (text === null) report(undefined, "The file is not text, or too large.");
  const content = readYaml(text ?? "");
  if (content === undefined) return { written: {}, problems };
  if ("detail" in content) {
    report(content.line, content.detail);
    return { written: {}, problems };
  }
  const written = options.read(content, "", report) ?? {};
  const more = problems.length - MAX_PROBLEMS;
  if (more > 0) {
    problems.length = MAX_PROBLEMS;
    report(undefined, `There are ${more} more problems in the file.`);
  }
  return { written, problems };
}

/** The first that says something of an option decides it; rules are options of their own. */
function fillIn(repository: WrittenConfiguration, organisation: WrittenConfiguration) {
  const first = <T>(of: (written: WrittenConfiguration) => T | undefined, otherwise: T): T =>
    of(repository) ?? of(organisation) ?? otherwise;
  const configuration: Configuration = {
    rules: new Map([...(organisation.rules ?? []), ...(repository.rules ?? [])]),
    failOn: first((one) => one["fail-on"], DEFAULTS.failOn),
    ignoredPaths: first((one) => one.paths?.ignore, DEFAULTS.ignoredPaths),
    settings: {
      production: first((one) => one.settings?.production, DEFAULTS.settings.production),
      development: first((one) => one.settings?.development, DEFAULTS.settings.development),
    },
    maxSessionAge: first((one) => one["session-cookie-age"]?.max, DEFAULTS.maxSessionAge),
    sensitiveKeys: {
      add: first((one) => one["sensitive-keys"]?.add, DEFAULTS.sensitiveKeys.add),
      allow: first((one) => one["sensitive-keys"]?.allow, DEFAULTS.sensitiveKeys.allow),
    },
    rotationHelpers: first((one) => one["rotation-helpers"], DEFAULTS.rotationHelpers),
    comments: {
      max: first((one) => one.comments?.max, DEFAULTS.comments.max),
      drafts: first((one) => one.comments?.drafts, DEFAULTS.comments.drafts),
    },
    acceptPermission: first((one) => one.accept?.permission, DEFAULTS.acceptPermission),
    onError: first((one) => one["on-error"], DEFAULTS.onError),
  };
  return configuration;
}
