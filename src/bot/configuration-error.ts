/** The environment does not allow to start. One line: what is wrong with which variable, and the remedy. */
export class ConfigurationError extends Error {
  override readonly name = "ConfigurationError";
}
