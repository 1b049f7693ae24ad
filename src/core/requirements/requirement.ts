import type { Span } from "../model/source.js";
import { parseConstraint, type Range } from "./constraint.js";

/** What one file asks for of one package, or what a lock file resolved it to. */
export interface Requirement {
  /** Normalised as in PEP 503: lower case, one `-` for every run of `-`, `_` and `.`. */
  readonly name: string;
  /** As written, without the name: `>=4.2,<5`; empty when any version will do. */
  readonly constraint: string;
  /** Undefined when the constraint cannot be read: a URL, a template's hole. */
  readonly range: Range | undefined;
  /** Of the constraint; of the name when there is none. */
  readonly span: Span;
  /** The extra or dependency group it belongs to; empty for what is always installed. */
  readonly group: string;
  /** The file is a lock file: the version was resolved, not asked for. */
  readonly locked: boolean;
}

export function normaliseName(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, "-");
}

const REQUIREMENT = /^([A-Za-z0-9][A-Za-z0-9._-]*) ?(?:\[[^\]]*\])?([^[\]]*)$/;

/** Longer ones do not name a version. */
const MAX_LENGTH = 1000;

/** A place in a file: the text of a line or of a string, and where it begins. */
export interface Piece {
  readonly text: string;
  /** Offset into the file. */
  readonly start: number;
  /** 1-based. */
  readonly line: number;
}

/** Reads a requirement of PEP 508; undefined for what is none. */
export function parseRequirement(piece: Piece, group = ""): Requirement | undefined {
  if (piece.text.length > MAX_LENGTH) return undefined;
  const [specification = ""] = piece.text.split(";");
  const match = REQUIREMENT.exec(specification.trim());
  if (match === null) return undefined;
  const [, name = "", rest = ""] = match;
  const constraint = rest.trim();
  const shown = constraint === "" ? name : constraint;
  return {
    name: normaliseName(name),
    constraint,
    range: parseConstraint(constraint),
    span: spanIn(piece, specification.lastIndexOf(shown), shown.length),
    group,
    locked: false,
  };
}

/** A piece of one line as a span of the file. */
export function spanIn({ start, line }: Piece, at: number, length: number): Span {
  return { start: start + at, end: start + at + length, startLine: line, endLine: line };
}
