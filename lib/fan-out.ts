import { type Either, isLeft, left } from 'fp-ts/Either';
import {
  defer,
  from,
  identity,
  map,
  type Observable,
  type ObservableInput,
  ReplaySubject,
  take,
  takeUntil,
  tap,
} from 'rxjs';
import { progressMeter, type Tally } from './bulk/progress-meter';
import { reportProgress } from './bulk/report-progress';
import { type CompletionError, completionError } from './domain/error';
import type { FanoutResult, Timing } from './domain/result';
import { errorRate } from './error-rate';
import type { FanOutSettings } from './fan-out-options';
import { type RequestContext, requestContext } from './request-context';
import { aborted } from './rx/aborted';
import { alongside } from './rx/alongside';
import { inOrder } from './rx/in-order';
import { lanes } from './rx/lanes';
import { paced } from './rx/paced';
import { settle } from './rx/settle';
import { type Requests, toSource } from './rx/source/to-source';
import { windowed } from './rx/source/windowed';
import type { Start } from './rx/start';
import { teardownFirst } from './rx/teardown-first';

/** What is done with each request. */
export interface FanOutWork<Req, A, Row> {
  /** The sub-request. It may throw, error, or end without a value: that becomes the `Left` that `toRow` is given. */
  readonly run: (request: Req, index: number, context: RequestContext) => ObservableInput<A> & object;
  readonly toRow: (request: Req, index: number, settled: Either<unknown, A>, timing: Timing) => Row;
  /** Told of each request that a lane has taken, before anything is done with it: also when a stopped run gives it its row unsent. */
  readonly taken?: ((request: Req, index: number) => void) | undefined;
  /**
   * How often each request is run, one turn after the other; default once. For the work, `index` counts the turns of all of them; the rows
   * that leave have the index of their request.
   */
  readonly times?: number | undefined;
  /** Why, after this row, nothing more is to be sent: what is under way ends, what waits or has not begun ends with this failure. */
  readonly stopsRun?: ((row: Row) => CompletionError | undefined) | undefined;
  /** What only the work itself can count, of one run, for `progress`. */
  readonly tally?: Tally | undefined;
}

/**
 * The engine under everything that fans out: lanes pull requests, each is run, what becomes of it is a row. Cold: each
 * subscription is a run of its own. Emits one row for each request taken; completes after the last. Errors only with the
 * first failure (`failFast`), the reason of `signal`, or the error of the input, and then after everything is torn down.
 * Unsubscribing aborts what is under way and closes the input.
 */
export function fanOut<Req, A, Row extends FanoutResult<Req, unknown>>(
  requests: Requests<Req>,
  newWork: () => FanOutWork<Req, A, Row>,
  { concurrency, failFast, order, window, signal, stopTaking, progress, maxErrorRate, now }: FanOutSettings,
): Observable<Row> {
  const startRun = (read$: Observable<unknown> | undefined): Observable<Row> => {
    const { run, toRow, taken, stopsRun, tally, times = 1 } = newWork();
    const ahead = order === 'input' ? window : read$ === undefined ? Infinity : concurrency;
    const source = windowed(toSource(requests, now, times), ahead);
    const meter = progress === undefined ? undefined : progressMeter(source.total, now, tally);
    const tooManyFailed = maxErrorRate === undefined ? undefined : errorRate(maxErrorRate);
    const stopped$ = new ReplaySubject<CompletionError>(1);
    let stopped: CompletionError | undefined;

    const start: Start<Req, Row> = (request, index, queuedMs, done) => {
      const startedAt = now();

      function finish(settled: Either<unknown, A>): void {
        const row = toRow(request, index, settled, { queuedMs, elapsedMs: now() - startedAt });
        meter?.settled(row);
        const tripped = tooManyFailed?.(isLeft(row.outcome));
        const reason = stopped === undefined ? (tripped ?? stopsRun?.(row)) : undefined;
        if (reason !== undefined) {
          stopped = reason;
          if (source.total() === undefined) source.stop(); // else the requests that are left get their rows, unsent
        }
        done(row);
        if (reason !== undefined) stopped$.next(reason);
      }

      meter?.taken();
      taken?.(request, index);
      if (stopped !== undefined) {
        finish(left(stopped));
        return noWork;
      }
      const context = requestContext(queuedMs, stopped$);
      const unsubscribe = settle(() => run(request, index, context), finish);
      return () => {
        unsubscribe();
        context.abort();
      };
    };

    return lanes(source, concurrency, start).pipe(
      failFast ? tap<Row>(throwFailure) : identity,
      progress === undefined || meter === undefined ? identity : reportProgress(progress, meter),
      order === 'input' ? inOrder() : identity,
      times === 1 ? identity : map((row) => ({ ...row, index: Math.floor(row.index / times) })),
      ahead < Infinity && read$ === undefined ? tap(source.delivered) : identity,
      alongside(
        ...(read$ === undefined ? [] : [read$.pipe(tap(source.delivered))]),
        ...(stopTaking === undefined ? [] : [from(stopTaking).pipe(take(1), tap(source.stop))]),
      ),
      signal === undefined ? identity : takeUntil(aborted(signal)),
      // A lane may be starting a request in this very instant, and cannot be reached before it has.
      tap<Row>({
        finalize: () => {
          stopped$.next(runIsOver);
        },
      }),
      teardownFirst(),
    );
  };
  return paced((read$) => defer(() => startRun(read$)));
}

function throwFailure({ outcome }: FanoutResult<unknown, unknown>): void {
  if (isLeft(outcome)) throw outcome.left;
}

/** Made once: its rows reach nobody, and an error for each run would cost more than all else here. */
const runIsOver: CompletionError = completionError({ _tag: 'Cancelled', message: 'the run is over' });

function noWork(): void {
  // Nothing was sent.
}
