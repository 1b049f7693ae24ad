import { type CheckRunInput, createCheckRun, updateCheckRun } from "../checks/check-runs.js";
import { ApiError } from "../platform/errors.js";
import { readNodeId } from "../platform/node-id.js";
import type { CheckAnnotation, CheckConclusion, CheckStatus } from "../platform/store.js";
import { type Caller, graphqlError, notResolved, requireAccess, type Viewer } from "./access.js";
import { checkRunNode } from "./checks.js";
import { findRepository } from "./nodes.js";

/** CreateCheckRunInput and UpdateCheckRunInput, after GraphQL has checked their types. */
interface CheckInput {
  readonly clientMutationId?: string | null;
  readonly repositoryId: string;
  readonly checkRunId?: string;
  readonly name?: string | null;
  readonly headSha?: string | null;
  readonly detailsUrl?: string | null;
  readonly externalId?: string | null;
  readonly status?: string | null;
  readonly conclusion?: string | null;
  readonly startedAt?: string | null;
  readonly completedAt?: string | null;
  readonly output?: {
    readonly title: string;
    readonly summary: string;
    readonly text?: string | null;
    readonly annotations?: readonly AnnotationInput[] | null;
  } | null;
}

interface AnnotationInput {
  readonly path: string;
  readonly location: { readonly startLine: number; readonly endLine: number };
  readonly annotationLevel: string;
  readonly message: string;
  readonly title?: string | null;
}

function readAnnotation(input: AnnotationInput): CheckAnnotation {
  return {
    path: input.path,
    startLine: input.location.startLine,
    endLine: input.location.endLine,
    level: input.annotationLevel.toLowerCase() as CheckAnnotation["level"],
    title: input.title ?? undefined,
    message: input.message,
  };
}

function readInput(input: CheckInput): CheckRunInput {
  const { output } = input;
  return {
    name: input.name ?? undefined,
    headSha: input.headSha ?? undefined,
    detailsUrl: input.detailsUrl ?? undefined,
    externalId: input.externalId ?? undefined,
    status: input.status?.toLowerCase() as CheckStatus | undefined,
    conclusion: input.conclusion?.toLowerCase() as CheckConclusion | undefined,
    startedAt: input.startedAt ?? undefined,
    completedAt: input.completedAt ?? undefined,
    output: output
      ? {
          title: output.title,
          summary: output.summary,
          text: output.text ?? undefined,
          annotations: (output.annotations ?? []).map(readAnnotation),
        }
      : undefined,
  };
}

/** The repository that a mutation is for; who may not write checks is told so first. */
function calledRepository(caller: Caller, id: string): Viewer {
  requireAccess(caller, "checks:write");
  return findRepository(caller, id);
}

/** What REST refuses with a status, GraphQL refuses with an UNPROCESSABLE error. */
function refuse(error: unknown): never {
  if (error instanceof ApiError) throw graphqlError("UNPROCESSABLE", error.message);
  throw error;
}

export async function createCheckRunMutation(caller: Caller, input: CheckInput): Promise<object> {
  const viewer = calledRepository(caller, input.repositoryId);
  const run = await createCheckRun(viewer.forge, caller.app, readInput(input)).catch(refuse);
  return { clientMutationId: input.clientMutationId, checkRun: checkRunNode(viewer, run) };
}

export function updateCheckRunMutation(caller: Caller, input: CheckInput): object {
  const viewer = calledRepository(caller, input.repositoryId);
  const id = readNodeId("CR", input.checkRunId ?? "");
  const run = viewer.forge.store.checkRuns.find((one) => one.id === id);
  if (run === undefined) throw notResolved(input.checkRunId ?? "");
  try {
    updateCheckRun(viewer.forge, caller.app, run, readInput(input));
  } catch (error) {
    refuse(error);
  }
  return { clientMutationId: input.clientMutationId, checkRun: checkRunNode(viewer, run) };
}
