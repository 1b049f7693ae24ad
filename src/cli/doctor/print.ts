import { showInvisible } from "../../core/render/markdown.js";
import type { Palette } from "../../core/report/palette.js";
import type { Remark, Section } from "./remark.js";

const SIGNS: Readonly<Record<Remark["verdict"], string>> = {
  ok: "ok",
  note: "note",
  fix: "fix",
  unasked: "?",
};
const WIDTH = 4;

export function printSections(sections: readonly Section[], palette: Palette): string {
  const blocks = sections.map(({ title, remarks }) => {
    const lines = remarks.map(
      (remark) => `  ${signOf(remark, palette)}  ${showInvisible(remark.text)}`,
    );
    return [palette.strong(title), ...lines].join("\n");
  });
  return `${[...blocks, conclude(sections)].join("\n\n")}\n`;
}

function signOf({ verdict }: Remark, palette: Palette): string {
  const { error, warning, notice } = palette.severity;
  const paint = { ok: palette.added, note: notice, fix: error, unasked: warning }[verdict];
  return paint(SIGNS[verdict].padEnd(WIDTH));
}

function conclude(sections: readonly Section[]): string {
  const count = (verdict: Remark["verdict"]) =>
    sections.flatMap(({ remarks }) => remarks).filter((one) => one.verdict === verdict).length;
  const parts = [
    ...(count("fix") === 0
      ? []
      : [count("fix") === 1 ? "1 thing to fix" : `${count("fix")} things to fix`]),
    ...(count("unasked") === 0 ? [] : [`${count("unasked")} not found out`]),
  ];
  return parts.length === 0 ? "All well." : `${parts.join(", ")}.`;
}
