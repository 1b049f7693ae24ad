import type { FileChange } from "../model/change.js";
import type { Fix } from "../model/rule.js";
import type { PostForm } from "./forms.js";

/**
 * The token back on the line where it stood, else right behind the form's start tag: on a line of
 * its own, or in the tag's line when more of the form stands there.
 */
export function restoreToken(
  base: PostForm | undefined,
  head: PostForm,
  change: FileChange,
): readonly Fix[] {
  const [lost] = base?.tokens ?? [];
  const was = lost && change.base.slice(lost.start, lost.end);
  const isWhole = was !== undefined && /^\{[%{].*[%}]\}$/.test(was);
  const jinja = /\.(?:jinja2?|j2)$/i.test(change.path);
  const token = isWhole ? was : jinja ? "{{ csrf_input }}" : "{% csrf_token %}";
  const fixes: Fix[] = [behindTag(token, head, change.head)];
  if (lost !== undefined && lost.startLine === lost.endLine) {
    const line = change.base.split("\n")[lost.startLine - 1] ?? "";
    if (line.trim() === was) {
      fixes.unshift({ kind: "restore", startLine: lost.startLine, endLine: lost.endLine });
    }
  }
  return fixes;
}

function behindTag(token: string, { span }: PostForm, text: string): Fix {
  const lineEnd = text.indexOf("\n", span.end);
  const rest = text.slice(span.end, lineEnd === -1 ? undefined : lineEnd);
  const lines = text.split("\n");
  const line = lines[span.endLine - 1] ?? "";
  if (rest.trim() !== "") {
    const at = line.length - rest.length;
    const replaced = line.slice(0, at) + token + line.slice(at);
    return { kind: "replace", startLine: span.endLine, endLine: span.endLine, lines: [replaced] };
  }
  const own = indentation(lines[span.startLine - 1] ?? "");
  const next = indentation(lines[span.endLine] ?? "");
  const indented = next.length > own.length ? next : `${own}  `;
  return { kind: "insert", beforeLine: span.endLine + 1, lines: [indented + token] };
}

function indentation(line: string): string {
  return /^[ \t]*/.exec(line)?.[0] ?? "";
}
