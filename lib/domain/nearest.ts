/** Longer ones are no typos, and to compare them would take long. */
const longest = 40;

/** The name that was probably meant: the nearest of those there are by edits, if it is near; for a typo, not for another word. */
export function nearest(name: string, names: readonly string[]): string | undefined {
  if (name.length > longest) return undefined;
  const most = Math.min(Math.max(2, Math.ceil(name.length / 3)), name.length - 1); // else one letter is as good as another
  let [found, least]: [string | undefined, number] = [undefined, most + 1];
  for (const one of names) {
    const distance = edits(name.toLowerCase(), one.toLowerCase());
    if (distance < least) [found, least] = [one, distance];
  }
  return found;
}

/** Levenshtein's distance, row by row. */
function edits(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
