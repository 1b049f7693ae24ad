import type { Finding } from "../model/finding.js";
import type { DataCategory, InventoryEntry, PostureEntry } from "../model/scan-result.js";
import type { CheckContent } from "./check-content.js";
import type { Section } from "./fit-sections.js";
import { codeCell } from "./markdown.js";
import { linkRule } from "./words.js";

const CATEGORIES: Readonly<Record<DataCategory, string>> = {
  credential: "credential",
  token: "token",
  otp: "one-time code",
  payment: "payment data",
  "government-id": "government id",
  health: "health data",
  personal: "personal data",
  identity: "identity",
  elevation: "rights",
  handshake: "login handshake",
  other: "other",
  unknown: "not recognised",
};
const CHANGES = { added: "new", changed: "new value", removed: "removed" } as const;
const DIRECTIONS: Readonly<Record<PostureEntry["direction"], string>> = {
  weaker: "**weaker**",
  stronger: "stronger",
  different: "different",
};

export function postureSection({ scan }: CheckContent): Section {
  return {
    name: "Session settings that change",
    opening: `### Session settings that change\n\n${tableHead(["Setting", "Before", "After", "Change", "File"])}`,
    rows: scan.posture.map(({ setting, base, head, direction, path }) =>
      tableRow([
        codeCell(setting),
        codeCell(base),
        codeCell(head),
        DIRECTIONS[direction],
        codeCell(path),
      ]),
    ),
  };
}

export function inventorySection(content: CheckContent): Section {
  const head = ["Change", "Key", "Kind", "Protection", "Value comes from", "Written in", "Finding"];
  return {
    name: "Session data",
    opening: `### Session data that changes\n\n${tableHead(head)}`,
    rows: content.scan.inventory.map((entry) => {
      const { key, category, protection, path, line, symbol, change, value } = entry;
      return tableRow([
        CHANGES[change ?? "added"],
        codeCell(key),
        CATEGORIES[category],
        protection,
        value === undefined ? "" : codeCell(value),
        `${codeCell(path)}, line ${line}${symbol === "" ? "" : `, ${codeCell(symbol)}`}`,
        findingCell(entry, content),
      ]);
    }),
  };
}

/** The rules that speak where the key is written, and what became of it. */
function findingCell(entry: InventoryEntry, content: CheckContent): string {
  const { findings, verdict, scan } = content;
  const speaking: readonly (readonly [readonly Finding[], string])[] = [
    [findings, ""],
    [verdict.accepted.map(({ finding }) => finding), ", accepted"],
    [scan.suppressed, ", silenced"],
  ];
  const rules = speaking.flatMap(([all, fate]) =>
    all
      .filter(standsAt(entry))
      .map(({ rule, severity }) => `${severity}: ${linkRule(rule, content)}${fate}`),
  );
  return [...new Set(rules)].join("; ");
}

function standsAt({ path, line, change }: InventoryEntry): (finding: Finding) => boolean {
  const side = change === "removed" ? "LEFT" : "RIGHT";
  return ({ region }) =>
    region.path === path &&
    region.side === side &&
    region.startLine <= line &&
    line <= region.endLine;
}

function tableHead(names: readonly string[]): string {
  return `${tableRow(names)}\n|${"---|".repeat(names.length)}`;
}

function tableRow(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}
