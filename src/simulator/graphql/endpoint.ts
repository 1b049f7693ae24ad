import { buildSchema, type GraphQLError, graphql } from "graphql";
import type { Answer } from "../answer.js";
import type { Forge } from "../forge.js";
import type { Body } from "../route.js";
import { nodeId, readNodeId, type TokenRecord } from "../store.js";
import { graphqlError, notResolved, type Viewer } from "./access.js";
import { createCheckRunMutation, updateCheckRunMutation } from "./check-run-mutations.js";
import { checkRunNode } from "./checks.js";
import { minimizeComment, resolveReviewThread, unminimizeComment } from "./comment-mutations.js";
import { repositoryNode } from "./repository.js";
import { SCHEMA } from "./schema.js";
import { commentNode } from "./threads.js";

const schema = buildSchema(SCHEMA);

interface Input<T> {
  readonly input: T;
}

function nodeById(viewer: Viewer, id: string): object {
  const { store } = viewer.forge;
  if (id === nodeId("R", store.id)) return repositoryNode(viewer);
  const comment = store.reviewComments.find((one) => one.id === readNodeId("PRRC", id));
  if (comment !== undefined) return commentNode(viewer, comment);
  const run = store.checkRuns.find((one) => one.id === readNodeId("CR", id));
  if (run !== undefined) return checkRunNode(viewer, run);
  throw notResolved(id);
}

/** Queries and mutations; the objects they return resolve their own fields. */
function rootFor(viewer: Viewer) {
  const { owner, name } = viewer.forge.store;
  return {
    repository: (args: { readonly owner: string; readonly name: string }) => {
      const asked = `${args.owner}/${args.name}`;
      if (asked.toLowerCase() === `${owner}/${name}`.toLowerCase()) return repositoryNode(viewer);
      const message = `Could not resolve to a Repository with the name '${asked}'.`;
      throw graphqlError("NOT_FOUND", message);
    },
    node: ({ id }: { readonly id: string }) => nodeById(viewer, id),
    createCheckRun: ({ input }: Input<Parameters<typeof createCheckRunMutation>[1]>) =>
      createCheckRunMutation(viewer, input),
    updateCheckRun: ({ input }: Input<Parameters<typeof updateCheckRunMutation>[1]>) =>
      updateCheckRunMutation(viewer, input),
    minimizeComment: ({ input }: Input<Parameters<typeof minimizeComment>[1]>) =>
      minimizeComment(viewer, input),
    unminimizeComment: ({ input }: Input<Parameters<typeof unminimizeComment>[1]>) =>
      unminimizeComment(viewer, input),
    resolveReviewThread: ({ input }: Input<Parameters<typeof resolveReviewThread>[1]>) =>
      resolveReviewThread(viewer, input),
  };
}

function errorJson(error: GraphQLError) {
  const { type, ...extensions } = error.extensions;
  return {
    ...(type === undefined ? {} : { type }),
    ...(error.path === undefined ? {} : { path: error.path }),
    ...(Object.keys(extensions).length === 0 ? {} : { extensions }),
    locations: error.locations ?? [],
    message: error.message,
  };
}

/** GitHub answers 200 to everything it could read, errors included. */
export async function answerGraphql(forge: Forge, token: TokenRecord, body: Body): Promise<Answer> {
  const { query, variables, operationName } = body;
  if (typeof query !== "string") {
    const errors = [{ message: "A query attribute must be specified and must be a string." }];
    return { status: 200, body: { errors } };
  }
  const result = await graphql({
    schema,
    source: query,
    rootValue: rootFor({ forge, token }),
    variableValues: (variables ?? {}) as Record<string, unknown>,
    operationName: typeof operationName === "string" ? operationName : undefined,
  });
  const data = result.data === undefined ? {} : { data: result.data };
  const errors = result.errors ? { errors: result.errors.map(errorJson) } : {};
  return { status: 200, body: { ...data, ...errors } };
}
