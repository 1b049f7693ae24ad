import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { copyGrammar, readPin } from "../../grammars/copy.mjs";
import { GrammarError, loadPython } from "../../src/grammar/node.js";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "cyclekey-grammar-"));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe("the pinned grammar", () => {
  it("is copied from the installed package and loaded from the copy", async () => {
    copyGrammar(folder);
    writeFileSync(join(folder, "python.json"), JSON.stringify(readPin()));
    const parse = await loadPython(pathToFileURL(`${folder}/`));
    const result = parse("x = 1\n", undefined, (root) => root.toString());
    expect(result).toEqual({
      value: "(module (expression_statement (assignment left: (identifier) right: (integer))))",
    });
  });

  it("is not loaded when the copy is not the pinned file", async () => {
    writeFileSync(join(folder, "python.json"), JSON.stringify(readPin()));
    writeFileSync(join(folder, readPin().file), "not a grammar");
    const loading = loadPython(pathToFileURL(`${folder}/`));
    await expect(loading).rejects.toThrow(GrammarError);
    await expect(loading).rejects.toThrow(/npm run build/);
  });

  it("says what to run when it was never copied", async () => {
    const empty = mkdtempSync(join(folder, "empty-"));
    writeFileSync(join(empty, "python.json"), JSON.stringify(readPin()));
    const loading = loadPython(pathToFileURL(`${empty}/`));
    await expect(loading).rejects.toThrow(/is missing: run `npm run build`/);
  });

  it("is not copied when the installed package holds something else", () => {
    const target = mkdtempSync(join(folder, "other-"));
    const pin = { ...readPin(), sha256: "0".repeat(64) };
    expect(() => copyGrammar(target, pin)).toThrow(/is not the pinned 0\.25\.0: sha256 1610/);
  });

  it("is not copied when the package is not installed", () => {
    const pin = { ...readPin(), package: "no-such-grammar" };
    expect(() => copyGrammar(folder, pin)).toThrow(/no-such-grammar 0\.25\.0 is not installed/);
  });
});
