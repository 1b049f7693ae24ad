/** The repository that a job is about, and the tenant that it belongs to. */
export interface Place {
  readonly installationId: number;
  readonly owner: string;
  readonly repo: string;
  /** Node id of the repository. */
  readonly repositoryId: string;
}

/** A comment in the conversation that begins with a command, waiting for its answer. */
export interface Command {
  readonly commentId: number;
  /** Login of the commenter. */
  readonly author: string;
  /** The commenter opened the pull request, so needs no permission. */
  readonly byPullRequestAuthor: boolean;
  /** It belongs into the thread of a finding, so it is refused here. */
  readonly misplaced?: true;
}

/** What a delivery said; good for saving a request, never for a decision. */
export interface Hint {
  readonly headSha: string;
  readonly baseSha: string;
  /** The base is the branch that the repository shows first. */
  readonly ontoDefaultBranch?: true;
}

interface AnyJob extends Place {
  /** Id of the delivery that asked last, for the log. */
  readonly delivery?: string;
  /** Someone asked for the check: it is written again where it stands already. */
  readonly again?: true;
}

/** One pull request to reconcile. A delivery only names it; what is so now is read by the job. */
export interface PullRequestJob extends AnyJob {
  readonly kind: "pull-request";
  readonly number: number;
  readonly hint?: Hint;
  /** Something of ours may stand on its head already, so look before writing. */
  readonly careful?: true;
  readonly commands: readonly Command[];
  /** Heads that pushes took it away from, as deliveries said: a check of ours may be open there. */
  readonly left?: readonly string[];
  /** Nothing beside the commands asked for it: when none is admitted, nothing is done. */
  readonly commandsOnly?: true;
}

/** What a merge queue is about to put on a branch: its check decides whether it does. */
export interface MergeGroupJob extends AnyJob {
  readonly kind: "merge-group";
  readonly baseSha: string;
  readonly headSha: string;
  /** `gh-readonly-queue/<base>/pr-<number>-<sha>`, where it is known. */
  readonly headRef?: string;
}

/** Checks of a commit are wanted again, and nothing says what for. */
export interface CommitJob extends AnyJob {
  readonly kind: "commit";
  readonly headSha: string;
  /** The branch that GitHub names with the commit. */
  readonly headRef?: string;
}

export type Job = PullRequestJob | MergeGroupJob | CommitJob;

/** The place alone, of whatever has one. */
export function placeOf({ installationId, owner, repo, repositoryId }: Place): Place {
  return { installationId, owner, repo, repositoryId };
}

/** Jobs with the same key run one after the other. Starts with the tenant. */
export function jobKey(job: Job): string {
  const repository = `${job.installationId}/${job.repositoryId}`;
  return job.kind === "pull-request"
    ? `${repository}/${job.number}`
    : `${repository}/${job.kind}/${job.headSha}`;
}

/** Each may cost a request. */
const MAX_LEFT = 5;

/** Two jobs of one key as one: the newer says what is there, no command is lost. */
export function mergeJobs(older: Job, newer: Job): Job {
  const again = older.again || newer.again ? { again: true as const } : {};
  if (older.kind !== "pull-request" || newer.kind !== "pull-request") return { ...newer, ...again };
  const { commandsOnly, ...rest } = newer;
  const commands = new Map([...older.commands, ...newer.commands].map((c) => [c.commentId, c]));
  const hint = newer.hint ?? older.hint;
  const left = [...new Set([...(older.left ?? []), ...(newer.left ?? [])])].slice(-MAX_LEFT);
  return {
    ...rest,
    ...again,
    ...(older.careful || newer.careful ? { careful: true } : {}),
    ...(hint === undefined ? {} : { hint }),
    ...(left.length === 0 ? {} : { left }),
    ...(commandsOnly && older.commandsOnly ? { commandsOnly } : {}),
    commands: [...commands.values()],
  };
}

/** Whether the newer job is about other commits, so that the work on the older is wasted. */
export function isOutdatedBy(running: Job, newer: Job): boolean {
  if (running.kind !== "pull-request" || newer.kind !== "pull-request") return false;
  if (newer.hint === undefined || running.hint === undefined) return false;
  return running.hint.headSha !== newer.hint.headSha || running.hint.baseSha !== newer.hint.baseSha;
}

/** Whether a person waits for an answer. */
export function isAwaited(job: Job): boolean {
  return job.again === true || (job.kind === "pull-request" && job.commands.length > 0);
}

/** A job as the log names it. */
export function describeJob(job: Job): object {
  return {
    installation: job.installationId,
    repository: job.repositoryId,
    ...(job.kind === "pull-request"
      ? { pullRequest: job.number }
      : { [job.kind === "commit" ? "commit" : "mergeGroup"]: job.headSha.slice(0, 12) }),
    delivery: job.delivery,
  };
}
