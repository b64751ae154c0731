import { type Observable, Subject, takeUntil } from 'rxjs';
import { paceOf } from './paced';
import { createQueue } from './queue';

/**
 * A stream for `for await`. It is subscribed at the first `next()`; leaving the loop unsubscribes. Over a stream that can wait
 * (`parallel$`) a slow reader holds the lanes: no more is taken than `concurrency` beyond what has been read. Any other source
 * cannot be slowed: at most `buffer` values wait, one more is an error. Overlapping `next()` calls are served in turn.
 *
 * @example for await (const row of toAsyncIterable(parallel$(prompts, { router }))) console.log(row.index)
 */
export function toAsyncIterable<T>(
  source$: Observable<T>,
  options: { readonly buffer?: number | undefined } = {},
): AsyncIterable<T> {
  const given = (options as unknown) === null ? 'null' : typeof options;
  if (given !== 'object') throw new TypeError(`options must be { buffer: number }, not ${given}`);
  const { buffer = 10_000 } = options;
  if (!(buffer >= 0)) throw new TypeError(`buffer must be a number of values from 0, not ${String(buffer)}`);
  return { [Symbol.asyncIterator]: () => read(source$, buffer) };
}

interface Reader<T> {
  readonly resolve: (step: IteratorResult<T, undefined>) => void;
  readonly reject: (reason: unknown) => void;
}

/** Values that wait for a reader, and readers that wait for a value: never both. */
function read<T>(source$: Observable<T>, buffer: number): AsyncIterator<T, undefined> {
  const values = createQueue<{ readonly value: T }>();
  const readers = createQueue<Reader<T>>();
  const read$ = new Subject<void>();
  const left$ = new Subject<void>();
  const pace = paceOf(source$);
  let started = false;
  let end: ((reader: Reader<T>) => void) | undefined;

  function start(): void {
    started = true;
    (pace?.(read$) ?? source$).pipe(takeUntil(left$)).subscribe({
      next: arrive,
      complete: () => {
        finish(sayDone);
      },
      error: fail,
    });
  }

  function arrive(value: T): void {
    const reader = readers.shift();
    if (reader !== undefined) give(reader, value);
    else if (pace !== undefined || values.size() < buffer) values.push({ value });
    else
      fail(new Error(`the reader is more than ${String(buffer)} values behind: read faster, or give a larger buffer`));
  }

  function give(reader: Reader<T>, value: T): void {
    reader.resolve({ value, done: false });
    read$.next();
  }

  function fail(reason: unknown): void {
    finish(({ reject }) => {
      end = sayDone; // an error is told once
      reject(reason);
    });
  }

  /** What is queued is still read; then every reader is told the end. */
  function finish(tell: (reader: Reader<T>) => void): void {
    if (end !== undefined) return;
    end = tell;
    left$.next();
    for (let reader = readers.shift(); reader !== undefined; reader = readers.shift()) end(reader);
  }

  return {
    next: () =>
      new Promise((resolve, reject) => {
        const reader = { resolve, reject };
        const queued = values.shift();
        if (queued !== undefined) give(reader, queued.value);
        else if (end !== undefined) end(reader);
        else {
          readers.push(reader);
          if (!started) start();
        }
      }),
    return: () => {
      values.clear();
      finish(sayDone);
      end = sayDone;
      return Promise.resolve({ value: undefined, done: true });
    },
  };
}

function sayDone<T>({ resolve }: Reader<T>): void {
  resolve({ value: undefined, done: true });
}
