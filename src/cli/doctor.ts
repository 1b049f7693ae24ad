import { readFileSync } from "node:fs";
import { ConfigurationError } from "../bot/configuration-error.js";
import type { Environment } from "../bot/environment.js";
import { createGitHub } from "../github/client/client.js";
import { examineApp } from "./doctor/examine.js";
import { readManifest } from "./doctor/manifest.js";
import { printSections } from "./doctor/print.js";
import { fix, ok, type Remark, type Section } from "./doctor/remark.js";
import { botEnvironment } from "./environment.js";
import { writeOut } from "./output.js";
import { terminalPalette } from "./terminal-palette.js";

export interface DoctorOptions {
  /** The bot's own address, to ask it whether it is ready. */
  readonly url: string | undefined;
}

const READY_WITHIN = 5_000;
const SILENT = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

/** Says what of the bot's surroundings has to be fixed: 0 nothing, 1 something, 2 it cannot be asked. */
export async function doctor({ url }: DoctorOptions): Promise<0 | 1 | 2> {
  const environment = tryEnvironment();
  const sections: Section[] = [{ title: "Environment", remarks: judgeEnvironment(environment) }];
  if (url !== undefined) sections.push({ title: "Bot", remarks: [await askReady(url)] });
  if (!(environment instanceof ConfigurationError)) {
    const { appId, privateKey, baseUrl } = environment;
    const github = createGitHub({ appId, privateKey, baseUrl, log: SILENT });
    const manifest = readManifest(readFileSync(new URL("../../app.yml", import.meta.url), "utf8"));
    sections.push(...(await examineApp({ environment, github, manifest })));
  }
  await writeOut(printSections(sections, terminalPalette(process.stdout)));
  const verdicts = new Set(sections.flatMap(({ remarks }) => remarks).map((one) => one.verdict));
  if (verdicts.has("fix")) return 1;
  return verdicts.has("unasked") ? 2 : 0;
}

function tryEnvironment(): Environment | ConfigurationError {
  try {
    return botEnvironment();
  } catch (error) {
    if (error instanceof ConfigurationError) return error;
    throw error;
  }
}

function judgeEnvironment(environment: Environment | ConfigurationError): readonly Remark[] {
  if (environment instanceof ConfigurationError) {
    return environment.problems.map((problem) => fix(`${problem}.`));
  }
  const { appId, baseUrl, webhookSecrets } = environment;
  const rotating = webhookSecrets.length > 1 ? ", and the one before it is still taken" : "";
  return [
    ok(`App ${appId} at ${baseUrl}.`),
    ok("The private key can be read."),
    ok(`The webhook secret is long enough${rotating}.`),
  ];
}

async function askReady(url: string): Promise<Remark> {
  if (!URL.canParse("/readyz", url))
    return fix(`${url} is no address: give one with http:// or https://`);
  const address = new URL("/readyz", url).href;
  try {
    const { status } = await fetch(address, { signal: AbortSignal.timeout(READY_WITHIN) });
    return status === 200
      ? ok(`${address} says that the bot is ready.`)
      : fix(`${address} answered ${status}: the bot is stopping or cannot work; look at its log.`);
  } catch {
    return fix(`${address} does not answer: see that the bot runs and listens there (HOST, PORT).`);
  }
}
