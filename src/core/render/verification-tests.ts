import type { Finding } from "../model/finding.js";
import type { RuleMeta, VerificationTest } from "../model/rule.js";
import { codeSpan } from "./markdown.js";
import { IMPORTS, SETUP, type Setup, SNIPPETS, type Snippet } from "./verification-snippets.js";

/** One ready-made test and, where it is known, the view that it has to request. */
export interface Verification {
  readonly test: VerificationTest;
  readonly view?: string | undefined;
}

/** What proves the rule, for a page that speaks of no code in particular. */
export function verificationsOf({ docs }: RuleMeta): readonly Verification[] {
  return docs.tests.map((test) => ({ test }));
}

/** What proves the finding, with the view it stands in where the rule says that it stands in one. */
export function verificationsAt(finding: Finding, rule: RuleMeta): readonly Verification[] {
  const view = rule.docs.testsView ? viewOf(finding) : undefined;
  return rule.docs.tests.map((test) => ({ test, view }));
}

/** The outermost function or class; what is served through others has no URL of its own. */
function viewOf({ message, symbol }: Finding): string | undefined {
  const [view = ""] = (message.values.view ?? symbol).split(".");
  return /^[A-Za-z_]\w*$/.test(view) && !/(?:Middleware|Backend|Form|Serializer)$/.test(view)
    ? view
    : undefined;
}

/** What to put in before the tests run, one sentence or two for each, none twice. */
export function adaptationsOf(verifications: readonly Verification[]): readonly string[] {
  return [
    ...new Set(
      verifications.map(({ test, view }) => {
        const { adapt, url } = SNIPPETS[test];
        const known = view === undefined ? undefined : `the URL that leads to ${codeSpan(view)}`;
        return adapt.replace("{url}", known ?? url?.words ?? "");
      }),
    ),
  ];
}

/** One test module with all of the tests and what they import: complete, ready to paste. */
export function writeTestModule(verifications: readonly Verification[]): string {
  const views = new Map(verifications.map(({ test, view }) => [test, view]));
  const tests = (Object.keys(SNIPPETS) as VerificationTest[]).filter((test) => views.has(test));
  const snippets = tests.map((test) => SNIPPETS[test]);
  const setup = (Object.keys(SETUP) as Setup[]).filter((name) =>
    snippets.some((snippet) => snippet.setup.includes(name)),
  );
  const parts = [
    writeImports(new Set(snippets.flatMap((snippet) => snippet.imports))),
    ...(setup.includes("cookie") ? [`\n${SETUP.cookie}`] : []),
    ...(setup.includes("store") ? [`\n\n${SETUP.store}`] : []),
    ...tests.map((test) => `\n\n${writeCode(SNIPPETS[test], views.get(test))}`),
  ];
  return parts.join("\n");
}

function writeCode({ code, url }: Snippet, view: string | undefined): string {
  if (view === undefined || url === undefined) return code;
  return code.replace(`reverse("${url.name}")`, () => `reverse("${urlNameOf(view)}")`);
}

/** `SignInView` and `sign_in` are mostly served as `sign-in`, or close to it. */
function urlNameOf(view: string): string {
  return view
    .replace(/(?:API)?View$/, "")
    .replace(/(?<=[a-z0-9])(?=[A-Z])/g, "_")
    .replace(/^$/, view)
    .toLowerCase()
    .replaceAll("_", "-");
}

function writeImports(wanted: ReadonlySet<string>): string {
  const lines = IMPORTS.filter((line) => {
    const both = wanted.has("from django.test import Client, TestCase");
    if (line === "") return wanted.has("from importlib import import_module");
    return wanted.has(line) && !(both && line === "from django.test import TestCase");
  });
  return lines.join("\n");
}
