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
