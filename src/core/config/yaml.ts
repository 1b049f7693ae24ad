import {
  EVENT_ID,
  type Event,
  getScalarValue,
  parseEvents,
  SCALAR_STYLE,
  YAMLException,
} from "js-yaml";
import { createLineTable } from "../python/text/lines.js";

/** What stands in a YAML file, with the line on which it begins. */
export type YamlNode =
  | { readonly kind: "mapping"; readonly line: number; readonly entries: readonly YamlEntry[] }
  | { readonly kind: "sequence"; readonly line: number; readonly items: readonly YamlNode[] }
  | {
      readonly kind: "scalar";
      readonly line: number;
      readonly text: string;
      /** Without quotes, so that it can stand for a number or a truth value. */
      readonly plain: boolean;
    };

export interface YamlEntry {
  readonly key: string;
  readonly line: number;
  readonly value: YamlNode;
}

/** A problem with the text as such; `line` is undefined when all of it is meant. */
export interface YamlProblem {
  readonly line: number | undefined;
  readonly detail: string;
}

/** No option is nested deeper than two levels; the rest is room for a clear message. */
const MAX_DEPTH = 8;
/** The longest configuration that makes sense is a tenth of it. */
const MAX_LENGTH = 65_536;

/**
 * Reads a text as YAML 1.2 without anchors, aliases and tags: what is written is all there is, and
 * nothing can be blown up. Mappings are lists of entries, so no key means anything to JavaScript.
 * An empty text has no node.
 */
export function readYaml(text: string): YamlNode | YamlProblem | undefined {
  if (text.length > MAX_LENGTH) {
    return { line: undefined, detail: `The file is longer than ${MAX_LENGTH} characters.` };
  }
  const { lineAt } = createLineTable(text);
  try {
    return build(text, parseEvents(text, { maxDepth: MAX_DEPTH }), lineAt);
  } catch (error) {
    if (error instanceof Refusal) return { line: error.line, detail: error.message };
    const position = error instanceof YAMLException ? error.mark?.position : undefined;
    const reason = error instanceof YAMLException ? error.reason : "it could not be read";
    return {
      line: position === undefined ? undefined : lineAt(position),
      detail: `This is not YAML: ${reason}.`,
    };
  }
}

/** Something that YAML allows and we do not; never leaves this file. */
class Refusal extends Error {
  readonly line: number | undefined;

  constructor(line: number | undefined, detail: string) {
    super(detail);
    this.line = line;
  }
}

function build(
  text: string,
  events: readonly Event[],
  lineAt: (offset: number) => number,
): YamlNode | undefined {
  let at = 0;
  let line = 1;

  /** Depth is bounded by the parser. */
  const readNode = (): YamlNode | undefined => {
    const event = events[at++];
    if (event === undefined || event.type === EVENT_ID.POP) return undefined;
    if (event.type === EVENT_ID.DOCUMENT) return readDocument();
    if (event.type === EVENT_ID.ALIAS) {
      throw new Refusal(lineAt(event.anchorStart), "Aliases are not supported: write it out.");
    }
    const start = event.type === EVENT_ID.SCALAR ? event.valueStart : event.start;
    // An empty value has no place of its own: it stands where the last thing stood.
    if (start >= 0) line = lineAt(start);
    if (event.anchorStart >= 0) {
      throw new Refusal(lineAt(event.anchorStart), "Anchors are not supported: write it out.");
    }
    if (event.tagStart >= 0) {
      throw new Refusal(lineAt(event.tagStart), "Tags are not supported.");
    }
    if (event.type === EVENT_ID.SEQUENCE) return { kind: "sequence", line, items: readItems() };
    if (event.type === EVENT_ID.MAPPING) return { kind: "mapping", line, entries: readEntries() };
    const plain = event.style === SCALAR_STYLE.PLAIN;
    return { kind: "scalar", line, text: start < 0 ? "" : getScalarValue(text, event), plain };
  };

  const readDocument = (): YamlNode | undefined => {
    const node = readNode();
    if (events.slice(at).some(({ type }) => type === EVENT_ID.DOCUMENT)) {
      throw new Refusal(undefined, "The file holds more than one YAML document.");
    }
    return node;
  };

  const readItems = (): readonly YamlNode[] => {
    const items: YamlNode[] = [];
    for (let node = readNode(); node !== undefined; node = readNode()) items.push(node);
    return items;
  };

  const readEntries = (): readonly YamlEntry[] => {
    const entries: YamlEntry[] = [];
    const known = new Set<string>();
    for (let key = readNode(); key !== undefined; key = readNode()) {
      if (key.kind !== "scalar") throw new Refusal(key.line, "A key has to be a word.");
      if (known.has(key.text)) throw new Refusal(key.line, `${quote(key.text)} stands here twice.`);
      known.add(key.text);
      const value = readNode();
      if (value !== undefined) entries.push({ key: key.text, line: key.line, value });
    }
    return entries;
  };

  return readNode();
}

/** A piece of the file in a message: short, and on one line. */
export function quote(text: string): string {
  const characters = [...text.replace(/[\p{C}\p{Z}]+/gu, " ")];
  return `"${characters.slice(0, 60).join("")}${characters.length > 60 ? "…" : ""}"`;
}
