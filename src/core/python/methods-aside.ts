import type { ClassDefinition, FunctionDefinition, Statement } from "./syntax/syntax.js";
import type { Excerpt, MemberAside } from "./text/narrow.js";

type ReadExcerpts = (wanted: readonly Excerpt[]) => readonly Statement[];

/** The class with the methods that were left out, in order, each read when it is looked into. */
export function completeClass(
  definition: ClassDefinition,
  aside: readonly MemberAside[],
  read: ReadExcerpts,
): ClassDefinition {
  // One that is broken was read as a whole.
  const whole = new Set(definition.body.map(({ span }) => span.start));
  const left = aside.filter(({ member }) => !whole.has(member.span.start));
  const body = [...definition.body, ...left.map((one) => readLater(one, read))];
  return { ...definition, body: body.sort((a, b) => a.span.start - b.span.start) };
}

function readLater({ member, excerpt }: MemberAside, readAll: ReadExcerpts): FunctionDefinition {
  const read = () =>
    readAll([excerpt])
      .flatMap((one) => (one.kind === "class" ? one.body : []))
      .find((one) => one.kind === "function" && one.span.start === member.span.start);
  const nothing: readonly Statement[] = [];
  let known: Statement | undefined;
  const method = (): FunctionDefinition | undefined => {
    known ??= read();
    return known?.kind === "function" ? known : undefined;
  };
  return {
    kind: "function",
    aside: true,
    span: member.span,
    name: member.name ?? "",
    get async() {
      return method()?.async ?? false;
    },
    get decorators() {
      return method()?.decorators ?? [];
    },
    get parameters() {
      return method()?.parameters ?? [];
    },
    get returns() {
      return method()?.returns;
    },
    get body() {
      return method()?.body ?? nothing;
    },
  };
}
