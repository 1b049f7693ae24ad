import { type Palette, PLAIN } from "../core/report/palette.js";

/** Colours where a terminal shows them; `hasColors` knows NO_COLOR and TERM. */
export function terminalPalette(stream: NodeJS.WriteStream): Palette {
  if (!stream.isTTY || !stream.hasColors()) return PLAIN;
  const paint = (code: number) => (text: string) => `\u001b[${code}m${text}\u001b[0m`;
  return {
    severity: { error: paint(31), warning: paint(33), notice: paint(36) },
    strong: paint(1),
    faint: paint(2),
    added: paint(32),
    deleted: paint(31),
  };
}
