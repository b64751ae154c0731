/** The address of a hub without its trailing slashes; `undefined` for what is none, or holds a user name, a query or a fragment. */
export function hubAddress(source: unknown): string | undefined {
  if (typeof source !== 'string' || !/^https?:\/\/[^\s\p{Cc}?#@\\]+$/iu.test(source)) return undefined;
  try {
    const { origin, pathname } = new URL(source);
    return (origin + pathname).replace(/\/+$/, '');
  } catch {
    return undefined; // the parser's own error shows the whole text
  }
}
