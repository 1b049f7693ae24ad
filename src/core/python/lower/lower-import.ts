import type { Import, ImportFrom } from "../syntax/syntax.js";
import { type Lowering, lowerName, spanOf, textOf } from "./lowering.js";
import type { RawNode } from "./raw-tree.js";

interface ImportedName {
  readonly name: string;
  readonly alias: string | undefined;
}

export function lowerImport(node: RawNode, lowering: Lowering): Import {
  return {
    kind: "import",
    span: spanOf(node, lowering),
    names: lowerNames(node.children, lowering),
  };
}

/** Also `from __future__ import ...`, which the grammar keeps apart without a module. */
export function lowerImportFrom(node: RawNode, lowering: Lowering): ImportFrom | undefined {
  const span = spanOf(node, lowering);
  if (node.type === "future_import_statement") {
    const names = lowerNames(node.children, lowering);
    return { kind: "import-from", span, level: 0, module: "__future__", names };
  }
  const [module, ...names] = node.children;
  if (module === undefined) return undefined;
  const dotted = dottedText(module, lowering);
  const level = dotted.length - dotted.replace(/^\.+/, "").length;
  const star = names.some((name) => name.type === "wildcard_import");
  return {
    kind: "import-from",
    span,
    level,
    module: dotted.slice(level),
    names: star ? "*" : lowerNames(names, lowering),
  };
}

function lowerNames(nodes: readonly RawNode[], lowering: Lowering): readonly ImportedName[] {
  return nodes.flatMap((node): ImportedName[] => {
    if (node.type === "dotted_name") {
      return [{ name: dottedText(node, lowering), alias: undefined }];
    }
    const [name, alias] = node.children;
    if (name === undefined || alias === undefined) return [];
    return [{ name: dottedText(name, lowering), alias: lowerName(alias, lowering).id }];
  });
}

/** Without the blanks and continuations that may stand around a dot. */
function dottedText(node: RawNode, lowering: Lowering): string {
  return textOf(node, lowering)
    .replace(/[\s\\]/g, "")
    .normalize("NFKC");
}
