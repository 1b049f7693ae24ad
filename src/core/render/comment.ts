import { languageOf } from "../language.js";
import type { Finding, Suggestion } from "../model/finding.js";
import { codeSpan, plainSentence } from "./markdown.js";
import { renderMessage } from "./message.js";
import { isSuggestible, renderProposal, renderSuggestion, retireSuggestion } from "./suggestion.js";
import { adaptationsOf, verificationsAt, writeTestModule } from "./verification-tests.js";
import {
  ACCEPTORS,
  type Catalogue,
  capitalise,
  linkRule,
  SEVERITY_WORDS,
  titleOf,
} from "./words.js";

export interface CommentContent extends Catalogue {
  /** What stands on these lines, gravest first; at least one. */
  readonly findings: readonly Finding[];
  /** The suggestion that replaces exactly the lines of the comment. */
  readonly suggestion?: Suggestion | undefined;
  /** Said before everything else: what happened to a comment that is rewritten. */
  readonly opening?: string | undefined;
  /** Characters of the body. */
  readonly limit: number;
}

/** A review comment without its marker. What does not fit is left out whole, the least needed first. */
export function renderComment(content: CommentContent): string {
  const opening = content.opening === undefined ? [] : [content.opening];
  const findings = content.findings.map((finding) => renderFinding(finding, content));
  const change = renderChange(content);
  const verification = renderVerification(content);
  const footer = renderFooter(content);
  const versions = [
    [...opening, ...findings, ...change, ...verification, footer],
    [...opening, ...findings, ...change, footer],
    [...opening, ...findings, footer],
    [...opening, ...content.findings.map((finding) => renderHeading(finding, content)), footer],
  ];
  const bodies = versions.map((parts) => parts.join("\n\n"));
  return bodies.find((body) => body.length <= content.limit) ?? footer;
}

export interface AcceptedContent extends Catalogue {
  /** What was accepted, gravest first; at least one. */
  readonly findings: readonly Finding[];
  /** Login of who accepted it. */
  readonly by: string;
  readonly reason: string;
  readonly limit: number;
}

/** A comment whose findings someone accepted: who and why, and what it is about folded below. */
export function renderAccepted({ by, reason, limit, ...about }: AcceptedContent): string {
  const news = [
    `**Accepted by ${codeSpan(by)}**: ${plainSentence(reason)}`,
    "It no longer fails the check of this pull request. To take that back, reply `/reopen`.",
  ].join("\n\n");
  const titles = [...new Set(about.findings.map((finding) => titleOf(finding, about)))];
  const fold = (text: string) =>
    `${news}\n\n<details>\n<summary>${titles.join("; ").replaceAll("`", "")}</summary>\n\n${text}\n\n</details>`;
  const folded = fold(renderComment({ ...about, limit: limit - fold("").length }));
  return folded.length <= limit ? folded : news;
}

/** A comment whose findings are gone: the news, and what it said folded below; nothing when that is empty. */
export function renderResolved(body: string, sha: string, limit: number): string {
  const news = `**Resolved in ${sha}.** Thank you.`;
  const folded = [
    news,
    "<details>\n<summary>What it was about</summary>",
    retireSuggestion(body),
    "</details>",
  ].join("\n\n");
  return body !== "" && folded.length <= limit ? folded : news;
}

function renderHeading(finding: Finding, catalogue: Catalogue): string {
  return `**${SEVERITY_WORDS[finding.severity]}: ${titleOf(finding, catalogue)}**`;
}

function renderFinding(finding: Finding, content: CommentContent): string {
  const rule = content.rules.get(finding.rule);
  const parts = [renderHeading(finding, content), renderMessage(finding.message)];
  if (rule) parts.push(rule.docs.why);
  const fixed = finding.suggestion !== undefined && offeredSuggestions(content).length > 0;
  if (rule && !fixed) parts.push(rule.docs.remedy);
  if (finding.confidence === "low") {
    parts.push("cyclekey is not sure about this one: please check it yourself.");
  }
  if (finding.suppression?.added) {
    parts.push(
      "The ignore comment on it is new in this pull request, so it does not silence the finding yet.",
    );
  }
  return parts.join("\n\n");
}

/** Off the lines that it replaces a suggestion is only shown: its button would replace others. */
function renderChange(content: CommentContent): readonly string[] {
  const render = content.suggestion === undefined ? renderProposal : renderSuggestion;
  return offeredSuggestions(content).map(render);
}

function offeredSuggestions({ findings, suggestion }: CommentContent): readonly Suggestion[] {
  if (suggestion !== undefined) return isSuggestible(suggestion) ? [suggestion] : [];
  const byLines = new Map<string, Suggestion>();
  for (const { suggestion: own } of findings) {
    if (own !== undefined && isSuggestible(own)) byLines.set(JSON.stringify(own), own);
  }
  return [...byLines.values()];
}

function renderVerification({ findings, rules }: CommentContent): readonly string[] {
  const known = findings.flatMap((finding) => {
    const rule = rules.get(finding.rule);
    return rule === undefined ? [] : [{ finding, rule }];
  });
  const steps = [...new Set(known.map(({ rule }) => rule.docs.verify))].filter(
    (text) => text !== "",
  );
  const verifications = known.flatMap(({ finding, rule }) => verificationsAt(finding, rule));
  if (steps.length + verifications.length === 0) return [];
  const paste =
    verifications.length === 0
      ? []
      : [
          `Or as a Django test, which passes once this is fixed. ${adaptationsOf(verifications).join(" ")}`,
          `\`\`\`python\n${writeTestModule(verifications)}\n\`\`\``,
        ];
  return [
    ["<details>\n<summary>How to verify</summary>", ...steps, ...paste, "</details>"].join("\n\n"),
  ];
}

function ignoreComment(rules: readonly string[], path: string): string {
  const directive = `cyclekey: ignore[${rules.join(", ")}] reason`;
  const isTemplate = languageOf({ path, basePath: path }) === "template";
  return isTemplate ? `{# ${directive} #}` : `# ${directive}`;
}

/** Where to read on, and what to do if it is meant to be so. */
function renderFooter({ findings, ...catalogue }: CommentContent): string {
  const rules = [...new Set(findings.map(({ rule }) => rule))];
  const [first = ""] = rules;
  const path = findings[0]?.region.path ?? "";
  const named = rules.map((rule) => linkRule(rule, catalogue)).join(", ");
  const django = catalogue.rules
    .get(first)
    ?.references.find((address) => address.startsWith("https://docs.djangoproject.com/"));
  return [
    `<sub>${rules.length === 1 ? "Rule" : "Rules"}: ${named}.`,
    ...(django === undefined ? [] : [`See also [Django's documentation](${django}).`]),
    `Intended? ${capitalise(ACCEPTORS[catalogue.acceptPermission])} who did not open the pull request can reply \`/accept\` with a reason.`,
    `To silence it for good: \`${ignoreComment(rules, path)}\` on the line or the one above; it counts once it is on the base branch.</sub>`,
  ].join(" ");
}
