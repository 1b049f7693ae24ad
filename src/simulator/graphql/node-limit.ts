import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLError,
  Kind,
  parse,
  type SelectionSetNode,
} from "graphql";
import { graphqlError } from "./access.js";

/** No query may ask for more nodes than this, whether they are there or not. */
const MAX_NODES = 500_000;
/** Selections of a query that can be answered nest no deeper; fragments in a circle would. */
const MAX_DEPTH = 40;

/** What a field asks for: `first` or `last` of a connection, or 1. */
function sizeOf(field: FieldNode): number {
  const page = field.arguments?.find(({ name }) => ["first", "last"].includes(name.value));
  return page?.value.kind === Kind.INT ? Number(page.value.value) : 0;
}

function definitionsOf(query: string): DocumentNode["definitions"] {
  try {
    return parse(query).definitions;
  } catch {
    return []; // What cannot be parsed is refused when it is executed.
  }
}

/** GitHub's refusal of a query whose connections, multiplied along their nesting, ask for too much. */
export function tooManyNodes(query: string): GraphQLError | undefined {
  const definitions = definitionsOf(query);
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const one of definitions) {
    if (one.kind === Kind.FRAGMENT_DEFINITION) fragments.set(one.name.value, one);
  }

  function count(selections: SelectionSetNode | undefined, times: number, depth: number): number {
    if (depth > MAX_DEPTH) return 0;
    let total = 0;
    for (const one of selections?.selections ?? []) {
      if (one.kind === Kind.FIELD) {
        const size = sizeOf(one);
        total += times * size + count(one.selectionSet, times * Math.max(1, size), depth + 1);
      } else if (one.kind === Kind.INLINE_FRAGMENT) {
        total += count(one.selectionSet, times, depth + 1);
      } else {
        total += count(fragments.get(one.name.value)?.selectionSet, times, depth + 1);
      }
    }
    return total;
  }

  for (const one of definitions) {
    if (one.kind !== Kind.OPERATION_DEFINITION) continue;
    const asked = count(one.selectionSet, 1, 0);
    if (asked <= MAX_NODES) continue;
    return graphqlError(
      "MAX_NODE_LIMIT_EXCEEDED",
      `This query requests up to ${asked} possible nodes which exceeds the maximum limit of 500,000.`,
    );
  }
  return undefined;
}
