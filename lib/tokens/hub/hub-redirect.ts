import type { Call, Reply } from '../../transport/transport';
import { TokenizerProblem } from '../load/tokenizer-problem';
import { checkSource } from './check-source';

type Request = Pick<Call, 'url' | 'headers'>;

/**
 * The request that a reply redirects to; `undefined` when it redirects to none. The token goes to the host it was given for and to no
 * other, and not in the clear when it came in secret (as the fetch standard and curl have it). Throws a `TokenizerProblem` for a redirect
 * that leads nowhere.
 */
export function hubRedirect({ status, headers }: Reply, from: Request): Request | undefined {
  if (!redirects.includes(status)) return undefined;
  const to = URL.canParse(headers['location'] ?? '', from.url)
    ? new URL(headers['location'] ?? '', from.url)
    : undefined;
  const { origin, protocol } = new URL(from.url);
  if (headers['location'] === undefined || to === undefined || !/^https?:$/.test(to.protocol)) {
    throw new TokenizerProblem(`the hub redirects to nowhere (${String(status)})`, checkSource);
  }
  if (protocol === 'https:' && to.protocol === 'http:') {
    throw new TokenizerProblem(`the hub redirects from https to http (${String(status)})`, checkSource);
  }
  const { authorization, ...others } = from.headers;
  const isSame = to.origin === origin && authorization !== undefined;
  return { url: to.href, headers: isSame ? { ...others, authorization } : others };
}

const redirects: readonly number[] = [301, 302, 303, 307, 308];
