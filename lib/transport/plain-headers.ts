import type { Reply } from './transport';

/** Headers with lower-case names. Of a repeated one the first value counts, as in Node's http for those that matter here. */
export function plainHeaders(headers: object | undefined): Reply['headers'] {
  const plain: Record<string, string> = Object.create(null) as Record<string, string>;
  for (const [name, value] of Object.entries<unknown>({ ...headers })) {
    const first: unknown = Array.isArray(value) ? value[0] : value;
    if (typeof first === 'string') plain[name.toLowerCase()] = first;
  }
  return plain;
}
