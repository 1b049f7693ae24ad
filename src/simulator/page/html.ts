/** A piece of HTML that is already safe. */
export interface Html {
  readonly html: string;
}

type Piece = Html | readonly Html[] | string | number | undefined | false;

export function escapeHtml(text: string): string {
  return text
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/"/g, "&quot;")
    .replace(/'/g, "&#39;");
}

function show(piece: Piece): string {
  if (piece === undefined || piece === false) return "";
  if (typeof piece === "string") return escapeHtml(piece);
  if (typeof piece === "number") return String(piece);
  if ("html" in piece) return piece.html;
  return piece.map((one) => one.html).join("");
}

/** Tagged template: whatever is filled in is escaped, unless it is Html. */
export function html(parts: TemplateStringsArray, ...pieces: readonly Piece[]): Html {
  const filled = parts.map((part, index) =>
    index < pieces.length ? part + show(pieces[index]) : part,
  );
  return { html: filled.join("") };
}

/** Vouches for HTML that was made safe elsewhere. */
export function trusted(text: string): Html {
  return { html: text };
}
