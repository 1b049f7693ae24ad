import type { Reporter, TestCase, TestModule } from "vitest/node";

/**
 * Prints one line for each layer that was skipped because a program is missing, and the closing
 * line `tests: N passed, N failed, N skipped`.
 */
export default class ClosingLineReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const inState = (state: string) => tests.filter((test) => test.result().state === state);
    const skipped = inState("skipped");
    for (const [layer, count] of countByLayer(skipped)) {
      console.log(`skipped layer: ${layer} (${count} tests)`);
    }
    const broken = modules.filter((module) => module.errors().length > 0).length;
    const failed = inState("failed").length + broken + errors.length;
    console.log(
      `tests: ${inState("passed").length} passed, ${failed} failed, ${skipped.length} skipped`,
    );
  }
}

function countByLayer(tests: readonly TestCase[]): Map<string, number> {
  const layers = new Map<string, number>();
  for (const test of tests) {
    const layer = test.fullName.split(" > ")[0] ?? test.name;
    layers.set(layer, (layers.get(layer) ?? 0) + 1);
  }
  return layers;
}
