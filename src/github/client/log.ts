/** What we need of a logger; pino's fits. Fields never hold bodies, tokens or signatures. */
export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}
