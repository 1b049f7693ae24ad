import { type CheckRunInput, createCheckRun, updateCheckRun } from "../check-runs.js";
import { ApiError } from "../errors.js";
import {
  type CheckAnnotation,
  type CheckConclusion,
  type CheckStatus,
  nodeId,
  readNodeId,
} from "../store.js";
import { graphqlError, notResolved, requireAccess, type Viewer } from "./access.js";
import { checkRunNode } from "./checks.js";

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

function requireRepository(viewer: Viewer, id: string): void {
  requireAccess(viewer, "checks:write");
  if (id !== nodeId("R", viewer.forge.store.id)) throw notResolved(id);
}

/** What REST refuses with a status, GraphQL refuses with an UNPROCESSABLE error. */
function refuse(error: unknown): never {
  if (error instanceof ApiError) throw graphqlError("UNPROCESSABLE", error.message);
  throw error;
}

export async function createCheckRunMutation(viewer: Viewer, input: CheckInput): Promise<object> {
  requireRepository(viewer, input.repositoryId);
  const run = await createCheckRun(viewer.forge, viewer.token.app, readInput(input)).catch(refuse);
  return { clientMutationId: input.clientMutationId, checkRun: checkRunNode(viewer, run) };
}

export function updateCheckRunMutation(viewer: Viewer, input: CheckInput): object {
  requireRepository(viewer, input.repositoryId);
  const id = readNodeId("CR", input.checkRunId ?? "");
  const run = viewer.forge.store.checkRuns.find((one) => one.id === id);
  if (run === undefined) throw notResolved(input.checkRunId ?? "");
  try {
    updateCheckRun(viewer.forge, viewer.token.app, run, readInput(input));
  } catch (error) {
    refuse(error);
  }
  return { clientMutationId: input.clientMutationId, checkRun: checkRunNode(viewer, run) };
}
