import { cutText } from "./markdown.js";

/** A part of a text: what stands before its rows, and rows of which the last may be left out. */
export interface Section {
  /** What it is called where it has no room. */
  readonly name: string;
  readonly opening: string;
  readonly rows: readonly string[];
}

/**
 * The lead and the sections within `limit` characters, the first ones first. Only whole rows are left
 * out, so no table or code span is cut, and what is left out is said.
 */
export function fitSections(lead: string, sections: readonly Section[], limit: number): string {
  const wanted = sections.filter(({ rows }) => rows.length > 0);
  const whole = [lead, ...wanted.map(writeWhole)].join("\n\n");
  if (whole.length <= limit) return whole;
  const room = limit - writeDropped(wanted).length;
  const dropped: Section[] = [];
  let text = cutText(lead, room);
  for (const section of wanted) {
    const part = dropped.length > 0 ? "" : fitSection(section, room - text.length);
    if (part === "") dropped.push(section);
    text += part;
  }
  return text + writeDropped(dropped);
}

function writeWhole({ opening, rows }: Section): string {
  return `${opening}\n${rows.join("\n")}`;
}

function fitSection(section: Section, room: number): string {
  const { opening, rows } = section;
  const whole = `\n\n${writeWhole(section)}`;
  if (whole.length <= room) return whole;
  let text = `\n\n${opening}`;
  let shown = 0;
  for (const row of rows) {
    if (text.length + 1 + row.length + writeMore(rows.length - shown - 1).length > room) break;
    text += `\n${row}`;
    shown++;
  }
  return shown === 0 ? "" : text + writeMore(rows.length - shown);
}

function writeMore(count: number): string {
  return `\n\n… ${count} more`;
}

function writeDropped(sections: readonly Section[]): string {
  if (sections.length === 0) return "";
  const names = sections.map(({ name, rows }) => `${name} (${rows.length})`);
  return `\n\n*Not shown, for lack of space: ${names.join(", ")}.*`;
}
