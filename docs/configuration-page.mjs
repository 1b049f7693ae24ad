/** docs/configuration.md: the options as the schema tells them, around the example. */
export function renderConfiguration(schema, example) {
  const options = Object.entries(schema.properties).flatMap(([name, option]) =>
    optionsIn(name, option),
  );
  return [
    "# Configuration",
    "",
    `\`${schema.title}\` says how a repository is reviewed. It is read from the default branch, at one commit, and never from a pull request: a change of it takes effect once it is merged, and the check run of the pull request says so. The command line reads the file of the base revision.`,
    "",
    "The same path in the organisation's `.github` repository supplies defaults: an option that the repository's file does not name is the organisation's, and of `rules` each rule is an option. A list that the repository gives replaces the organisation's.",
    "",
    "A file with a problem is not used at all: the check run names the problem with its line, and the organisation's options or the defaults hold. There are no other options, no anchors, aliases or tags, and nothing is fetched from elsewhere (`_extends` is refused). The file may have 65,536 characters.",
    "",
    "## Options",
    "",
    "| option | value | default | what it does |",
    "|---|---|---|---|",
    ...options.map(
      ({ name, option }) =>
        `| \`${name}\` | ${valueOf(option)} | ${defaultOf(option)} | ${escapeCell(option.description)} |`,
    ),
    "",
    "A glob is a path from the root of the repository: `*` stands for anything but a slash, `?` for one character, `**` between slashes for any number of folders, and a slash at the end for all that is in the folder. A file that is renamed is left out of the review only if both of its names are.",
    "",
    "Which files can matter is told from their names and patches before the options are read. A change that shows nothing of sessions or logins but the name of a function in `rotation-helpers`, in a file with a neutral name, is therefore not seen.",
    "",
    "## Example",
    "",
    "```yaml",
    example.trimEnd(),
    "```",
    "",
    "## Help in the editor",
    "",
    "[schema/cyclekey.schema.json](../schema/cyclekey.schema.json) is the JSON Schema of the file. Editors with the YAML language server take it from a first line like this, with the path to a copy of the schema:",
    "",
    "```yaml",
    "# yaml-language-server: $schema=./cyclekey.schema.json",
    "```",
    "",
    "## Silencing one place in the source",
    "",
    "```python",
    'request.session["otp"] = code  # cyclekey: ignore[otp-in-session] valid for a minute, one try',
    "```",
    "",
    "The comment stands behind the code, or alone on the line above it, and names one rule or several with commas between them. In templates it is a template comment or one of HTML. It works from the moment it stands in the base of a pull request; with code that moves, or is edited, it goes along. Added by the pull request itself it does not silence: the finding stays and says so. The reason is not optional. A comment without one, with a rule that does not exist, or at code in which its rule sees nothing is named in the check run when the pull request touches it.",
    "",
  ].join("\n");
}

function optionsIn(name, option) {
  if (option.description !== undefined) return [{ name, option }];
  return Object.entries(option.properties).flatMap(([key, inner]) =>
    optionsIn(`${name}.${key}`, inner),
  );
}

function valueOf(option) {
  if (option.enum !== undefined) return option.enum.map((word) => `\`${word}\``).join(", ");
  switch (option.type) {
    case "integer":
      return `${option.minimum} to ${option.maximum}`;
    case "boolean":
      return "`true`, `false`";
    case "array":
      return `list of up to ${option.maxItems}`;
    default:
      return `a rule: ${valueOf(Object.values(option.properties)[0])}`;
  }
}

function defaultOf(option) {
  const value = option.default;
  if (value === null) return "none";
  return typeof value === "object" ? "empty" : `\`${value}\``;
}

function escapeCell(text) {
  return text.replaceAll("|", "\\|").replaceAll("*", "\\*");
}
