import type { Severity } from "../model/severity.js";

type Paint = (text: string) => string;

/** How a report is coloured. */
export interface Palette {
  readonly severity: Readonly<Record<Severity, Paint>>;
  readonly strong: Paint;
  readonly faint: Paint;
  readonly added: Paint;
  readonly deleted: Paint;
}

const asItIs: Paint = (text) => text;

/** No colour at all. */
export const PLAIN: Palette = {
  severity: { error: asItIs, warning: asItIs, notice: asItIs },
  strong: asItIs,
  faint: asItIs,
  added: asItIs,
  deleted: asItIs,
};
