import { defer, merge, type Observable } from 'rxjs';
import { decodeRequest } from './domain/decode-request';
import type { CompletionRequest, Routing } from './domain/request';
import type { Item } from './router-work';

/**
 * The request as one of several groups is asked it: by that name, and without fallbacks, whose answers would be another group's. What is
 * malformed stays as it is, to be refused for what it is.
 *
 * @param over$ aborts it as well, at its first value
 */
export function routerRequestTo(group: string, item: Item, over$?: Observable<unknown>): Item {
  const request = decodeRequest(item);
  return request._tag === 'Left' ? item : meantFor(group, request.right, over$);
}

function meantFor(model: string, request: CompletionRequest, over$?: Observable<unknown>): CompletionRequest {
  const { routing } = request;
  return { ...request, model, routing: { ...routing, fallbacks: false, ...until(routing, over$) } };
}

function until(routing: Routing | undefined, over$: Observable<unknown> | undefined): Pick<Routing, 'until'> {
  const own = routing?.until;
  if (over$ === undefined) return {};
  return {
    until:
      own === undefined
        ? over$
        : merge(
            over$,
            defer(() => own),
          ),
  };
}
