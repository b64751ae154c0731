import {
  catchError,
  defer,
  EMPTY,
  endWith,
  from,
  identity,
  ignoreElements,
  map,
  type MonoTypeOperatorFunction,
  type Observable,
  tap,
  throwError,
} from 'rxjs';
import { compactTable } from './compact-table';
import type { Entry, Journal, Recorded } from './journal';
import { isJournalError, JournalError, type JournalProblem } from './journal-error';

/** Where a request stands in a journal. */
export interface Place {
  readonly key: string;
  readonly occurrence: number;
  /** What became of it in an earlier run; absent: it is to be sent. */
  readonly recorded: Recorded | undefined;
}

/** A journal in the hands of one run. Its errors are `JournalError`s. */
export interface Book {
  /** Reads what there is. Completes when the first request may be looked up. */
  readonly opened$: Observable<never>;
  /** The next request with this key, in the order of the input. Costs about 30 bytes a key. */
  readonly place: (key: string) => Place;
  /** Completes when the entry is written. */
  readonly written$: (entry: Entry) => Observable<never>;
  /** It can be used no longer: `closed$` will end with this. The first reason stays. */
  readonly fail: (reason: unknown) => void;
  /** Lets go of the journal, then tells what failed, if anything did. */
  readonly closed$: Observable<never>;
  /** The same when the run has ended before its time: who has left cannot be told. */
  readonly letGo: () => void;
}

export function openBook(journal: Journal): Book {
  const seen = compactTable();
  const kept = new Map<string, Recorded>();
  let isOpen = false;
  let failure: JournalError | undefined;

  /** Failures are run again; a journal that wants to keep them looks them up itself. */
  function keep({ key, occurrence, result }: Entry): void {
    if (result.outcome._tag === 'Left') kept.delete(placeOf(key, occurrence));
    else kept.set(placeOf(key, occurrence), result);
  }

  const find = journal.find ?? ((key: string, occurrence: number) => kept.get(placeOf(key, occurrence)));

  const closed$ = defer(() => {
    const close$ = isOpen && journal.close !== undefined ? from(journal.close()) : EMPTY;
    isOpen = false;
    return close$;
  }).pipe(
    ignoreElements(),
    failing('unwritable'),
    catchError((reason: unknown) => throwError(() => failure ?? reason)),
    endWith('closed'),
    map(() => {
      if (failure !== undefined) throw failure;
    }),
    ignoreElements(),
  );

  return {
    opened$: defer(() => {
      isOpen = true;
      return journal.load();
    }).pipe(
      journal.find === undefined ? tap(keep) : identity,
      ignoreElements(),
      failing('unreadable'),
      tap({
        error: () => {
          isOpen = false; // it may be in the hands of another run, which is not to lose it
        },
      }),
    ),
    place: (key) => {
      const occurrence = seen.get(key) ?? 0;
      seen.set(key, occurrence + 1);
      return { key, occurrence, recorded: find(key, occurrence) };
    },
    written$: (entry) => defer(() => journal.append(entry)).pipe(ignoreElements(), failing('unwritable')),
    fail: (reason) => {
      failure ??= asJournalError('damaged', reason);
    },
    closed$,
    letGo: () => {
      closed$.subscribe({ error: () => undefined });
    },
  };
}

function placeOf(key: string, occurrence: number): string {
  return `${String(occurrence)} ${key}`;
}

/** A journal of one's own may fail with anything. */
function failing<T>(problem: JournalProblem): MonoTypeOperatorFunction<T> {
  return catchError((reason: unknown) => throwError(() => asJournalError(problem, reason)));
}

function asJournalError(problem: JournalProblem, reason: unknown): JournalError {
  if (isJournalError(reason)) return reason;
  return new JournalError(problem, `the journal failed: ${reason instanceof Error ? reason.message : String(reason)}`);
}
