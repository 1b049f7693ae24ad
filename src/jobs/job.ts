/** `/rescan` in a comment, waiting for its answer. */
export interface Command {
  readonly commentId: number;
  /** Login of the commenter. */
  readonly author: string;
  /** The commenter opened the pull request, so needs no permission. */
  readonly byPullRequestAuthor: boolean;
}

/** One pull request to reconcile. A delivery only names it; what is so now is read by the job. */
export interface Job {
  readonly installationId: number;
  readonly owner: string;
  readonly repo: string;
  /** Node id of the repository. */
  readonly repositoryId: string;
  readonly number: number;
  /** What the delivery said; good for saving a request, never for a decision. */
  readonly hint?: { readonly headSha: string; readonly baseSha: string };
  readonly commands: readonly Command[];
  /** Id of the delivery that asked last, for the log. */
  readonly delivery?: string;
  /**
   * Another run of this pull request may have written something whose answer we never saw, so look
   * before writing.
   */
  readonly careful?: true;
}

/** Jobs with the same key run one after the other. Starts with the tenant. */
export function jobKey(job: Job): string {
  return `${job.installationId}/${job.repositoryId}/${job.number}`;
}

/** Two jobs of one pull request as one: the newer says what is there, no command is lost. */
export function mergeJobs(older: Job, newer: Job): Job {
  const commands = new Map([...older.commands, ...newer.commands].map((c) => [c.commentId, c]));
  const hint = newer.hint ?? older.hint;
  return {
    ...newer,
    ...(hint === undefined ? {} : { hint }),
    ...(older.careful || newer.careful ? { careful: true } : {}),
    commands: [...commands.values()],
  };
}

/** Whether the newer job is about other commits, so that the work on the older is wasted. */
export function isOutdatedBy(running: Job, newer: Job): boolean {
  if (newer.hint === undefined || running.hint === undefined) return false;
  return running.hint.headSha !== newer.hint.headSha || running.hint.baseSha !== newer.hint.baseSha;
}
