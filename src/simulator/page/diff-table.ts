import type { Side } from "../../core/model/source.js";
import type { PatchHunk, PatchRow } from "../git/patch.js";
import { highlight } from "./highlight.js";
import { type Html, html } from "./html.js";

/** What stands under a line of a diff. */
export type BelowLine = (side: Side, line: number) => readonly Html[];

const SIGN: Readonly<Record<PatchRow["kind"], string>> = { context: " ", added: "+", deleted: "-" };

export function diffRow(path: string, row: PatchRow): Html {
  return html`<tr class="${row.kind}"><td class="number" data-line="${row.left}"></td><td class="number" data-line="${row.right}"></td><td class="code"><span class="sign">${SIGN[row.kind]}</span>${highlight(path, row.text)}</td></tr>
`;
}

function below(row: PatchRow, belowLine: BelowLine): readonly Html[] {
  const left = row.left === undefined ? [] : belowLine("LEFT", row.left);
  const right = row.right === undefined ? [] : belowLine("RIGHT", row.right);
  return [...left, ...right].map(
    (one) => html`<tr class="inline"><td colspan="3">${one}</td></tr>`,
  );
}

/** The hunks of one file with their line numbers and whatever belongs under a line. */
export function diffTable(path: string, hunks: readonly PatchHunk[], belowLine: BelowLine): Html {
  const rows = hunks.flatMap((hunk) => [
    html`<tr class="hunk"><td class="number"></td><td class="number"></td><td class="code">${hunk.header}</td></tr>`,
    ...hunk.rows.flatMap((row) => [diffRow(path, row), ...below(row, belowLine)]),
  ]);
  return html`<table class="diff"><tbody>${rows}</tbody></table>`;
}
