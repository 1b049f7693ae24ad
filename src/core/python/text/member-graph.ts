/** A method by its text. */
export interface Method {
  readonly name: string;
  readonly text: string;
  /** A hunk touches it. */
  readonly touched: boolean;
}

interface Ties {
  readonly method: Method;
  /** What other methods know it by: its name, and the attributes that it gives `self`. */
  readonly gives: readonly string[];
  /** Attributes of `self`, of a class or of `super()` that it uses. */
  readonly uses: readonly string[];
}

const ATTRIBUTE = /(\w+|\))[ \t]*\.\s*(\w+)([ \t]*(?::[^=\n]*)?=(?!=))?/g;
const OWN = /^(?:self|cls|[A-Z]\w*|\))$/;

function readTies(method: Method): Ties {
  const gives = [method.name];
  const uses: string[] = [];
  for (const [, object = "", name = "", assigned] of method.text.matchAll(ATTRIBUTE)) {
    if (!OWN.test(object)) continue;
    uses.push(name);
    if (assigned !== undefined) gives.push(name);
  }
  return { method, gives, uses };
}

/**
 * The methods of a class of which something else can be said when others of them, or names
 * that are `bound` around the class, are touched: those, and whatever uses one of them.
 */
export function concernedMethods(
  methods: readonly Method[],
  bound: ReadonlySet<string>,
): ReadonlySet<Method> {
  const ties = methods.map(readTies);
  const users = indexUsers(ties);
  const concerned = new Set(
    ties.filter(({ method }) => method.touched || mentions(method.text, bound)),
  );
  for (const { gives } of concerned) {
    for (const name of gives) {
      for (const user of users.get(name) ?? []) concerned.add(user);
      // Followed once, so that this is linear.
      users.delete(name);
    }
  }
  return new Set([...concerned].map(({ method }) => method));
}

function mentions(text: string, names: ReadonlySet<string>): boolean {
  return names.size > 0 && (text.match(/\w+/g) ?? []).some((word) => names.has(word));
}

function indexUsers(ties: readonly Ties[]): Map<string, Ties[]> {
  const users = new Map<string, Ties[]>();
  for (const one of ties) {
    for (const name of new Set(one.uses)) {
      const known = users.get(name);
      if (known) known.push(one);
      else users.set(name, [one]);
    }
  }
  return users;
}
