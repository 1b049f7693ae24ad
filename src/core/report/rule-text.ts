import type { Rule } from "../model/rule.js";
import { compareSeverity } from "../model/severity.js";
import { adaptationsOf, verificationsOf, writeTestModule } from "../render/verification-tests.js";
import type { Palette } from "./palette.js";

/** Characters of a line of prose. */
const WIDTH = 80;

/** Every rule on a line: gravest first, then by id. Ends with a line feed. */
export function renderRuleList(rules: readonly Rule[], palette: Palette): string {
  const metas = rules
    .map(({ meta }) => meta)
    .sort((a, b) => compareSeverity(b.severity, a.severity) || (a.id < b.id ? -1 : 1));
  const width = Math.max(0, ...metas.map(({ id }) => id.length));
  const lines = metas.map(({ id, title, severity, status }) => {
    const level = palette.severity[severity](severity.padEnd("warning".length));
    const preview = status === "preview" ? palette.faint(" (preview)") : "";
    return `${level}  ${palette.strong(id.padEnd(width))}  ${title}${preview}`;
  });
  return `${lines.join("\n")}\n\ncyclekey explain <rule> says why, what to do and how to check it.\n`;
}

/** All that is to be said of one rule. Ends with a line feed. */
export function renderRule({ meta, language }: Rule, palette: Palette): string {
  const { id, title, severity, status, cwe, references, docs, seed } = meta;
  const numbers = cwe.map((number) => `CWE-${number}`).join(", ");
  const level = palette.severity[severity](severity);
  const preview = status === "preview" ? ", preview: it comments but never fails the check" : "";
  const accept = `cyclekey: ignore[${id}] reason`;
  const sections = [
    `${palette.strong(id)}: ${title}`,
    `${level}${numbers === "" ? "" : `, ${numbers}`}${preview}`,
    section("Why it matters", docs.why, palette),
    section("What to do", docs.remedy, palette),
    section("How to check it", docs.verify, palette),
    ...(docs.tests.length === 0 ? [] : [testSection(meta, palette)]),
    section("What it cannot see", docs.limits, palette),
    section("The sentence behind it", `“${seed}”`, palette),
    `${palette.strong("References")}\n${references.map((one) => `  ${one}`).join("\n")}`,
    section("To accept it", language === "template" ? `{# ${accept} #}` : `# ${accept}`, palette),
  ];
  return `${sections.join("\n\n")}\n`;
}

function section(heading: string, text: string, palette: Palette): string {
  return `${palette.strong(heading)}\n${wrap(text)}`;
}

function testSection(meta: Rule["meta"], palette: Palette): string {
  const verifications = verificationsOf(meta);
  const code = writeTestModule(verifications)
    .split("\n")
    .map((line) => (line === "" ? "" : `    ${line}`));
  return `${palette.strong("A Django test that proves it")}\n${wrap(adaptationsOf(verifications).join(" "))}\n\n${code.join("\n")}`;
}

/** Indented lines of whole words; a longer word has a line to itself. */
function wrap(text: string): string {
  const lines: string[] = [];
  let line = " ";
  for (const word of text.split(/\s+/)) {
    if (line.trim() !== "" && line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = " ";
    }
    line += ` ${word}`;
  }
  return [...lines, line].join("\n");
}
