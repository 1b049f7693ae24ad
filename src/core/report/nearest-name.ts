/** The name that the fewest typing errors lead away from; none when most of it is another word. */
export function nearestName(typed: string, names: readonly string[]): string | undefined {
  const wanted = typed.slice(0, 100).toLowerCase();
  let best: { name: string; distance: number } | undefined;
  for (const name of names) {
    // What was typed may be a part: `secret-key` for `hardcoded-secret-key`.
    const distance = name.includes(wanted) && wanted !== "" ? 0.5 : editDistance(wanted, name);
    if (best === undefined || distance < best.distance) best = { name, distance };
  }
  return best !== undefined && best.distance <= best.name.length / 2 ? best.name : undefined;
}

/** Levenshtein's distance, a row at a time. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, replaced));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
