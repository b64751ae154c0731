import type { InternalAxiosRequestConfig } from 'axios';
import { encodings } from './decoder';

/** The headers that go on the wire, name and value by turns. `null` and `false` are axios's way to leave one out. */
export function requestHeaders({ headers, decompress }: InternalAxiosRequestConfig): string[] {
  const flat: string[] = [];
  const names = new Set<string>();
  for (const [name, value] of Object.entries<unknown>(headers)) {
    names.add(name.toLowerCase());
    if (value === undefined || value === null || value === false) continue;
    for (const each of Array.isArray(value) ? (value as readonly unknown[]) : [value]) flat.push(name, String(each));
  }
  if (decompress !== false && !names.has('accept-encoding')) flat.push('accept-encoding', encodings);
  if (!names.has('user-agent')) flat.push('user-agent', 'rx-fanout'); // some gateways refuse a call without one
  return flat;
}
