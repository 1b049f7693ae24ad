// Writes docs/rules/*.md and docs/catalogue.md from the rules and their fixtures, docs/configuration.md
// and schema/cyclekey.schema.json from the options. With --check it
// writes nothing, names what is out of date and exits 1. Needs the built dist/.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { configurationSchema } from "../dist/core/config/json-schema.js";
import { RULES } from "../dist/core/rules/index.js";
import { scan } from "../dist/core/scan.js";
import { loadPython } from "../dist/grammar/node.js";
import { renderCatalogue, renderIndex } from "./catalogue.mjs";
import { renderConfiguration } from "./configuration-page.mjs";
import { changeSetOf, repositoryOf, readFixtures } from "./fixtures.mjs";
import { renderRulePage } from "./rule-page.mjs";

const DOCS = import.meta.dirname;
const RULE_PAGES = join(DOCS, "rules");

const parse = await loadPython();
const reviews = new Map(
  RULES.map(({ meta }) => [
    meta.id,
    readFixtures(meta.id).map((fixture) => ({
      fixture,
      findings: scan(changeSetOf(fixture), parse, { repository: repositoryOf(fixture) }).findings,
    })),
  ]),
);
const reviewsOf = ({ meta }) => reviews.get(meta.id);

const schema = configurationSchema(RULES.map(({ meta }) => meta.id));
const example = readFileSync(join(DOCS, "../schema/cyclekey.example.yml"), "utf8");

const pages = new Map([
  ["configuration.md", renderConfiguration(schema, example)],
  ["../schema/cyclekey.schema.json", `${JSON.stringify(schema, null, 2)}\n`],
  ["catalogue.md", renderCatalogue(RULES, reviewsOf)],
  ["rules/README.md", renderIndex(RULES)],
  ...RULES.map((rule) => [`rules/${rule.meta.id}.md`, renderRulePage(rule, reviewsOf(rule))]),
]);

mkdirSync(RULE_PAGES, { recursive: true });
const surplus = readdirSync(RULE_PAGES)
  .map((name) => `rules/${name}`)
  .filter((name) => !pages.has(name));
const stale = [...pages].filter(([name, text]) => read(name) !== text).map(([name]) => name);

if (process.argv.includes("--check")) {
  for (const name of [...surplus, ...stale].sort()) {
    process.stdout.write(`docs/${name} is out of date: npm run docs\n`);
  }
  process.exitCode = surplus.length + stale.length > 0 ? 1 : 0;
} else {
  for (const name of surplus) rmSync(join(DOCS, name));
  for (const name of stale) writeFileSync(join(DOCS, name), pages.get(name));
  process.stdout.write(`${pages.size} pages, ${stale.length} written, ${surplus.length} removed\n`);
}

function read(name) {
  try {
    return readFileSync(join(DOCS, name), "utf8");
  } catch {
    return undefined;
  }
}
