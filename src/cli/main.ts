#!/usr/bin/env node
import { Argument, Command, CommanderError, Option } from "commander";
import type { FailOn } from "../core/model/review.js";
import { showInvisible } from "../core/render/markdown.js";
import { UserError } from "../git/user-error.js";
import { EXIT, type ExitCode } from "./exit-code.js";
import { FORMATS, type Format } from "./format.js";
import { writeError } from "./output.js";
import { readVersion } from "./version.js";

// Each command is loaded when it runs, so that help is quick and a review does not load the bot.

const program = new Command("cyclekey")
  .description("Reviews changes of Django projects for session-security regressions.")
  .version(readVersion())
  .configureHelp({ showGlobalOptions: false })
  .configureOutput({
    outputError: (text, write) => write(text.replace(/^error: /, "cyclekey: ")),
  })
  .exitOverride();

program
  .command("review")
  .description("review a range of a local git repository, also of a bare one")
  .addArgument(
    new Argument(
      "[range]",
      "<base>..<head> compares the two as they are, <base>...<head> from their merge base; " +
        "without a range, the working tree since it left the default branch",
    ),
  )
  .option("-C <dir>", "the repository, or any directory in it", ".")
  .addOption(
    new Option("--format <format>", "how to print").choices([...FORMATS]).default("pretty"),
  )
  .addOption(
    new Option(
      "--fail-on <severity>",
      "exit 1 from this severity, confidence medium or more (default: what the configuration says, else error)",
    ).choices(["error", "warning", "notice", "never"]),
  )
  .option("--fix", "apply the suggestions to the working tree, then review what is left", false)
  .option("--stats", "print files, bytes parsed and times on stderr", false)
  .addHelpText(
    "after",
    "\nExit status: 0 nothing at the level, 1 findings or a file that could not\nbe reviewed, 2 usage or input error, 3 could not finish.",
  )
  .action(async (range: string | undefined, options: ReviewFlags) => {
    const { review } = await import("./review.js");
    const { C: directory, ...rest } = options;
    process.exitCode = await review({ directory, range, ...rest });
  });

program
  .command("rules")
  .description("list every rule")
  .action(async () => {
    const { listRules } = await import("./rules.js");
    await listRules();
  });

program
  .command("explain")
  .description("say why a rule matters, what to do and how to check it")
  .argument("<rule>", "its id")
  .action(async (name: string) => {
    const { explainRule } = await import("./rules.js");
    await explainRule(name);
  });

program
  .command("serve")
  .description("run the bot (the same as npm start)")
  .action(async () => {
    const { serve } = await import("./serve.js");
    await serve();
  });

program
  .command("doctor")
  .description("say what to fix in the environment, the App and its webhook")
  .option("--url <address>", "the bot's own address, to ask it whether it is ready")
  .addHelpText(
    "after",
    "\nExit status: 0 all well, 1 something to fix, 2 GitHub could not be asked.",
  )
  .action(async ({ url }: { readonly url?: string }) => {
    const { doctor } = await import("./doctor.js");
    process.exitCode = await doctor({ url });
  });

program.showHelpAfterError("See cyclekey --help.");
for (const command of program.commands) {
  command.showHelpAfterError(`See cyclekey ${command.name()} --help.`);
}

interface ReviewFlags {
  readonly C: string;
  readonly format: Format;
  readonly failOn?: FailOn;
  readonly stats: boolean;
  readonly fix: boolean;
}

/** Prints what went wrong and says which exit status it is; commander has printed its own. */
async function report(error: unknown): Promise<ExitCode> {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.clean : EXIT.usage;
  const sentence = showInvisible(error instanceof Error ? error.message : String(error));
  if (error instanceof UserError) {
    await writeError(`cyclekey: ${sentence}\n`);
    return EXIT.usage;
  }
  await writeError(`cyclekey could not finish: ${sentence}\n`);
  return EXIT.unfinished;
}

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = await report(error);
}
