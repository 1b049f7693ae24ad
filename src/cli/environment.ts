import { type Environment, readEnvironment } from "../bot/environment.js";

/** @throws ConfigurationError naming every variable that is wrong. */
export function botEnvironment(): Environment {
  return readEnvironment(process.env);
}
