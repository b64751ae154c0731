import { left } from 'fp-ts/Either';
import type { AnyRow } from './any-row';
import type { Book, Place } from './bulk/book';
import { completionError, type CompletionError } from './domain/error';
import type { FanOutWork } from './fan-out-work';
import type { Keys } from './keys-of';
import type { Start } from './rx/start';
import type { Stopping } from './stopping';

interface Journaling<Req> {
  readonly book: Book;
  readonly keys: Pick<Keys<Req>, 'key'>;
  readonly stopping: Stopping;
  /** Takes nothing new from the input. */
  readonly stopTaking: () => void;
}

/**
 * Work on a request with a journal: what an earlier run has finished is its row at once, also when this one sends nothing more; every other row is written down first. Once the
 * journal has failed nothing more is sent and nothing more is written; calls under way end, and are rows.
 */
export function journaled<Req, Row extends AnyRow>(
  start: Start<Req, Row>,
  { toRow, memory }: Pick<FanOutWork<Req, never, Row>, 'toRow' | 'memory'>,
  { book, keys, stopping, stopTaking }: Journaling<Req>,
): Start<Req, Row> {
  let hasFailed = false;

  function breakOff(reason: unknown): void {
    if (hasFailed) return;
    hasFailed = true;
    book.fail(reason);
    stopTaking();
    stopping.stop(unwritten);
    stopping.tell();
  }

  return (request, index, queuedMs, done) => {
    const refuse = (reason: unknown): (() => void) => {
      done(toRow(request, index, left(reason), { queuedMs, elapsedMs: 0 }));
      return nothingUnderWay;
    };
    if (hasFailed) return start(request, index, queuedMs, done); // who gives it its row, unsent

    let itsKey: string;
    try {
      itsKey = keys.key(request, index);
    } catch (reason) {
      return refuse(reason); // of this request alone
    }
    let place: Place;
    let restored: Row | undefined;
    try {
      place = book.place(itsKey);
      restored = place.recorded === undefined ? undefined : memory.restore(request, index, place.recorded);
    } catch (reason) {
      breakOff(reason);
      return refuse(unwritten);
    }
    if (restored !== undefined) {
      done(restored);
      return nothingUnderWay;
    }
    const { key, occurrence } = place;

    let isWriting = false;
    let leave: (() => void) | undefined;
    const abort = start(request, index, queuedMs, (row) => {
      if (hasFailed || isUnsent(row, stopping.reason())) {
        done(row);
        return;
      }
      isWriting = true;
      const writing = book.written$({ key, occurrence, result: memory.record(row), request, index }).subscribe({
        complete: () => {
          done(row);
        },
        error: (reason: unknown) => {
          breakOff(reason);
          done(row);
        },
      });
      leave = () => {
        writing.unsubscribe();
      };
    });
    return () => {
      if (isWriting) leave?.();
      else abort();
    };
  };
}

const unwritten: CompletionError = completionError({
  _tag: 'Cancelled',
  message: 'the journal of the run failed, so nothing more is sent',
});

/** Whether a row says only that the run was stopped before anything was sent: the next run has it to do. */
function isUnsent({ outcome, attempts = [] }: AnyRow, stopped: CompletionError | undefined): boolean {
  if (stopped === undefined || outcome._tag === 'Right' || attempts.length > 0) return false;
  return (outcome.left as Partial<CompletionError> | null | undefined)?._tag === stopped._tag;
}

function nothingUnderWay(): void {
  // Its row is there.
}
