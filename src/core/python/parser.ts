import type { Node } from "web-tree-sitter";
import type { Span } from "../model/source.js";

/** Why a text was not parsed. */
export type ParseFailure = "too-large" | "too-slow" | "parser-lost";

/**
 * Parses the given pieces of `text` (in order, not overlapping; the whole text without `pieces`) and
 * hands the root node to `read`. The tree is freed before the call returns, so nothing of it may be
 * kept. A failure is returned, never thrown.
 */
export type ParsePython = <T>(
  text: string,
  pieces: readonly Span[] | undefined,
  read: (root: Node) => T,
) => { readonly value: T } | { readonly failure: ParseFailure };
