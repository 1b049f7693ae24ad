/** GitHub, or the way to it, failed: looking again later may succeed. */
export class Retryable extends Error {
  override readonly name: string = "Retryable";
  /** Seconds that GitHub asked for before the next request; undefined when it named none. */
  readonly retryAfter: number | undefined;

  constructor(message: string, retryAfter?: number, options?: ErrorOptions) {
    super(message, options);
    this.retryAfter = retryAfter;
  }
}

/** Our own pacing says later: nothing was sent, so it does not count as an attempt. */
export class Postponed extends Retryable {
  override readonly name = "Postponed";
}

/** What we ask for is not there, or not for us: deleted, uninstalled, suspended, not accessible. */
export class Gone extends Error {
  override readonly name = "Gone";
}

/** GitHub understood the request and refused it (422 and the like): the same request will fail again. */
export class Refused extends Error {
  override readonly name = "Refused";
  readonly status: number;

  constructor(message: string, status: number, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
  }
}

/** The pull request moved on while we worked: a newer job will do, or does, what is needed. */
export class Superseded extends Error {
  override readonly name = "Superseded";
}
