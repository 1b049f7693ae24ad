import { parseConstraint } from "./constraint.js";
import {
  normaliseName,
  type Piece,
  parseRequirement,
  type Requirement,
  spanIn,
} from "./requirement.js";

/** The lines of a text without their terminators. */
function* linesOf(text: string): Generator<Piece> {
  let start = 0;
  for (const [index, line] of text.split("\n").entries()) {
    yield { text: line.replace(/\r$/, ""), start, line: index + 1 };
    start += line.length + 1;
  }
}

/** What pip reads: one requirement a line, with options, comments and hashes beside it. */
export function readRequirementsText(text: string): readonly Requirement[] {
  return [...linesOf(text)].flatMap((piece) => {
    const named = namedByAddress(piece);
    if (named !== undefined) return [named];
    const code = piece.text.replace(/(?:^|\s)#.*$/, "").replace(/\s(?:--?\w.*|\\)$/, "");
    if (code.trim() === "" || /^\s*-/.test(code)) return [];
    const requirement = parseRequirement({ ...piece, text: code });
    return requirement ? [requirement] : [];
  });
}

/** `git+https://host/project.git@branch#egg=Django`, also behind `-e`: of a release that it does not tell. */
function namedByAddress(piece: Piece): Requirement | undefined {
  const found = /^\s*(?:-e\s+|--editable[ =])?\w[\w+.-]*:\S*#(?:\S*&)?egg=([\w.-]+)/.exec(
    piece.text,
  );
  const [line, egg] = found ?? [];
  if (line === undefined || egg === undefined) return undefined;
  return {
    name: normaliseName(egg),
    constraint: "",
    range: undefined,
    span: spanIn(piece, line.length - egg.length, egg.length),
    group: "",
    locked: false,
  };
}

/** `install_requires` and `extras_require` of setup.cfg: a requirement a line, indented. */
export function readSetupCfg(text: string): readonly Requirement[] {
  const found: Requirement[] = [];
  let section = "";
  let key = "";
  for (const piece of linesOf(text)) {
    const code = piece.text.replace(/(?:^|\s)[#;] .*$/, "");
    section = /^\[([^\]]*)\]/.exec(code)?.[1]?.trim() ?? section;
    const own = /^([\w.-]+)\s*=\s*/.exec(code);
    if (own !== null) key = own[1] ?? "";
    else if (/^\S/.test(code)) key = "";
    const group = cfgGroup(section, key);
    if (group === undefined) continue;
    const skip = own?.[0].length ?? 0;
    const rest = { text: code.slice(skip), start: piece.start + skip, line: piece.line };
    const requirement = rest.text.trim() === "" ? undefined : parseRequirement(rest, group);
    if (requirement) found.push(requirement);
  }
  return found;
}

function cfgGroup(section: string, key: string): string | undefined {
  if (section === "options" && key === "install_requires") return "";
  return section === "options.extras_require" && key !== "" ? key : undefined;
}

/** The lists that setup.py hands to `install_requires`, when they are written as literals. */
export function readSetupPy(text: string): readonly Requirement[] {
  const found: Requirement[] = [];
  let inside = false;
  for (const piece of linesOf(text)) {
    const opening = /\b(?:install_)?require(?:s|ments)\s*=\s*[[(]/i.exec(piece.text);
    if (opening !== null && !/\b(?:tests?|setup|extras?)_require/i.test(piece.text)) inside = true;
    if (!inside) continue;
    const from = opening === null ? 0 : opening.index + opening[0].length;
    for (const { 0: literal, index } of piece.text.matchAll(/"[^"\n]*"|'[^'\n]*'|#.*/g)) {
      if (index < from || literal.startsWith("#")) continue;
      const start = piece.start + index + 1;
      const inner = { text: literal.slice(1, -1), start, line: piece.line };
      const requirement = parseRequirement(inner);
      if (requirement) found.push(requirement);
    }
    const code = piece.text.slice(from).replace(/"[^"\n]*"|'[^'\n]*'|#.*/g, "");
    if (/[\])]/.test(code)) inside = false;
  }
  return found;
}

/** Pipfile.lock is JSON that pipenv writes with one key a line. */
export function readPipfileLock(text: string): readonly Requirement[] {
  const found: Requirement[] = [];
  let section = "";
  let name = "";
  for (const piece of linesOf(text)) {
    const opening = /^\s*"([^"]+)": \{/.exec(piece.text)?.[1];
    if (opening === "default" || opening === "develop" || opening === "_meta") section = opening;
    else if (opening !== undefined) name = opening;
    const version = /^(\s*"version": ")([^"]*)"/.exec(piece.text);
    if (version === null || section !== "default") continue;
    const [, before = "", constraint = ""] = version;
    found.push({
      name: normaliseName(name),
      constraint,
      range: parseConstraint(constraint),
      span: spanIn(piece, before.length, constraint.length),
      group: "",
      locked: true,
    });
  }
  return found;
}
