/** A start tag: its attributes with lower-case names, and the offset behind its `>`. */
export interface StartTag {
  readonly attributes: ReadonlyMap<string, string>;
  /** Template tags between the attributes, which may add or drop some. */
  readonly isConditional: boolean;
  readonly end: number;
}

/** A start tag does not grow longer; what is cut off is not read. */
const MAX_LENGTH = 4000;

const TEMPLATE = String.raw`\{%(?:[^%]|%(?!\}))*%\}|\{\{[^}]*\}\}`;
const quoted = (quote: string) =>
  String.raw`${quote}(?:${TEMPLATE}|\{(?![%{])|[^${quote}{])*${quote}`;
const TOKEN = new RegExp(
  String.raw`\s+|(?<template>${TEMPLATE})|(?<end>>)|(?<name>[^\s=>"'{}/]+)(?:\s*=\s*(?<value>${quoted('"')}|${quoted("'")}|(?:${TEMPLATE}|[^\s>"'{])+))?|.`,
  "gy",
);

/** Reads the tag whose name ends at `from`; undefined when it does not end. */
export function readStartTag(text: string, from: number): StartTag | undefined {
  const attributes = new Map<string, string>();
  let isConditional = false;
  for (const { 0: token, groups, index } of text.slice(from, from + MAX_LENGTH).matchAll(TOKEN)) {
    const { template, end, name, value } = groups ?? {};
    if (end !== undefined) return { attributes, isConditional, end: from + index + token.length };
    if (template?.startsWith("{%")) isConditional = true;
    if (name !== undefined) {
      const bare = value?.replace(/^(["'])([\s\S]*)\1$/, "$2") ?? "";
      attributes.set(name.toLowerCase(), bare.trim());
    }
  }
  return undefined;
}
