import type { ChangeSet } from "../core/model/change.js";
import type { Configuration } from "../core/model/configuration.js";
import type { FailOn } from "../core/model/review.js";
import type { ScanResult } from "../core/model/scan-result.js";
import { hidesFindings } from "../core/model/unscanned.js";
import type { ParsePython } from "../core/python/parser.js";
import { RULES } from "../core/rules/index.js";
import { scanInRounds } from "../core/scan-in-rounds.js";
import { type ChangeSetOptions, readChangeSet } from "../git/read-change-set.js";
import { readConfigurationText } from "../git/read-configuration-text.js";
import { wantedReader } from "../git/read-wanted.js";
import { UserError } from "../git/user-error.js";
import { configurationOf } from "./configuration.js";
import { EXIT, type ExitCode, exitCodeOf } from "./exit-code.js";
import { applyToWorkingTree, fixedText } from "./fix.js";
import type { Format } from "./format.js";
import { writeError, writeOut } from "./output.js";
import { renderReport } from "./report.js";

export interface ReviewOptions {
  readonly directory: string;
  readonly range: string | undefined;
  readonly format: Format;
  /** Absent: as the configuration says. */
  readonly failOn?: FailOn;
  readonly stats: boolean;
  /** Applies the suggestions to the working tree, then reviews what is left. */
  readonly fix: boolean;
}

interface Read {
  readonly changeSet: ChangeSet;
  readonly git: number;
}

interface Reviewed {
  readonly changeSet: ChangeSet;
  readonly result: ScanResult;
  readonly times: Times;
}

/** Milliseconds of each step. */
interface Times {
  readonly git: number;
  readonly grammar: number;
  readonly scan: number;
}

const META = new Map(RULES.map(({ meta }) => [meta.id, meta]));

/**
 * Reviews a range of a local repository and prints the report.
 *
 * @throws UserError for what the person can fix.
 */
export async function review(options: ReviewOptions): Promise<ExitCode> {
  const { directory, range, format } = options;
  if (options.fix && range !== undefined) throw new UserError(FIX_AND_RANGE);
  const place = range === undefined ? { directory } : { directory, range };
  const [first, text] = await Promise.all([readTimed(place), readConfigurationText(place)]);
  const configuration = await configurationOf(text);
  let reviewed = await scanTimed(place, first, configuration);
  if (options.fix) {
    const fixed = await applyToWorkingTree(directory, reviewed.changeSet, reviewed.result);
    await writeError(fixedText(fixed));
    reviewed = await scanTimed(place, await readTimed(place), configuration);
  }
  const { changeSet, result, times } = reviewed;
  await writeOut(renderReport(format, result, changeSet, configuration));
  if (options.stats) await writeError(statsText(result, times));
  const code = exitCodeOf(result, META, options.failOn ?? configuration.failOn);
  if (code === EXIT.findings && result.unscanned.some(hidesFindings)) {
    await writeError(notReviewedText(result));
  }
  return code;
}

const FIX_AND_RANGE =
  "--fix changes the working tree, so it reviews the working tree: leave the range out.";

async function readTimed(place: ChangeSetOptions): Promise<Read> {
  const start = performance.now();
  const changeSet = await readChangeSet(place);
  return { changeSet, git: performance.now() - start };
}

async function scanTimed(
  { directory }: ChangeSetOptions,
  { changeSet, git }: Read,
  configuration: Configuration,
): Promise<Reviewed> {
  const start = performance.now();
  const parse = changeSet.files.length > 0 ? await loadGrammar() : parseNothing;
  const loaded = performance.now();
  const fetch = wantedReader(directory, changeSet);
  const result = await scanInRounds(changeSet, parse, fetch, { configuration });
  const times = { git, grammar: loaded - start, scan: performance.now() - loaded };
  return { changeSet, result, times };
}

/** The grammar takes longer to load than a small review takes to run. */
async function loadGrammar(): Promise<ParsePython> {
  const { loadPython } = await import("../grammar/node.js");
  return loadPython();
}

const parseNothing: ParsePython = () => ({ failure: "parser-lost" });

function notReviewedText({ unscanned }: ScanResult): string {
  const count = unscanned.filter(hidesFindings).length;
  const files =
    count === 1 ? "1 file that could matter was" : `${count} files that could matter were`;
  return `cyclekey: ${files} not reviewed, so this is not a clean result.\n`;
}

function statsText({ stats, wanted }: ScanResult, times: Times): string {
  const { changedFiles, scannedFiles, changedBytes, contextFiles, parsedBytes } = stats;
  const number = (value: number) => value.toLocaleString("en-US");
  const left = wanted.length === 0 ? "" : `, ${number(wanted.length)} more left unread`;
  const share = changedBytes === 0 ? 0 : (100 * parsedBytes) / changedBytes;
  const took = Object.entries(times).map(([step, time]) => `${step} ${Math.round(time)} ms`);
  return [
    `files   ${number(changedFiles)} changed, ${number(scannedFiles)} read`,
    `context ${number(contextFiles)} other files read${left}`,
    `parsed  ${number(parsedBytes)} of ${number(changedBytes)} bytes in both versions of these (${share.toFixed(1)} %)`,
    `time    ${took.join(", ")}`,
    "",
  ].join("\n");
}
