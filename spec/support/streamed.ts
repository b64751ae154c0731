import type { Observable } from 'rxjs';
import { isCompletionError, type CompletionError } from '../../lib/domain/error';
import type { Call, Reply } from '../../lib/transport/transport';
import { callTo } from './call-to';

/** How a call with `stream` went. */
export interface Streamed {
  readonly replies: readonly Reply[];
  /** The data of its events, or the text of what is no JSON. */
  readonly data: readonly unknown[];
  readonly error?: CompletionError;
}

/** Subscribes, and resolves when it has ended in either way; fails for an error that is no `CompletionError`. */
export function streamed(reply$: Observable<Reply>): Promise<Streamed> {
  return new Promise((resolve, reject) => {
    const replies: Reply[] = [];
    const end = (error?: CompletionError): void => {
      const data = replies
        .flatMap(({ events = [] }) => events)
        .map((event) => (event.data._tag === 'Right' ? event.data.right : event.data.left.text));
      resolve({ replies, data, ...(error && { error }) });
    };
    reply$.subscribe({
      next: (reply) => replies.push(reply),
      error: (error: unknown) => {
        if (isCompletionError(error)) end(error);
        else reject(new Error('no CompletionError', { cause: error }));
      },
      complete: end,
    });
  });
}

/** A call as a provider would make it that wants a stream. */
export function streamTo(url: string): Call {
  return { ...callTo(url, { accept: 'text/event-stream' }), stream: true };
}
