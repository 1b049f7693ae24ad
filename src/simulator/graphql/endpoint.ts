import { buildSchema, type GraphQLError, graphql } from "graphql";
import type { Answer } from "../http/answer.js";
import type { Body } from "../http/route.js";
import type { TokenRecord } from "../platform/app-records.js";
import { type Platform, visibleForge } from "../platform/platform.js";
import { type Caller, graphqlError } from "./access.js";
import { createCheckRunMutation, updateCheckRunMutation } from "./check-run-mutations.js";
import {
  minimizeComment,
  resolveReviewThread,
  unminimizeComment,
  unresolveReviewThread,
} from "./comment-mutations.js";
import { tooManyNodes } from "./node-limit.js";
import { nodeById } from "./nodes.js";
import { repositoryNode } from "./repository.js";
import { SCHEMA } from "./schema.js";

const schema = buildSchema(SCHEMA);

type Mutation = (caller: Caller, input: never) => object | Promise<object>;

const MUTATIONS: Readonly<Record<string, Mutation>> = {
  createCheckRun: createCheckRunMutation,
  updateCheckRun: updateCheckRunMutation,
  minimizeComment,
  unminimizeComment,
  resolveReviewThread,
  unresolveReviewThread,
};

/** A list answers in the order asked, null and an error for what is not there. */
function nodesById(caller: Caller, ids: readonly string[]): readonly (object | Error)[] {
  return ids.map((id) => {
    try {
      return nodeById(caller, id);
    } catch (error) {
      return error as Error;
    }
  });
}

/** Queries and mutations; the objects they return resolve their own fields. */
function rootFor(caller: Caller) {
  const mutations = Object.entries(MUTATIONS).map(([name, mutate]) => [
    name,
    ({ input }: { readonly input: never }) => mutate(caller, input),
  ]);
  return {
    repository: (args: { readonly owner: string; readonly name: string }) => {
      const { platform, token } = caller;
      const forge = visibleForge(platform, token, args.owner, args.name);
      if (forge !== undefined) return repositoryNode({ ...caller, forge });
      const asked = `${args.owner}/${args.name}`;
      const message = `Could not resolve to a Repository with the name '${asked}'.`;
      throw graphqlError("NOT_FOUND", message);
    },
    node: ({ id }: { readonly id: string }) => nodeById(caller, id),
    nodes: ({ ids }: { readonly ids: readonly string[] }) => nodesById(caller, ids),
    ...Object.fromEntries(mutations),
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
export async function answerGraphql(
  platform: Platform,
  token: TokenRecord,
  body: Body,
): Promise<Answer> {
  const { query, variables, operationName } = body;
  if (typeof query !== "string") {
    const errors = [{ message: "A query attribute must be specified and must be a string." }];
    return { status: 200, body: { errors } };
  }
  const excess = tooManyNodes(query);
  if (excess !== undefined) return { status: 200, body: { errors: [errorJson(excess)] } };
  const result = await graphql({
    schema,
    source: query,
    rootValue: rootFor({ platform, token, app: token.installation.app }),
    variableValues: (variables ?? {}) as Record<string, unknown>,
    operationName: typeof operationName === "string" ? operationName : undefined,
  });
  const data = result.data === undefined ? {} : { data: result.data };
  const errors = result.errors ? { errors: result.errors.map(errorJson) } : {};
  return { status: 200, body: { ...data, ...errors } };
}
