import { left, right, type Either } from 'fp-ts/Either';
import {
  catchError,
  concat,
  defer,
  finalize,
  identity,
  map,
  of,
  retry,
  throwError,
  type Observable,
  type ObservableInput,
} from 'rxjs';
import type { Completion } from '../domain/completion';
import { defect } from '../domain/defect';
import { completionError, isCompletionError, withDetails, type CompletionError } from '../domain/error';
import type { Attempt } from '../domain/result';
import { totalCost } from '../domain/total-cost';
import { addUsage, noUsage, type Usage } from '../domain/usage';
import { interruptedBy } from '../rx/interrupted-by';
import { again$ } from './again';
import { attempt$ } from './attempt';
import { counting$ } from './counting';
import { hedged$ } from './hedged';
import { journey, type Asked, type Journey, type RouterContext } from './journey';
import { ownFallbacks } from './own-fallbacks';
import { withPlace$ } from './place';

/** What became of one request. */
export interface Answer {
  readonly outcome: Either<CompletionError, Completion>;
  readonly attempts: readonly Attempt[];
  /** Id of the deployment that answered. */
  readonly deployment?: string;
  readonly usage: Usage;
  /** USD; absent when a price is unknown, or nothing was sent. */
  readonly cost?: number;
  /** From its start to its first call (ms). */
  readonly waitedMs: number;
  /** From its start to the first content of a streamed answer (ms). */
  readonly firstChunkMs?: number;
}

/**
 * The whole road of one request: a place at a deployment, the call, and as often as its failures allow, again; then the next group.
 * Emits one `Answer` and completes; never errors. Unsubscribing ends the wait or the call under way, and nothing follows.
 */
export function answer$(asked: Asked, context: RouterContext): Observable<Answer> {
  return defer(() => {
    const own = ownFallbacks(asked.request, context.resolve);
    if (own._tag === 'Left') return of(answer(own, journey(asked, false, context), context));
    const way = journey(asked, own.right, context);
    const send = context.hedge === undefined ? attempt$ : hedged$;
    if (context.hedge !== undefined) context.hedgeBudget.earn(context.hedge.maxExtra);
    const until = asked.request.routing?.until;
    const sent$ = withPlace$<Either<CompletionError, Completion>>(way, context, (place) =>
      place._tag === 'Left' ? throwError(() => place.left) : send(place.right, way, context).pipe(map(right)),
    );
    return (context.countTokens === undefined ? sent$ : concat(counting$(way, context), sent$)).pipe(
      retry({ delay: (error) => again$(error, way, context) }),
      until === undefined ? identity : interruptedBy(notifier(until), cancelled),
      catchError((error: unknown) => of(left(asFailure(error)))),
      map((outcome) => {
        if (outcome._tag === 'Right') context.retryBudget.giveBack(way.tries.retries > 0);
        way.isOver = true;
        return answer(outcome, way, context);
      }),
      finalize(() => {
        handOn(way, context);
      }),
    );
  });
}

function cancelled(): CompletionError {
  return completionError({ _tag: 'Cancelled', message: 'the request was cancelled by its routing.until' });
}

/**
 * The place of the last call is given to those who wait, after the answer is out: a failure may end its run, and then none of
 * them must be sent. Who leaves may leave with many, who wait as well: so a moment later.
 */
function handOn({ permit, isOver }: Journey, { freed }: RouterContext): void {
  if (permit !== undefined) freed(isOver ? undefined : 'soon');
}

/** What becomes of a notifier that fails: its own defect. */
function notifier(until: ObservableInput<unknown>): Observable<unknown> {
  return defer(() => until).pipe(catchError((error: unknown) => throwError(() => defect('routing.until', error))));
}

/** Calls turn their failures into ours themselves, so what is left is what chose and waited. */
function asFailure(error: unknown): CompletionError {
  return isCompletionError(error) ? error : defect('the random or the now of the router', error);
}

function answer(outcome: Either<CompletionError, Completion>, way: Journey, { now }: RouterContext): Answer {
  const { permit, firstContentAt } = way; // no rest: it would copy the whole journey
  const { attempts } = way.tries;
  const cost = totalCost(attempts);
  const isTold = outcome._tag === 'Left' && attempts.length > 0;
  return {
    outcome: isTold ? left(withDetails(outcome.left, { attempts, partial: way.said?.text() })) : outcome,
    attempts,
    ...(outcome._tag === 'Right' && permit !== undefined ? { deployment: permit.deployment.id } : {}),
    usage: attempts.reduce((sum, { usage }) => (usage === undefined ? sum : addUsage(sum, usage)), noUsage),
    ...(cost === undefined ? {} : { cost }),
    waitedMs: way.waitedMs ?? now() - way.takenAt,
    ...(firstContentAt === undefined ? {} : { firstChunkMs: firstContentAt - way.takenAt }),
  };
}
