import { catchError, defer, finalize, from, throwError } from 'rxjs';
import { completionError, isCompletionError } from '../../domain/error';
import type { AxiosTransport } from '../../transport/axios';
import { defaultCaps, type Caps } from '../../transport/caps';
import type { Call, Reply } from '../../transport/transport';
import { wholeBody } from '../../transport/whole-body';

/**
 * For browsers and workers, where nobody but `fetch` can follow a redirect: it drops the token itself on the way to another host, as its
 * standard says. The hub redirects nearly every file.
 */
export function hubTransport(maxBytes: number): AxiosTransport {
  const caps = { ...defaultCaps, bodyBytes: maxBytes };
  return {
    transport: ({ url, headers }) =>
      defer(() => {
        const handle = new AbortController();
        const abort = (): void => {
          handle.abort(); // what has been read to its end is not touched
        };
        return from(whole({ url, headers, signal: handle.signal }, caps)).pipe(finalize(abort));
      }).pipe(
        catchError((error: unknown) =>
          throwError(() => (isCompletionError(error) ? error : completionError({ _tag: 'Connection' }))),
        ),
      ),
    close: () => undefined,
  };
}

type Request = Pick<Call, 'url' | 'headers'> & { readonly signal: AbortSignal };

async function whole({ url, headers, signal }: Request, caps: Caps): Promise<Reply> {
  const response = await fetch(url, { headers, signal, credentials: 'omit' });
  const body = wholeBody({ status: response.status, headers: Object.fromEntries(response.headers) }, caps);
  const stream = response.body?.getReader();
  for (let piece = await stream?.read(); piece?.done === false; piece = await stream?.read()) {
    const { reply, problem } = body.take(piece.value);
    if (reply !== undefined) return reply;
    if (problem !== undefined) throw problem;
  }
  const reply = body.end();
  if (reply === undefined) throw completionError({ _tag: 'Connection' });
  return reply;
}
