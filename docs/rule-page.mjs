import { renderPlainMessage } from "../dist/core/render/message.js";
import { adaptationsOf, verificationsOf, writeTestModule } from "../dist/core/render/verification-tests.js";
import { changeSetOf, patchOf } from "./fixtures.mjs";

const LANGUAGES = {
  python: "Python modules",
  template: "Django and Jinja templates",
  requirements: "requirement, project and lock files",
};

/** The page of one rule. `reviews` are its fixtures with what a scan says of each. */
export function renderRulePage(rule, reviews) {
  const { id, title, severity, status, cwe, references, docs, seed } = rule.meta;
  const example = pickExample(rule, reviews);
  return [
    `# ${title}`,
    "",
    `\`${id}\` · ${severity}${status === "preview" ? " · preview: comments, never fails the check" : ""} · ${cwe.map(linkCwe).join(", ") || "no CWE"} · looks at ${LANGUAGES[rule.language ?? "python"]}`,
    "",
    `> ${seed}`,
    "",
    "## Why it matters",
    "",
    docs.why,
    "",
    ...(example === undefined ? [] : renderExample(rule, example)),
    "## What to do",
    "",
    docs.remedy,
    "",
    rule.suggest === undefined
      ? "No suggestion is offered: what is right here, only people can decide."
      : "A suggestion is offered where applying it was tried: the file still parses, the finding is gone and no other has come.",
    "",
    "## How to check it",
    "",
    docs.verify,
    "",
    ...renderTests(rule.meta),
    "## What it cannot see",
    "",
    docs.limits,
    "",
    "## To accept it",
    "",
    `Write \`${rule.language === "template" ? `{# cyclekey: ignore[${id}] reason #}` : `# cyclekey: ignore[${id}] reason`}\` on the line or the one above. It counts once it stands on the base branch.`,
    "",
    "## Tried on",
    "",
    `Each is a change in [fixtures/${id}](../../fixtures/${id}) with what has to be said of it.`,
    "",
    ...renderCases(rule, reviews),
    "",
    "## References",
    "",
    ...references.map((address) => `- <${address}>`),
    "",
  ].join("\n");
}

/** The clearest change that the rule speaks of alone and at its full severity. */
function pickExample({ meta }, reviews) {
  const size = ({ fixture }) => patchOf(changeSetOf(fixture)).length;
  const clear = ({ findings }) =>
    findings.length === 1 && findings[0].rule === meta.id && findings[0].severity === meta.severity;
  const heard = reviews.filter(({ findings }) => findings.some((one) => one.rule === meta.id));
  const candidates = heard.some(clear) ? heard.filter(clear) : heard;
  const fixed = candidates.filter(({ findings }) => findings.some((one) => one.suggestion));
  return [...(fixed.length > 0 ? fixed : candidates)].sort((a, b) => size(a) - size(b))[0];
}

function renderExample({ meta }, { fixture, findings }) {
  const said = findings.filter(({ rule }) => rule === meta.id);
  return [
    "## Example",
    "",
    `${sentence(fixture.name)}:`,
    "",
    fence("diff", patchOf(changeSetOf(fixture))),
    "",
    ...said.flatMap(({ region, severity, message, suggestion }) => [
      `**${severity}**, ${region.path} line ${region.startLine}${region.side === "LEFT" ? " before the change" : ""}: ${escapeProse(renderPlainMessage(message))}`,
      "",
      ...(suggestion === undefined ? [] : renderSuggestion(suggestion)),
    ]),
  ];
}

function renderSuggestion({ startLine, endLine, replacement, deletes }) {
  const lines = startLine === endLine ? `line ${startLine}` : `lines ${startLine} to ${endLine}`;
  if (deletes) return [`Suggested: without ${lines}.`, ""];
  return [`Suggested for ${lines}:`, "", fence("", replacement), ""];
}

function renderTests(meta) {
  if (meta.docs.tests.length === 0) return [];
  const verifications = verificationsOf(meta);
  return [
    `As a Django test, which fails on weakened code and passes on sound code. ${adaptationsOf(verifications).join(" ")}`,
    "",
    fence("python", writeTestModule(verifications)),
    "",
  ];
}

function renderCases({ meta }, reviews) {
  return reviews.map(({ fixture, findings }) => {
    const own = findings.filter(({ rule }) => rule === meta.id);
    const said = own.length === 0 ? "silent" : [...new Set(own.map((one) => one.severity))].join(", ");
    return `- ${sentence(fixture.name)}: ${said}`;
  });
}

/** `a-flag-is-gone` -> `A flag is gone`. */
export function sentence(name) {
  const words = name.replaceAll("-", " ");
  return words[0].toUpperCase() + words.slice(1);
}

/** A fence longer than any in the text. */
function fence(language, text) {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const ticks = "`".repeat(longest + 1);
  return `${ticks}${language}\n${text.replace(/\n$/, "")}\n${ticks}`;
}

function linkCwe(number) {
  return `[CWE-${number}](https://cwe.mitre.org/data/definitions/${number}.html)`;
}

/** Marks outside code are shown as they are; an underscore inside a name is none. */
export function escapeProse(text) {
  return text
    .split(/(`[^`]*`)/)
    .map((part, i) => (i % 2 === 1 ? part : part.replace(/[\\*<>[\]|]/g, "\\$&")))
    .join("");
}
