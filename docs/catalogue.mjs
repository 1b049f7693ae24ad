import { escapeProse } from "./rule-page.mjs";

const ORDER = { error: 0, warning: 1, notice: 2 };

/** docs/rules/README.md: every rule on a line, the gravest first. */
export function renderIndex(rules) {
  const sorted = [...rules].sort(
    (a, b) => ORDER[a.meta.severity] - ORDER[b.meta.severity] || compare(a.meta.id, b.meta.id),
  );
  return [
    "# Rules",
    "",
    `${rules.length} rules. An error fails the check, a warning makes it neutral, a notice stands in the check run's summary only; a rule in preview comments and never fails the check. The same in a terminal: \`cyclekey rules\`, \`cyclekey explain <rule>\`.`,
    "",
    "| rule | what it says | severity | status | suggestion | CWE |",
    "|---|---|---|---|---|---|",
    ...sorted.map(
      ({ meta }) =>
        `| [\`${meta.id}\`](${meta.id}.md) | ${escapeProse(meta.title)} | ${meta.severity} | ${meta.status} | ${meta.suggestion} | ${meta.cwe.join(", ")} |`,
    ),
    "",
  ].join("\n");
}

/** docs/catalogue.md: every sentence of the founding documents that can be checked, with what checks it. */
export function renderCatalogue(rules, reviewsOf) {
  const groups = new Map();
  for (const rule of [...rules].sort((a, b) => compare(a.meta.id, b.meta.id))) {
    const seed = rule.meta.seed.replace(/\s+/g, " ").trim();
    groups.set(seed, [...(groups.get(seed) ?? []), rule]);
  }
  const sentences = [...groups].sort(([a], [b]) => compare(plain(a), plain(b)));
  return [
    "# From the founding documents to rules",
    "",
    "Every sentence of the founding documents that can be checked in a change, the rules that check it, their fixtures and their status. Written by `npm run docs`; the numbers are of fixtures in which the rule speaks and in which it has to be silent.",
    "",
    "| sentence | rule | fixtures | status |",
    "|---|---|---|---|",
    ...sentences.flatMap(([seed, members]) =>
      members.map((rule, i) => {
        const reviews = reviewsOf(rule);
        const loud = reviews.filter(({ findings }) =>
          findings.some((finding) => finding.rule === rule.meta.id),
        ).length;
        const cases = `[${loud} speak, ${reviews.length - loud} silent](../fixtures/${rule.meta.id})`;
        const name = `[\`${rule.meta.id}\`](rules/${rule.meta.id}.md)`;
        return `| ${i === 0 ? cell(seed) : "\u3003"} | ${name} | ${cases} | ${rule.meta.status} |`;
      }),
    ),
    "",
  ].join("\n");
}

function cell(text) {
  return text.replaceAll("|", "\\|");
}

function plain(text) {
  return text.replace(/[^\p{L}\p{N} ]/gu, "").toLowerCase();
}

/** By code units: the same order on every machine. */
function compare(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}
