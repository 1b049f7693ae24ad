/** Looks into values whose shape nobody vouches for. Everything answers undefined instead of throwing. */
export function record(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : undefined;
}

export function array(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** A whole number that JavaScript can hold; GitHub's BigInt comes as a string. */
export function integer(value: unknown): number | undefined {
  const number = typeof value === "string" && /^\d{1,16}$/.test(value) ? Number(value) : value;
  return typeof number === "number" && Number.isSafeInteger(number) ? number : undefined;
}

/** The value at a path of keys. */
export function at(value: unknown, ...keys: readonly string[]): unknown {
  let current = value;
  for (const key of keys) current = record(current)?.[key];
  return current;
}

export function sha(value: unknown): string | undefined {
  const name = text(value);
  return name !== undefined && /^[0-9a-f]{40}([0-9a-f]{24})?$/.test(name) ? name : undefined;
}
