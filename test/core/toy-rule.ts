import { message } from "../../src/core/model/message.js";
import type { Evidence, PythonRule } from "../../src/core/model/rule.js";

/**
 * A rule that reads without a grammar: `secure(KEY)` and `insecure(KEY)` on a line of their own are
 * facts of strength 1 and 0. It fixes by writing `secure` again. Both are words of the field: a
 * change without any is not looked at.
 */
export const toyRule: PythonRule = {
  meta: {
    id: "toy",
    title: "Toy",
    severity: "error",
    status: "stable",
    suggestion: "safe",
    seed: "Be safe.",
    cwe: [],
    references: [],
    docs: { why: "", remedy: "", verify: "", tests: [], limits: "" },
  },
  detect: ({ text }) => {
    const facts: Evidence[] = [];
    let start = 0;
    for (const [index, line] of text.split("\n").entries()) {
      const match = /^(secure|insecure)\((\w+)\)/.exec(line);
      if (match) {
        const place = { start, end: start + line.length, startLine: index + 1, endLine: index + 1 };
        facts.push({
          identity: match[2]!,
          symbol: "",
          strength: match[1] === "secure" ? 1 : 0,
          span: place,
          guards: [],
          confidence: "high",
          values: { key: match[2]! },
        });
      }
      start += line.length + 1;
    }
    return facts;
  },
  judge: ({ head }) => ({
    severity: "error",
    confidence: "high",
    message: message("{key} became weak", { key: head.values.key! }),
  }),
  suggest: ({ head }) => {
    const line = head.span!.startLine;
    return [
      { kind: "replace", startLine: line, endLine: line, lines: [`secure(${head.identity})`] },
    ];
  },
};
