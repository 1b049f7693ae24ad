/** What a comment of ours says about itself, hidden at its end. */
export interface Marker {
  /** 32 hexadecimal digits each, at least one. */
  readonly fingerprints: readonly string[];
  readonly state: "live" | "resolved";
}

const OPENING = "<!-- cyclekey:v1 ";
const SHAPE =
  /^<!-- cyclekey:v1 \{"fingerprints":\["([0-9a-f]{32}(?:","[0-9a-f]{32})*)"\],"state":"(live|resolved)"\} -->\s*$/;

export function formatMarker({ fingerprints, state }: Marker): string {
  return `${OPENING}${JSON.stringify({ fingerprints, state })} -->`;
}

/**
 * Reads the marker that ends the body. Text of the repository may look like a marker too, but ours is
 * written last, and nothing after it is accepted. Only for comments that our own App wrote.
 */
export function parseMarker(body: string): Marker | undefined {
  const start = body.lastIndexOf(OPENING);
  if (start === -1) return undefined;
  const [, fingerprints, state] = SHAPE.exec(body.slice(start)) ?? [];
  if (fingerprints === undefined) return undefined;
  return {
    fingerprints: fingerprints.split('","'),
    state: state === "live" ? "live" : "resolved",
  };
}

/** The body without its marker and the space before it. */
export function withoutMarker(body: string): string {
  return parseMarker(body) === undefined
    ? body
    : body.slice(0, body.lastIndexOf(OPENING)).trimEnd();
}
