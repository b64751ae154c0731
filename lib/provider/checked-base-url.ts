/**
 * The address without its trailing slashes. A `TypeError` says what is wrong with it, and never shows it: it may hold
 * a password or a key.
 *
 * @param option what its owner calls it
 */
export function checkedBaseURL(owner: string, baseURL: unknown, option = 'baseURL'): string {
  const wrong = (problem: string) => new TypeError(`${owner}: ${option} ${problem}, e.g. https://api.example.com/v1`);
  if (typeof baseURL !== 'string' || baseURL === '') throw wrong('is missing: give an absolute http(s) URL');
  // the URL parser drops line breaks and tabs wherever they stand, so that two addresses would look like one
  if (/[\p{Cc}\s]/u.test(baseURL)) throw wrong('holds a space or a control character');
  const url = parsed(baseURL);
  if (url === undefined) throw wrong('is not an absolute http(s) URL');
  if (url.username !== '' || url.password !== '') throw wrong('holds a user name or password: use apiKey or headers');
  if (/[?#]/.test(baseURL)) throw wrong('holds a query or a fragment: give the path alone');
  return (url.origin + url.pathname).replace(/\/+$/, '');
}

function parsed(text: string): URL | undefined {
  try {
    const url = new URL(text);
    return url.protocol === 'http:' || url.protocol === 'https:' ? url : undefined;
  } catch {
    return undefined; // the parser's own error shows the whole text
  }
}
