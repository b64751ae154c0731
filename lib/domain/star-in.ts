/**
 * What the star of a pattern (`openai/*`) stands for in a name: one character or more, for nothing is no model. `undefined` for a
 * name of another form, and where there is no star.
 */
export function starIn(name: string, pattern: string): string | undefined {
  const at = pattern.indexOf('*');
  if (at === -1 || name.length < pattern.length) return undefined;
  const after = pattern.slice(at + 1);
  const fits = name.startsWith(pattern.slice(0, at)) && name.endsWith(after);
  return fits ? name.slice(at, name.length - after.length) : undefined;
}
