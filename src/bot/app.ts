import type { Probot } from "probot";
import type { Log } from "../github/log.js";
import type { Job } from "../jobs/job.js";
import type { Queue } from "../jobs/queue.js";
import type { CommandLimit } from "./command-limit.js";
import { EVENTS, jobFromComment, jobFromPullRequest } from "./delivery-to-job.js";
import type { Deliver } from "./webhook-endpoint.js";

/** The queue takes no more, so the delivery must not be acknowledged. */
class QueueFull extends Error {
  override readonly name = "QueueFull";
}

export interface AppOptions {
  readonly queue: Queue;
  readonly commandLimit: CommandLimit;
  readonly log: Log;
}

/**
 * Turns deliveries into jobs. Probot dispatches the events and nothing else: the handlers never use
 * its client, and end before anything is asked of GitHub.
 */
export function createApp(probot: Probot, { queue, commandLimit, log }: AppOptions): Deliver {
  probot.on([...EVENTS], ({ id, name, payload }) => {
    const job = toJob(name, payload, id);
    if (job === undefined) return;
    for (const { author } of job.commands) {
      if (!commandLimit.take(job.installationId, `${job.repositoryId}/${job.number}`, author)) {
        log.info({ delivery: id, installation: job.installationId }, "too many commands");
        return;
      }
    }
    if (!queue.add(job)) throw new QueueFull("the queue takes no more jobs");
    log.info(
      {
        delivery: id,
        event: name,
        installation: job.installationId,
        repository: job.repositoryId,
        pullRequest: job.number,
      },
      "job queued",
    );
  });

  return async ({ id, event, payload }) => {
    const delivery = { id, name: event, payload } as unknown;
    try {
      await probot.receive(delivery as Parameters<Probot["receive"]>[0]);
      return "accepted";
    } catch (error) {
      if (isFull(error)) return "busy";
      throw error;
    }
  };
}

function toJob(event: string, payload: unknown, delivery: string): Job | undefined {
  return event === "issue_comment"
    ? jobFromComment(payload, delivery)
    : jobFromPullRequest(payload, delivery);
}

/** Probot wraps what handlers throw. */
function isFull(error: unknown): boolean {
  const errors: readonly unknown[] = error instanceof AggregateError ? error.errors : [error];
  return errors.some((one) => one instanceof QueueFull);
}
