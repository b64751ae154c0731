/** Not printable ASCII: what axios would strip, and fetch and Node refuse with the value in their message. */
const unprintable = /[^\x20-\x7e]/;

/** What is wrong with the value of a header, without the value; `undefined` when nothing is. */
export function headerProblem(value: unknown): string | undefined {
  if (typeof value !== 'string') return `is not a string but ${value === null ? 'null' : typeof value}`;
  if (value === '') return 'is empty';
  if (/[\r\n]/.test(value)) return 'holds a line break';
  if (unprintable.test(value)) return 'holds a control or non-ASCII character';
  return value.trim() === value ? undefined : 'begins or ends with a space';
}
