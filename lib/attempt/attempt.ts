import { catchError, defer, EMPTY, tap, throwError, type Observable } from 'rxjs';
import { text, type Completion } from '../domain/completion';
import { defect } from '../domain/defect';
import { isCompletionError, withDetails, type CompletionError } from '../domain/error';
import { isRetry } from '../domain/ledger';
import type { RouterEvent } from '../domain/router-event';
import type { Permit } from '../plan/admission';
import type { DeploymentState } from '../plan/deployment';
import { learnLeft, type Heard } from '../plan/limits/learn-left';
import { settle, type CallEnd } from '../plan/settle';
import type { Reply } from '../transport/transport';
import { ask$ } from './ask';
import type { Endpoint } from './call';
import { failed, noted, told } from './call-end';
import { firstSilence } from './first-silence';
import type { HedgeRules } from './hedge-rules';
import type { InformedBy } from './informed';
import type { Journey } from './journey';
import type { Leg } from './leg';
import { readBy } from './read-by';
import { reckoned } from './reckoned';
import { requestNow } from './request-now';

export interface AttemptContext extends InformedBy {
  readonly dropUnsupported: boolean;
  /** Absent: no call is hedged. */
  readonly hedge?: HedgeRules | undefined;
  readonly endpoint: (deployment: DeploymentState) => Endpoint;
  /** Monotonic clock (ms). */
  readonly now: () => number;
  /** Tells the readers of `events$`; the event is only made when there are any. */
  readonly emit: (event: () => RouterEvent) => void;
}

/** What a call has to do with another one for the same try. */
interface Company {
  /** It is the second one, after so long a silence of the first (ms). */
  readonly hedgedMs?: number | undefined;
  /** To be told of its first content before its listener is. */
  readonly spoke?: Leg['spoke'];
}

const alone: Company = {};

/**
 * One call to one deployment, with a permit: emits the completion, or errors with what went wrong. However it ends, unsubscribing
 * included, the permit is given back exactly once, before anybody hears of the end, and the attempt is noted. Who waits for the place is not told: `context.freed` is for whoever called.
 */
export function attempt$(
  permit: Permit,
  journey: Journey,
  context: AttemptContext,
  { hedgedMs, spoke }: Company = alone,
): Observable<Completion> {
  return defer(() => {
    const { asked, tries } = journey;
    const { deployment } = permit;
    const { now, wallNow } = context;
    const endpoint = context.endpoint(deployment);
    const [sentAt, startedAt] = [now(), wallNow()];
    const leftMs = tries.deadline - sentAt;
    const where = { group: deployment.group, deployment: deployment.id, index: asked.index };
    const attempt = tries.attempts.length + (hedgedMs === undefined ? 1 : 2);
    let isOpen = true;
    let isTold = false;
    let isSent = false;
    let replied: Heard | undefined;
    let answered: Completion | undefined;
    const leg: Leg = { contentAt: undefined, text: undefined, spoke };

    const end = (
      { ended, verdict, error, usage: reported }: Pick<CallEnd, 'ended' | 'verdict' | 'error' | 'usage'>,
      said?: string,
    ): void => {
      if (!isOpen) return;
      isOpen = false;
      const { contentAt } = leg;
      const firstChunkMs = contentAt === undefined ? undefined : contentAt - sentAt;
      const heard = leg.text === undefined ? said : leg.text();
      const known = { estimate: tries.estimate, star: tries.star, isSent, text: heard };
      const { charge, usage, cost } = reckoned({ ended, error, usage: reported }, deployment, known);
      const elapsedMs = now() - sentAt;
      const isFirst = attempt === 1 && hedgedMs === undefined;
      const silentMs = isFirst ? firstSilence({ ended, elapsedMs, firstChunkMs }, context.hedge?.afterMs) : undefined;
      // Field by field: with a spread of the first four a request took 29 µs of our own instead of 26.
      const hedge = hedgedMs === undefined ? undefined : (true as const);
      const again = isRetry({ ended, hedge }, tries.attempts);
      const call = {
        ended,
        verdict,
        error,
        usage,
        cost,
        charge,
        hedge,
        isRetry: again,
        elapsedMs,
        firstChunkMs,
        silentMs,
      };
      const change = settle(permit, call, now());
      if (replied !== undefined) learnLeft(deployment, replied, now());
      if (!isTold) return; // left by somebody who heard of its wait: it has not begun for anybody
      asked.post?.(deployment.id, call);
      const entry = noted(deployment.id, startedAt, call);
      tries.attempts.splice(attempt - 1, 0, entry); // in the order of their beginnings: a second call may end before the first
      context.emit(() => told(call, { ...where, at: wallNow(), attempt }));
      if (change !== undefined) context.emit(() => ({ ...where, at: wallNow(), ...change }));
    };

    const order = {
      request: requestNow(journey),
      model: journey.target.model,
      dropUnsupported: context.dropUnsupported,
      dropped: (fields: readonly string[]): void => {
        for (const field of fields) context.emit(() => ({ ...where, at: wallNow(), type: 'field-dropped', field }));
      },
      sending: (): boolean => (isSent = isOpen), // who heard of a dropped field may have left
      replied: (headers: Reply['headers']): void => {
        replied = { headers, at: now() };
      },
    };
    // Told only when the end is watched for: whoever hears of it may unsubscribe, and then nothing is sent.
    const begun$ = defer(() => {
      if (hedgedMs === undefined) tellOfWait(journey, context);
      else context.emit(() => ({ ...where, at: startedAt, type: 'hedge-sent', waitMs: hedgedMs }));
      if (isOpen) {
        isTold = true;
        context.emit(() => ({ ...where, at: startedAt, attempt, type: 'attempt-started' }));
      }
      return isOpen ? ask$(endpoint, order, journey, { deployment, leftMs, leg }, context) : EMPTY;
    });
    return begun$.pipe(
      readBy(asked.output, (completion) => {
        answered = completion;
      }),
      catchError((error: unknown) => {
        const failure = located(error, deployment.id, endpoint.provider.name);
        const usage = answered?.usage; // an answer that could not be read is paid for
        end({ ...failed(failure, endpoint.provider.model.includes('*')), usage }, answered && text(answered));
        return throwError(() => failure);
      }),
      tap({
        next: (completion) => {
          end({ ended: 'ok', verdict: 'ok', usage: completion.usage }, text(completion));
        },
        unsubscribe: () => {
          end({ ended: 'aborted', verdict: 'none' });
        },
      }),
    );
  });
}

function tellOfWait({ asked, target, heldUpMs }: Journey, { emit, wallNow }: AttemptContext): void {
  if (heldUpMs === 0) return;
  const { index } = asked;
  emit(() => ({ type: 'limit-waited', at: wallNow(), group: target.group.name, index, waitMs: heldUpMs }));
}

function located(error: unknown, deployment: string, provider: string): CompletionError {
  const failure = isCompletionError(error) ? error : defect(`its provider '${provider}' or its transport`, error);
  return withDetails(failure, { deployment, provider });
}
