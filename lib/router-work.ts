import { left } from 'fp-ts/Either';
import { of, type Observable } from 'rxjs';
import { answer$, type Answer } from './attempt/answer';
import type { Listener } from './attempt/listener';
import { decodeRequest } from './domain/decode-request';
import { completionError, isCompletionError, type CompletionError } from './domain/error';
import type { CompletionRequest } from './domain/request';
import type { ParallelResult, Timing } from './domain/result';
import { noUsage } from './domain/usage';
import type { FanOutWork } from './fan-out-work';
import type { RouterRunOptions } from './parallel-router';
import { spending } from './plan/limits/spending';
import { routerMemory } from './router-memory';
import type { RouterState } from './router-state';

/** What a request may be: a string is one user message to the default model. */
export type Item = string | CompletionRequest;

type WorkOptions = Pick<RouterRunOptions, 'timeouts' | 'maxRetries' | 'budget' | 'output' | 'tag'>;

/**
 * What a router does with each request of one run.
 *
 * @param listenerOf who hears the answer to a request while it comes; absent: nobody does
 */
export function routerWork<Req extends Item>(
  { context, during, runs }: RouterState,
  { timeouts, maxRetries, budget, output, tag }: WorkOptions,
  listenerOf?: (request: Req, index: number) => Listener,
): FanOutWork<Req, Answer, ParallelResult<Req>> {
  const tally = { waiting: 0, retries: 0 };
  const its = budget === undefined ? undefined : spending(budget, 'run');
  const post = tag === undefined ? undefined : runs.of(tag);
  return {
    memory: routerMemory(context.defaultModel, output),
    tally,
    stopsRun: ({ outcome }) =>
      outcome._tag === 'Left' && outcome.left._tag === 'BudgetExceeded' ? withoutCalls(outcome.left) : undefined,
    run: (item, index, { queuedMs, stopped$ }): Observable<Answer> => {
      const listener = listenerOf?.(item, index);
      const request = decodeRequest(item);
      if (request._tag === 'Left') return of(unsent(request.left));
      const { model, routing } = request.right;
      const target = context.resolve(model, routing?.deployment);
      if (target._tag === 'Left') return of(unsent(target.left));
      const asked = {
        request: request.right,
        target: target.right,
        index,
        queuedMs,
        timeouts,
        maxRetries,
        output,
        spending: its,
        stopped$,
        tally,
        post,
      };
      return during(answer$({ ...asked, listener }, context));
    },
    toRow: (request, index, settled, timing) => {
      const answer = settled._tag === 'Right' ? settled.right : unsent(asFailure(settled.left));
      return row(request, index, answer, timing);
    },
  };
}

function row<Req>(request: Req, index: number, answer: Answer, timing: Timing): ParallelResult<Req> {
  const { waitedMs, firstChunkMs, ...told } = answer;
  const queuedMs = timing.queuedMs + waitedMs;
  return {
    index,
    request,
    ...told,
    timing: { ...timing, queuedMs, ...(firstChunkMs === undefined ? {} : { firstChunkMs }) },
  };
}

/** What those that are left fail with: the calls were one request's. */
function withoutCalls({ _tag, message }: CompletionError): CompletionError {
  return completionError({ _tag, message });
}

function unsent(error: CompletionError): Answer {
  return { outcome: left(error), attempts: [], usage: noUsage, waitedMs: 0 };
}

/** Rows that a stopped run gives without asking have a failure of ours; anything else would be a fault of this library. */
function asFailure(reason: unknown): CompletionError {
  return isCompletionError(reason) ? reason : completionError({ _tag: 'Defect', message: 'the request was lost' });
}
