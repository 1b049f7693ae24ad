/** A finding that a comment tells of. */
export interface Told {
  /** 32 hexadecimal digits. */
  readonly fingerprint: string;
  /** What was told (`digestOf`); absent in comments from before it was kept. */
  readonly facts?: string;
}

/** What a comment of ours says about itself, hidden at its end. */
export type Marker =
  | {
      readonly state: "live";
      readonly told: readonly Told[];
      /** Replies up to this id ask for what the comment no longer says. */
      readonly refused?: number;
    }
  | {
      readonly state: "accepted";
      readonly told: readonly Told[];
      /** Login of who accepted it. */
      readonly by: string;
      /** Id of the reply that asked for it. */
      readonly reply: number;
      readonly reason: string;
    }
  | {
      readonly state: "resolved";
      readonly told: readonly Told[];
      /** We closed its thread, so it is ours to open again. */
      readonly thread?: true;
    };

const OPENING = "<!-- cyclekey:v1 ";
const DIGITS = (count: number) => `\\["([0-9a-f]{${count}}(?:","[0-9a-f]{${count}})*)"\\]`;
const TEXT = '"((?:[A-Za-z0-9 ]|\\\\u[0-9a-f]{4})*)"';
const ID = "([1-9]\\d{0,14})";
const LIVE = `("live")(?:,"refused":${ID})?`;
const ACCEPTED = `"accepted","by":${TEXT},"reply":${ID},"reason":${TEXT}`;
const SHAPE = new RegExp(
  `^${OPENING}\\{"fingerprints":${DIGITS(32)}(?:,"facts":${DIGITS(16)})?,"state":` +
    `(?:${LIVE}|"resolved"(,"thread":true)?|${ACCEPTED})\\} -->\\s*$`,
);

export function formatMarker(marker: Marker): string {
  const { told, state } = marker;
  const facts = told.flatMap((one) => one.facts ?? []);
  const fields = [
    `"fingerprints":${JSON.stringify(told.map(({ fingerprint }) => fingerprint))}`,
    ...(facts.length === told.length ? [`"facts":${JSON.stringify(facts)}`] : []),
    `"state":"${state}"`,
  ];
  if (state === "accepted") {
    const { by, reply, reason } = marker;
    fields.push(`"by":${quote(by)}`, `"reply":${reply}`, `"reason":${quote(reason)}`);
  }
  if (state === "live" && marker.refused !== undefined) {
    fields.push(`"refused":${marker.refused}`);
  }
  if (state === "resolved" && marker.thread) fields.push('"thread":true');
  return `${OPENING}{${fields.join(",")}} -->`;
}

/**
 * Reads the marker that ends the body. Text of the repository may look like a marker too, but ours is
 * written last, and nothing after it is accepted. Only for comments that our own App wrote.
 */
export function parseMarker(body: string): Marker | undefined {
  const start = body.lastIndexOf(OPENING);
  if (start === -1) return undefined;
  const match = SHAPE.exec(body.slice(start));
  if (match === null) return undefined;
  const [, fingerprints = "", facts, live, refused, thread, by, reply, reason] = match;
  const told = readTold(fingerprints.split('","'), facts?.split('","'));
  if (told === undefined) return undefined;
  if (by !== undefined && reply !== undefined && reason !== undefined) {
    return {
      state: "accepted",
      told,
      by: unquote(by),
      reply: Number(reply),
      reason: unquote(reason),
    };
  }
  if (live !== undefined) {
    return { state: "live", told, ...(refused === undefined ? {} : { refused: Number(refused) }) };
  }
  return { state: "resolved", told, ...(thread === undefined ? {} : { thread: true }) };
}

/** The body without its marker and the space before it. */
export function withoutMarker(body: string): string {
  return parseMarker(body) === undefined
    ? body
    : body.slice(0, body.lastIndexOf(OPENING)).trimEnd();
}

/** Undefined when the facts are not one for each fingerprint, which nobody writes. */
function readTold(
  fingerprints: readonly string[],
  facts: readonly string[] | undefined,
): readonly Told[] | undefined {
  if (facts === undefined) return fingerprints.map((fingerprint) => ({ fingerprint }));
  if (facts.length !== fingerprints.length) return undefined;
  return fingerprints.map((fingerprint, index) => ({ fingerprint, facts: facts[index] ?? "" }));
}

/** Whatever is no letter, number or space is escaped: nothing can end the comment or mean something in it. */
function quote(text: string): string {
  const escaped = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return `"${text.replace(/[^A-Za-z0-9 ]/g, escaped)}"`;
}

function unquote(text: string): string {
  return text.replace(/\\u([0-9a-f]{4})/g, (_, digits: string) =>
    String.fromCharCode(Number.parseInt(digits, 16)),
  );
}
