/** What the doctor says of one thing. `unasked`: it could not be found out. */
export interface Remark {
  readonly verdict: "ok" | "note" | "fix" | "unasked";
  /** What is so, and what to do about it; one line. */
  readonly text: string;
}

export interface Section {
  readonly title: string;
  readonly remarks: readonly Remark[];
}

export const ok = (text: string): Remark => ({ verdict: "ok", text });
export const note = (text: string): Remark => ({ verdict: "note", text });
export const fix = (text: string): Remark => ({ verdict: "fix", text });
export const unasked = (text: string): Remark => ({ verdict: "unasked", text });

/** Names for a sentence, not more than fit into it. */
export function listNames(names: readonly string[], most = 5): string {
  const shown = names.slice(0, most).join(", ");
  return names.length > most ? `${shown} and ${names.length - most} more` : shown;
}
