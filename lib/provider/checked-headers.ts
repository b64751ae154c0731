import { headerProblem } from './header-problem';

/** RFC 9110, 5.6.2: the characters of a header's name. */
const token = /^[!#$%&'*+\-.^_`|~\w]+$/;
/** These belong to the connection; set by hand they misroute or corrupt the request. */
const reserved = new Set([
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
  'content-type',
  'upgrade',
  'te',
]);

/** The headers under lower-case names. A `TypeError` says which one is wrong, and never its value. */
export function checkedHeaders(
  owner: string,
  headers: Readonly<Record<string, string>> | undefined,
): Readonly<Record<string, string>> {
  const entries = Object.entries(headers ?? {}).map(([name, value], i) => {
    if (!token.test(name)) {
      throw new TypeError(`${owner}: the name of header ${String(i + 1)} is not one: use letters, digits and -`);
    }
    const lower = name.toLowerCase();
    if (reserved.has(lower)) throw new TypeError(`${owner}: headers.${lower} is set by the transport: leave it out`);
    const problem = headerProblem(value);
    if (problem !== undefined) throw new TypeError(`${owner}: headers.${lower} ${problem}`);
    return [lower, value] as const;
  });
  return Object.fromEntries(entries);
}
