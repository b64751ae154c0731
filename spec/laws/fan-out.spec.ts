import fc from 'fast-check';
import {
  concatMap,
  delay,
  from,
  mergeMap,
  NEVER,
  type Observable,
  of,
  take,
  takeUntil,
  tap,
  throwError,
  timer,
} from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import type { FanOutOptions } from '../../lib/fan-out-options';
import type { FanoutResult } from '../../lib/domain/result';
import { parallel$ } from '../../lib/parallel';
import type { Requests } from '../../lib/rx/source/to-source';

/** One request: how long it takes (ms; 0 is synchronous), and whether it fails. */
interface Task {
  readonly ms: number;
  readonly fails: boolean;
}

/** What can be seen of a run from outside. */
interface Seen {
  readonly rows: readonly FanoutResult<Task, number>[];
  readonly ended: string;
  /** The most requests in flight, and the most pulled ahead of settled ones, at any instant. */
  readonly most: { readonly inFlight: number; readonly ahead: number };
  /** What was pulled and started when the run was over, and what in the end. */
  readonly then: Counts;
  readonly finally: Counts;
  /** How often the generator's `finally` block ran. */
  readonly closed: number;
}
interface Counts {
  readonly pulled: number;
  readonly started: number;
  readonly inFlight: number;
  /** Requests that ran to their end. */
  readonly finished: number;
}

const task = fc.record({ ms: fc.integer({ min: 0, max: 9 }), fails: fc.boolean() });
const tasks = fc.array(task, { maxLength: 40 });
const lanes = fc.integer({ min: 1, max: 9 });
const concurrency = fc.oneof(lanes, fc.constant(Infinity));
const kind = fc.constantFrom<('array' | 'generator' | 'observable' | 'now and then')[]>(
  'array',
  'generator',
  'observable',
  'now and then',
);
type Kind = typeof kind extends fc.Arbitrary<infer K> ? K : never;

function watch(
  input: readonly Task[],
  kind: Kind,
  options: FanOutOptions,
  leave: { readonly afterRows?: number; readonly atMs?: number } = {},
): Seen {
  const rows: FanoutResult<Task, number>[] = [];
  const most = { inFlight: 0, ahead: 0 };
  const counts = { pulled: 0, started: 0, inFlight: 0, finished: 0 };
  let [settled, closed] = [0, 0];
  let ended: string | undefined;
  let then: Counts = counts;

  function* generate(): Generator<Task> {
    try {
      for (const one of input) {
        counts.pulled++;
        most.ahead = Math.max(most.ahead, counts.pulled - settled);
        yield one;
      }
    } finally {
      closed++;
    }
  }
  const inputs: Readonly<Record<Kind, () => Requests<Task>>> = {
    array: () => input,
    generator: generate,
    observable: () => from(input),
    'now and then': () => from(input).pipe(concatMap((one, i) => of(one).pipe(delay(i % 3)))),
  };
  const settle = (): void => {
    counts.inFlight--;
    settled++;
  };
  const finish = (): void => {
    counts.finished++;
    settle();
  };
  const run = ({ ms, fails }: Task): Observable<number> => {
    counts.started++;
    most.inFlight = Math.max(most.inFlight, ++counts.inFlight);
    const answer$ = fails ? throwError(() => new Error('failed')) : of(ms);
    return (ms === 0 ? answer$ : timer(ms).pipe(mergeMap(() => answer$))).pipe(
      tap({ complete: finish, error: finish, unsubscribe: settle }),
    );
  };
  const end = (how: string) => () => {
    ended = how;
    then = { ...counts };
  };

  new TestScheduler(() => undefined).run(({ flush }) => {
    parallel$(inputs[kind](), { ...options, run, now: () => 0 })
      .pipe(
        tap({ complete: end('complete'), error: end('error') }),
        leave.afterRows === undefined ? tap() : take(leave.afterRows),
        takeUntil(leave.atMs === undefined ? NEVER : timer(leave.atMs)),
      )
      .subscribe({
        next: (row) => rows.push(row),
        complete: () => {
          if (ended === undefined) end('left')();
        },
        error: () => undefined,
      });
    flush();
  });
  return { rows, ended: String(ended), most, then, finally: counts, closed };
}

describe('whatever the requests', () => {
  it('each has one row, with its own index and what became of it; no more than concurrency run at a time', () => {
    fc.assert(
      fc.property(tasks, kind, concurrency, (input, kind, concurrency) => {
        const { rows, ended, most } = watch(input, kind, { concurrency });
        expect(ended).toBe('complete');
        const byIndex = [...rows].sort((a, b) => a.index - b.index);
        expect(byIndex.map(({ index }) => index)).toEqual(input.map((_, i) => i));
        expect(byIndex.map(({ request }) => request)).toEqual(input);
        expect(byIndex.map(({ outcome }) => outcome._tag === 'Left')).toEqual(input.map(({ fails }) => fails));
        expect(most.inFlight).toBeLessThanOrEqual(concurrency);
      }),
    );
  });

  it("order: 'input' changes the order and nothing else, however small the window", () => {
    fc.assert(
      fc.property(tasks, kind, concurrency, fc.integer({ min: 1, max: 12 }), (input, kind, concurrency, window) => {
        const { rows, ended, most } = watch(input, kind, { concurrency, order: 'input', window });
        expect(ended).toBe('complete');
        expect(rows.map(({ index }) => index)).toEqual(input.map((_, i) => i));
        expect(rows.map(({ request }) => request)).toEqual(input);
        expect(most.inFlight).toBeLessThanOrEqual(Math.min(concurrency, window));
      }),
    );
  });

  it('a generator is pulled at most concurrency ahead of settled requests', () => {
    fc.assert(
      fc.property(tasks, lanes, (input, concurrency) => {
        const { most, closed } = watch(input, 'generator', { concurrency });
        expect(most.ahead).toBeLessThanOrEqual(concurrency);
        expect(closed).toBe(1);
      }),
    );
  });

  it('all lanes work as long as there is enough to do', () => {
    fc.assert(
      fc.property(lanes, fc.integer({ min: 1, max: 40 }), (concurrency, count) => {
        const input = Array.from({ length: count }, () => ({ ms: 5, fails: false }));
        expect(watch(input, 'generator', { concurrency }).most.inFlight).toBe(Math.min(concurrency, count));
      }),
    );
  });

  it('nothing is pulled or started after leaving, what was in flight is ended, and return() is called', () => {
    const leave = fc.oneof(
      fc.record({ afterRows: fc.integer({ min: 1, max: 10 }) }),
      fc.record({ atMs: fc.integer({ min: 0, max: 20 }) }),
    );
    const order = fc.constantFrom('completion' as const, 'input' as const);
    fc.assert(
      fc.property(tasks, concurrency, order, leave, (input, concurrency, order, leave) => {
        const seen = watch(input, 'generator', { concurrency, order }, leave);
        expect(seen.finally).toEqual({ ...seen.then, inFlight: 0 });
        expect(seen.closed).toBe(seen.finally.pulled === 0 && input.length > 0 ? 0 : 1);
      }),
    );
  });

  it('failFast errors exactly when a request fails, and leaves nothing running', () => {
    fc.assert(
      fc.property(tasks, kind, concurrency, (input, kind, concurrency) => {
        const { rows, ended, finally: left } = watch(input, kind, { concurrency, failFast: true });
        expect(ended).toBe(input.some(({ fails }) => fails) ? 'error' : 'complete');
        expect(rows.every(({ outcome }) => outcome._tag === 'Right')).toBe(true);
        expect(left.inFlight).toBe(0);
      }),
    );
  });

  it('maxErrorRate sends nothing more once it has tripped, and every request of an array still has its row', () => {
    const limit = fc.record({
      ratio: fc.double({ min: 0, max: 1, noNaN: true }),
      minimum: fc.integer({ min: 1, max: 9 }),
    });
    fc.assert(
      fc.property(tasks, limit, (input, maxErrorRate) => {
        const { rows, finally: left } = watch(input, 'array', { concurrency: 1, maxErrorRate });
        const failures = (upTo: number): number => input.slice(0, upTo).filter(({ fails }) => fails).length;
        const trips = input.findIndex(
          (_, i) => i + 1 >= maxErrorRate.minimum && failures(i + 1) > maxErrorRate.ratio * (i + 1),
        );
        expect(left.started).toBe(trips === -1 ? input.length : trips + 1);
        expect(rows.map(({ index }) => index)).toEqual(input.map((_, i) => i));
      }),
    );
  });
});
