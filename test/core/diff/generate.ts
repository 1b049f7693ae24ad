import fc from "fast-check";

/** Lines that are few, so that diffs find context, and odd, so that line counting is tested. */
const line = fc.constantFrom(
  "a = 1",
  "b = 2",
  "SESSION_COOKIE_SECURE = True",
  "    return x",
  "",
  " ",
  "-- dashes",
  "++ pluses",
  "-",
  "+",
  "\\ No newline at end of file",
  "@@ -1 +1 @@",
  "--- a",
  "diff --git a/x b/x",
  "one\u2028line",
  "one\u2029line",
  "form\ffeed",
  "lone\rreturn",
  "\ufeffbom",
  "é ü 漢 😀",
);
const terminator = fc.constantFrom("\n", "\n", "\n", "\n", "\r\n");
const fullLine = fc.tuple(line, terminator).map(([text, end]) => text + end);

const edit = fc.tuple(
  fc.nat({ max: 40 }),
  fc.nat({ max: 3 }),
  fc.array(fullLine, { maxLength: 3 }),
);

/** Two versions of a file: the second is the first with a few edits. */
export const versions = fc
  .tuple(
    fc.array(fullLine, { maxLength: 40 }),
    fc.array(edit, { maxLength: 5 }),
    fc.boolean(),
    fc.boolean(),
  )
  .map(([lines, edits, cutBase, cutHead]) => {
    const changed = [...lines];
    for (const [at, remove, insert] of edits) changed.splice(at, remove, ...insert);
    return { base: finish(lines, cutBase), head: finish(changed, cutHead) };
  });

function finish(lines: readonly string[], cut: boolean): string {
  const text = lines.join("");
  return cut ? text.replace(/\r?\n$/, "") : text;
}
