/** What was thrown by somebody else's function, in two words; its message might hold anything. */
export function kindOf(thrown: unknown): string {
  const kind = thrown instanceof Error ? thrown.constructor.name : typeof thrown;
  return `${/^[aeiou]/i.test(kind) ? 'an' : 'a'} ${kind}`;
}
