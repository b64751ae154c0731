import { type HttpEvent, HttpEventType, type HttpHeaderResponse } from '@angular/common/http';
import {
  catchError,
  defer,
  EMPTY,
  mergeMap,
  type Observable,
  of,
  type OperatorFunction,
  take,
  throwIfEmpty,
} from 'rxjs';
import { completionError } from '../domain/error';
import type { Caps } from '../transport/caps';
import { errorBytes } from '../transport/error-bytes';
import { tooLarge } from '../transport/too-large';
import type { Reply } from '../transport/transport';
import { httpReply } from './http-reply';
import { rejectedReply } from './rejected-reply';

/**
 * The one reply in the events of a request to HttpClient, under the rules of a call that is no stream: it errors with `InvalidResponse` as
 * soon as more than `bodyBytes` have come; of a reply that is no success the first 64 KiB are enough. Either aborts what is still to come.
 */
export function replyOfEvents(caps: Caps): OperatorFunction<HttpEvent<string>, Reply> {
  return (events$) =>
    defer(() => {
      let head: HttpHeaderResponse | undefined;
      const isError = (): boolean => head !== undefined && head.status >= 300;
      const limit = (): number => (isError() ? Math.min(errorBytes, caps.bodyBytes) : caps.bodyBytes);
      const overLimit = (text = ''): Reply => {
        if (head === undefined || !isError()) throw tooLarge('the reply', 'bodyBytes', caps);
        return httpReply(head, text.slice(0, limit()), caps);
      };
      const replyIn = (event: HttpEvent<string>): Observable<Reply> => {
        switch (event.type) {
          case HttpEventType.ResponseHeader:
            head = event;
            return EMPTY;
          case HttpEventType.DownloadProgress:
            return event.loaded > limit() ? of(overLimit(event.partialText)) : EMPTY;
          case HttpEventType.Response:
            return of(httpReply(event, event.body, caps));
          default:
            return EMPTY;
        }
      };
      return events$.pipe(
        mergeMap(replyIn),
        catchError((error: unknown) => of(rejectedReply(error, caps))),
        take(1),
        throwIfEmpty(() =>
          completionError({ _tag: 'Defect', message: 'an interceptor ended the request without a reply' }),
        ),
      );
    });
}
