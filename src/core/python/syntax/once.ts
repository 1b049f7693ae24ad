/**
 * A reading that is made once for each object: modules, scopes and syntax never change, and many
 * rules ask the same of them. Nothing is kept longer than the object itself.
 */
export function once<T extends object, R>(read: (of: T) => R): (of: T) => R {
  const known = new WeakMap<T, { readonly result: R }>();
  return (of) => {
    const hit = known.get(of);
    if (hit !== undefined) return hit.result;
    const result = read(of);
    known.set(of, { result });
    return result;
  };
}

/** Texts that are remembered at a time; a name is seldom longer than this many code units. */
const MAX_TEXTS = 5_000;
const MAX_LENGTH = 80;

/**
 * As `once`, for readings of short texts: the same names stand in both versions of a file and in many
 * functions. Bounded, whatever a file holds.
 */
export function onceForText<R>(read: (text: string) => R): (text: string) => R {
  const known = new Map<string, { readonly result: R }>();
  return (text) => {
    const hit = known.get(text);
    if (hit !== undefined) return hit.result;
    const result = read(text);
    if (text.length > MAX_LENGTH) return result;
    if (known.size >= MAX_TEXTS) known.clear();
    known.set(text, { result });
    return result;
  };
}
