import { cutText } from "./markdown.js";

/** A part of a text: what stands before its rows, and rows of which the last may be left out. */
export interface Section {
  readonly opening: string;
  readonly rows: readonly string[];
}

/** Room kept for the heading and the "more" line of each section still to come. */
const RESERVE = 300;

/**
 * The lead and as much of each section as fits into `limit` characters. Only whole rows are left
 * out, so no table or code span is cut, and how many is said.
 */
export function fitSections(lead: string, sections: readonly Section[], limit: number): string {
  let text = cutText(lead, limit);
  const wanted = sections.filter(({ rows }) => rows.length > 0);
  for (const [index, section] of wanted.entries()) {
    const reserved = RESERVE * (wanted.length - 1 - index);
    text += fitSection(section, limit - reserved - text.length);
  }
  return text;
}

function fitSection({ opening, rows }: Section, room: number): string {
  const whole = `\n\n${opening}\n${rows.join("\n")}`;
  if (whole.length <= room) return whole;
  let text = `\n\n${opening}`;
  let shown = 0;
  for (const row of rows) {
    const more = moreLine(rows.length - shown - 1);
    if (text.length + 1 + row.length + more.length > room) break;
    text += `\n${row}`;
    shown++;
  }
  if (shown === 0) return "";
  return text + moreLine(rows.length - shown);
}

function moreLine(count: number): string {
  return `\n\n… ${count} more`;
}
