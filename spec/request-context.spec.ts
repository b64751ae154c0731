import { NEVER, type Observable, Subject } from 'rxjs';
import { parallel$ } from '../lib/parallel';

describe('context.signal', () => {
  type Signals = AbortSignal[];
  const collecting =
    (signals: Signals, task$: Observable<unknown>) =>
    (_: number, __: number, { signal }: { readonly signal: AbortSignal }): Observable<unknown> => {
      signals.push(signal);
      return task$;
    };

  it('is aborted when the run is left before the request has settled, and only then', () => {
    const signals: Signals = [];
    const first = new Subject<void>();
    const subscription = parallel$([0, 1], { run: collecting(signals, first), concurrency: 1 }).subscribe();
    first.next();
    first.complete(); // both settle: the second finds its subject completed, without a value
    expect(signals.map(({ aborted }) => aborted)).toEqual([false, false]);
    subscription.unsubscribe();
    expect(signals.map(({ aborted }) => aborted)).toEqual([false, false]);

    const left: Signals = [];
    parallel$([0, 1], { run: collecting(left, NEVER), concurrency: 2 })
      .subscribe()
      .unsubscribe();
    expect(left.map(({ aborted }) => aborted)).toEqual([true, true]);
  });

  it('is aborted from the start when it is first read after that', () => {
    let context: { readonly signal: AbortSignal } | undefined;
    const rows$ = parallel$([0], {
      run: (_, __, given) => {
        context = given;
        return NEVER;
      },
    });
    rows$.subscribe().unsubscribe();
    expect(context?.signal.aborted).toBe(true);
    expect(context?.signal).toBe(context?.signal);
  });

  it.each([1, Infinity])('is aborted when run itself ends the run (concurrency %d)', (concurrency) => {
    const over = new Error('over');
    const ended = new Subject<void>();
    const signals: Signals = [];
    const first = new Subject<void>();
    const requests = new Subject<number>();
    const rows$ = parallel$(requests, {
      concurrency,
      run: (n, _, { signal }) => {
        if (n === 0) return first;
        signals.push(signal);
        ended.error(over);
        return NEVER;
      },
      stopTaking: ended,
    });
    const errors: unknown[] = [];
    rows$.subscribe({ error: (reason: unknown) => errors.push(reason) });
    requests.next(0);
    requests.next(1);
    first.complete();
    expect(errors).toEqual([over]);
    expect(signals[0]?.aborted).toBe(true);
  });
});
