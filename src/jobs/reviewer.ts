import {
  type ConfigurationReading,
  type ConfigurationTexts,
  readConfiguration,
} from "../core/config/read-configuration.js";
import type { ChangeSet } from "../core/model/change.js";
import type { ReviewLimits } from "../core/model/review.js";
import type { Rule } from "../core/model/rule.js";
import type { ScanResult } from "../core/model/scan-result.js";
import type { ParsePython } from "../core/python/parser.js";
import type { Fetched } from "../core/repository/fetched.js";
import { scanInRounds } from "../core/scan-in-rounds.js";
import type { InstallationClient } from "../github/client/client.js";
import type { Repository } from "../github/client/target.js";
import type { Range } from "../github/files/read-range.js";
import { wantedReader } from "../github/files/read-wanted.js";

/** What every review is made with. */
export interface ReviewerOptions {
  readonly parse: ParsePython;
  readonly rules: readonly Rule[];
  readonly limits: ReviewLimits;
  readonly docsUrl?: string | undefined;
}

/** What the owners decided, and what of it could not be read. */
export function policyOf(
  { rules }: ReviewerOptions,
  texts: ConfigurationTexts,
): ConfigurationReading {
  return readConfiguration(
    texts,
    rules.map(({ meta }) => meta.id),
  );
}

/** Scans a range, reading of the repository what the scan asks for. */
export async function scanRange(
  { parse, rules }: ReviewerOptions,
  client: InstallationClient,
  repository: Repository,
  range: Range,
  changes: ChangeSet,
  { configuration }: ConfigurationReading,
  before?: Fetched,
): Promise<ScanResult> {
  const fetch = wantedReader(client, repository, range);
  const around = before === undefined ? {} : { before };
  return await scanInRounds(changes, parse, fetch, { rules, configuration, ...around });
}
