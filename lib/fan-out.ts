import { type Either, isLeft, left } from 'fp-ts/Either';
import { concat, defer, from, identity, map, type Observable, take, takeUntil, tap } from 'rxjs';
import type { AnyRow } from './any-row';
import { openBook } from './bulk/book';
import { progressMeter } from './bulk/progress-meter';
import { reportProgress } from './bulk/report-progress';
import { deduped } from './deduped';
import { type CompletionError, completionError } from './domain/error';
import { errorRate } from './error-rate';
import type { FanOutSettings } from './fan-out-options';
import type { FanOutWork } from './fan-out-work';
import { journaled } from './journaled';
import { keysOf } from './keys-of';
import { metered } from './metered';
import { requestContext } from './request-context';
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
import { stopping } from './stopping';

/**
 * The engine under everything that fans out: lanes pull requests, each is run, what becomes of it is a row. Cold: each
 * subscription is a run of its own. Emits one row for each request taken; completes after the last. Errors only with the
 * first failure (`failFast`), the reason of `signal`, the error of the input or of `stopTaking`, or that of the journal, and then after
 * everything is torn down. Unsubscribing aborts what is under way and closes the input.
 */
export function fanOut<Req, A, Row extends AnyRow>(
  requests: Requests<Req>,
  newWork: () => FanOutWork<Req, A, Row>,
  settings: FanOutSettings,
): Observable<Row> {
  const { concurrency, failFast, order, window, signal, stopTaking, progress, maxErrorRate, journal, now } = settings;
  const startRun = (read$: Observable<unknown> | undefined): Observable<Row> => {
    const given = newWork();
    const keys = keysOf(given.memory, settings);
    const work = settings.dedupe === true ? deduped(given, keys) : given;
    const { run, toRow, taken, stopsRun, tally, times = 1 } = work;
    const ahead = order === 'input' ? window : read$ === undefined ? Infinity : concurrency;
    const source = windowed(toSource(requests, now, times), ahead);
    const meter = progress === undefined ? undefined : progressMeter(source.total, now, tally);
    const tooManyFailed = maxErrorRate === undefined ? undefined : errorRate(maxErrorRate);
    const book = journal === undefined ? undefined : openBook(journal);
    const itsStopping = stopping();

    const begin: Start<Req, Row> = (request, index, queuedMs, done) => {
      const startedAt = now();

      function finish(settled: Either<unknown, A>): void {
        const row = toRow(request, index, settled, { queuedMs, elapsedMs: now() - startedAt });
        const tripped = tooManyFailed?.(isLeft(row.outcome));
        const reason = itsStopping.reason() === undefined ? (tripped ?? stopsRun?.(row)) : undefined;
        if (reason !== undefined) {
          itsStopping.stop(reason);
          if (source.total() === undefined) source.stop(); // else the requests that are left get their rows, unsent
        }
        done(row);
        if (reason !== undefined) itsStopping.tell();
      }

      taken?.(request, index);
      const stopped = itsStopping.reason();
      if (stopped !== undefined) {
        finish(left(stopped));
        return noWork;
      }
      const context = requestContext(queuedMs, itsStopping.stopped$);
      const unsubscribe = settle(() => run(request, index, context), finish);
      return () => {
        unsubscribe();
        context.abort();
      };
    };
    const kept =
      book === undefined
        ? begin
        : journaled(begin, work, { book, keys, stopping: itsStopping, stopTaking: source.stop });
    const start = meter === undefined ? kept : metered(kept, meter);

    const rows$ = lanes(source, concurrency, start, book?.opened$);
    return (book === undefined ? rows$ : concat(rows$, book.closed$)).pipe(
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
          itsStopping.stop(runIsOver);
          itsStopping.tell();
          source.close(); // the lanes have, unless the signal kept them from beginning
          book?.letGo();
        },
      }),
      teardownFirst(),
    );
  };
  return paced((read$) => defer(() => startRun(read$)));
}

function throwFailure({ outcome }: AnyRow): void {
  if (isLeft(outcome)) throw outcome.left;
}

/** Made once: its rows reach nobody, and an error for each run would cost more than all else here. */
const runIsOver: CompletionError = completionError({ _tag: 'Cancelled', message: 'the run is over' });

function noWork(): void {
  // Nothing was sent.
}
