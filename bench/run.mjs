import { execFileSync } from "node:child_process";
import { pathToFileURL } from "node:url";

const USAGE = `usage: npm run bench -- <repository>... [commits]

  repository  a clone of a Django project, bare or not
  commits     how many of their last first-parent commits to measure, as many of each (300)`;

/** A service is warm after its first reviews: so long the engine still compiles what it runs. */
const WARM_UP = 3;
const ROUNDS = 5;
const PARSES = 2_000;

export async function main(given) {
  const last = given.at(-1) ?? "";
  const commits = /^[1-9]\d*$/.test(last) ? Number(last) : 300;
  const directories = /^[1-9]\d*$/.test(last) ? given.slice(0, -1) : given;
  if (directories.length === 0) {
    console.error(USAGE);
    return 2;
  }
  const { scan } = await import("../dist/core/scan.js");
  const { mentionsSession } = await import("../dist/core/python/text/prefilter.js");
  const { loadPython } = await import("../dist/grammar/node.js");
  const parse = await loadPython();
  const share = Math.ceil(commits / directories.length);
  const projects = [];
  for (const directory of directories) {
    projects.push(describeProject(directory, await readChangeSets(directory, share)));
  }
  const empty = projects.find(({ texts }) => texts.length === 0);
  if (empty !== undefined) {
    console.error(`The last ${share} commits of ${empty.directory} change no Python file.`);
    return 2;
  }
  for (const project of projects) {
    const { changeSets, texts, counts } = project;
    project.times = measure({
      prefilter: () => {
        counts.matching = texts.filter(mentionsSession).length;
      },
      scan: () => {
        const results = changeSets.map((changeSet) => scan(changeSet, parse));
        counts.parsed = sum(results, (result) => result.stats.parsedBytes);
        counts.scanned = sum(results, (result) => result.stats.scannedFiles);
        counts.findings = sum(results, (result) => result.findings.length);
      },
      parse: () => {
        for (const text of texts) parse(text, undefined, (root) => root.childCount);
      },
    });
  }
  printTimes(projects);
  printSlowest(
    slowest(
      projects.flatMap(({ changeSets }) => changeSets),
      (changeSet) => scan(changeSet, parse),
    ),
    { scan, parse },
  );
  printMemory(
    projects.flatMap(({ texts }) => texts),
    parse,
  );
  return 0;
}

function describeProject(directory, changeSets) {
  const files = changeSets.flatMap((changeSet) => changeSet.files);
  const texts = files.flatMap(({ base, head }) => [base, head]).filter((text) => text !== "");
  const counts = { parsed: 0, scanned: 0, findings: 0, matching: 0 };
  return { directory, changeSets, files, texts, counts, times: {} };
}

/** The change sets of the last commits, each with every changed Python file, whether it matters or not. */
async function readChangeSets(directory, commits) {
  const changeSets = [];
  for (const range of listRanges(directory, commits)) {
    changeSets.push(await readWholeChangeSet(directory, range));
  }
  return changeSets;
}

function listRanges(directory, commits) {
  const log = execFileSync(
    "git",
    ["-C", directory, "log", "--first-parent", "--min-parents=1", `-n${commits}`, "--format=%H"],
    { encoding: "utf8" },
  );
  return log
    .split("\n")
    .filter((id) => id !== "")
    .map((id) => `${id}^..${id}`);
}

/**
 * As the command line reads it, but with the files that its gate on path and patch would leave
 * unread: the scan is timed with that gate.
 */
async function readWholeChangeSet(directory, range) {
  const { openRepository } = await import("../dist/git/repository.js");
  const { resolveRange } = await import("../dist/git/range.js");
  const { listChanges } = await import("../dist/git/list-changes.js");
  const { blobSizes, readBlobs } = await import("../dist/git/blobs.js");
  const { diffTexts } = await import("../dist/core/diff/diff-texts.js");
  const repository = await openRepository(directory);
  const comparison = await resolveRange(repository, range);
  const listing = await listChanges(repository, comparison);
  const python = listing.files.filter(
    ({ file }) => file.kind === "file" && file.path.endsWith(".py"),
  );
  const ids = python.flatMap(({ baseId, headId }) => [baseId, headId]);
  const sizes = await blobSizes(directory, [...new Set(ids.filter((id) => id !== undefined))]);
  const texts = await readBlobs(directory, sizes);
  const files = python.map(({ file, baseId, headId }) => {
    const base = texts.get(baseId) ?? "";
    const head = texts.get(headId) ?? "";
    return { ...file, base, head, hunks: file.hunks ?? diffTexts(base, head) };
  });
  return {
    base: comparison.base,
    head: comparison.head,
    changedFiles: listing.changedFiles,
    files,
    unscanned: [],
  };
}

/** Median milliseconds of each task. The rounds take turns, so that what disturbs one disturbs all. */
function measure(tasks) {
  const times = Object.fromEntries(Object.keys(tasks).map((name) => [name, []]));
  for (let round = 0; round < WARM_UP + ROUNDS; round++) {
    for (const [name, task] of Object.entries(tasks)) {
      const start = performance.now();
      task();
      if (round >= WARM_UP) times[name].push(performance.now() - start);
    }
  }
  return Object.fromEntries(Object.entries(times).map(([name, all]) => [name, median(all)]));
}

function median(numbers) {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
}

function printTimes(projects) {
  const texts = projects.flatMap((project) => project.texts);
  const total = sum(texts, (text) => text.length);
  const time = (name) => sum(projects, ({ times }) => times[name]);
  const count = (name) => sum(projects, ({ counts }) => counts[name]);
  const commits = sum(projects, ({ changeSets }) => changeSets.length);
  const files = sum(projects, (project) => project.files.length);
  console.log(
    `${commits} commits, ${files} changed Python files, ${megabytes(total)} in ${texts.length} versions`,
  );
  console.log(
    `${count("matching")} versions mention a session; ${count("scanned")} files scanned, ${megabytes(count("parsed"))} (${percent(count("parsed"), total)}) parsed, ${count("findings")} findings\n`,
  );
  printTable([
    ["", "ms", "times faster"],
    ["prefilter only", time("prefilter").toFixed(1), ratio(time("parse"), time("prefilter"))],
    ["our scan", time("scan").toFixed(1), ratio(time("parse"), time("scan"))],
    ["parsing both versions of every file", time("parse").toFixed(1), "1.0"],
  ]);
  if (projects.length < 2) return;
  console.log("");
  printTable([
    ["", "commits", "our scan", "parsing", "times faster"],
    ...projects.map(({ directory, changeSets, times }) => [
      directory,
      String(changeSets.length),
      times.scan.toFixed(1),
      times.parse.toFixed(1),
      ratio(times.parse, times.scan),
    ]),
  ]);
}

function ratio(part, whole) {
  return (part / whole).toFixed(1);
}

/** The change set whose scan takes longest, by the best of some runs: one can be disturbed. */
function slowest(changeSets, task) {
  const timed = changeSets.map((changeSet) => ({ changeSet, time: best(() => task(changeSet)) }));
  return timed.reduce((a, b) => (b.time > a.time ? b : a));
}

function best(task) {
  const times = Array.from({ length: ROUNDS }, () => {
    const start = performance.now();
    task();
    return performance.now() - start;
  });
  return Math.min(...times);
}

const SHOWN = 3;

/** Where its time goes: in which files, and of all how much in the parser and in reading its trees. */
function printSlowest({ changeSet, time }, { scan, parse }) {
  const spent = { parsing: 0, reading: 0 };
  const watched = (text, pieces, read) => {
    const start = performance.now();
    let reading = 0;
    const result = parse(text, pieces, (root) => {
      const before = performance.now();
      const value = read(root);
      reading = performance.now() - before;
      return value;
    });
    spent.reading += reading;
    spent.parsing += performance.now() - start - reading;
    return result;
  };
  const start = performance.now();
  const { stats, findings } = scan(changeSet, watched);
  const whole = performance.now() - start;
  const alone = changeSet.files
    .map((file) => {
      const one = { ...changeSet, files: [file] };
      return {
        file,
        time: best(() => scan(one, parse)),
        parsed: scan(one, parse).stats.parsedBytes,
      };
    })
    .sort((a, b) => b.time - a.time);
  const rules = whole - spent.parsing - spent.reading;
  console.log(
    `\nSlowest: ${changeSet.head.slice(0, 12)}, ${time.toFixed(1)} ms for ${changeSet.files.length} changed Python files (${stats.scannedFiles} scanned, ${megabytes(stats.parsedBytes)} parsed, ${findings.length} findings)`,
  );
  console.log(
    `  ${percent(spent.parsing, whole)} in the parser, ${percent(spent.reading, whole)} reading its trees, ${percent(rules, whole)} splitting, rules and pairing`,
  );
  for (const one of alone.slice(0, SHOWN)) {
    const size = one.file.base.length + one.file.head.length;
    console.log(
      `  ${one.time.toFixed(1)} ms alone: ${one.file.path} (${megabytes(size)}, ${megabytes(one.parsed)} parsed)`,
    );
  }
}

function printMemory(texts, parse) {
  const rows = [["parses", "RSS in MB"]];
  for (let done = 0; done <= PARSES; done++) {
    if (done % (PARSES / 4) === 0) {
      rows.push([String(done), (process.memoryUsage().rss / 2 ** 20).toFixed(0)]);
    }
    parse(texts[done % texts.length], undefined, (root) => root.childCount);
  }
  console.log("");
  printTable(rows);
}

/** The first column to the left, the others to the right. */
function printTable(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  for (const row of rows) {
    const cells = row.map((cell, column) =>
      column === 0 ? cell.padEnd(widths[column]) : cell.padStart(widths[column] + 2),
    );
    console.log(cells.join("").trimEnd());
  }
}

function sum(items, count) {
  return items.reduce((total, item) => total + count(item), 0);
}

function megabytes(units) {
  return `${(units / 1e6).toFixed(2)} MB`;
}

function percent(part, whole) {
  return `${((100 * part) / whole).toFixed(1)} %`;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  process.exitCode = await main(process.argv.slice(2));
}
