import { env } from "node:process";

/** Where git finds its own parts and its users' configuration; every other `GIT_` variable goes. */
const KEPT: ReadonlySet<string> = new Set([
  "GIT_CEILING_DIRECTORIES",
  "GIT_CONFIG_GLOBAL",
  "GIT_CONFIG_NOSYSTEM",
  "GIT_CONFIG_SYSTEM",
  "GIT_DISCOVERY_ACROSS_FILESYSTEM",
  "GIT_EXEC_PATH",
]);

/**
 * The environment of every git process. Variables that point at another repository (as git sets
 * them inside a hook), run programs or change the output are taken out, so that the repository under
 * `-C` is the one that is read, and nothing is written to it or fetched into it.
 */
export function gitEnvironment(): NodeJS.ProcessEnv {
  const inherited = Object.entries(env).filter(
    ([name]) => !name.startsWith("GIT_") || KEPT.has(name),
  );
  return {
    ...Object.fromEntries(inherited),
    LC_ALL: "C",
    GIT_NO_LAZY_FETCH: "1",
    GIT_NO_REPLACE_OBJECTS: "1",
    GIT_OPTIONAL_LOCKS: "0",
    GIT_TERMINAL_PROMPT: "0",
  };
}
