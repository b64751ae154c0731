import { expectTypeOf } from 'expect-type';
import type { Either, Left, Right } from 'fp-ts/Either';
import { EMPTY, type Observable, of } from 'rxjs';
import type { Completion } from '../../lib/domain/completion';
import type { CompletionError } from '../../lib/domain/error';
import type { CompletionRequest } from '../../lib/domain/request';
import type { FanoutResult, ParallelResult } from '../../lib/domain/result';
import { gather$ } from '../../lib/gather';
import { parallel, parallel$ } from '../../lib/parallel';
import type { ParallelRouter } from '../../lib/parallel-router';
import { failures } from '../../lib/rows/failures';
import type { RunSummary } from '../../lib/rows/run-summary';
import { successes } from '../../lib/rows/successes';
import { summarize } from '../../lib/rows/summarize';
import { unwrap } from '../../lib/rows/unwrap';
import { inOrder } from '../../lib/rx/in-order';
import { toAsyncIterable } from '../../lib/rx/to-async-iterable';

const router: ParallelRouter = { parallel$: () => EMPTY };
const double = (n: number): Observable<string> => of(String(n * 2));

/** Checked by the compiler; it is called once so that it is a test as well. */
function types(): void {
  const rows$ = parallel$([1, 2], { run: double });
  expectTypeOf(rows$).toEqualTypeOf<Observable<FanoutResult<number, string>>>();
  expectTypeOf(parallel$(new Set([1]), { run: (n) => Promise.resolve(n > 1) })).toEqualTypeOf<
    Observable<FanoutResult<number, boolean>>
  >();
  expectTypeOf(parallel$(of(1), { run: double })).toEqualTypeOf<typeof rows$>();
  expectTypeOf(parallel$(Promise.resolve([1]), { run: double })).toEqualTypeOf<typeof rows$>();
  expectTypeOf(gather$([1], { run: double, preserveOrder: false })).toEqualTypeOf<
    Observable<FanoutResult<number, string>[]>
  >();
  expectTypeOf(of(1).pipe(parallel({ run: double }))).toEqualTypeOf<typeof rows$>();

  // A run of one's own fails with whatever it fails with; only a router's failures are CompletionErrors.
  rows$.subscribe((row) => expectTypeOf(row.outcome).toEqualTypeOf<Either<unknown, string>>());

  const prompts: readonly string[] = ['a prompt'];
  const completions$ = parallel$(prompts, { router });
  expectTypeOf(completions$).toEqualTypeOf<Observable<ParallelResult<string>>>();
  const request = { messages: [{ role: 'user' as const, content: 'hi' }], metadata: { id: 7 } };
  parallel$([request], { router, timeouts: { totalMs: 1000 } }).subscribe((row) =>
    expectTypeOf(row.request.metadata.id).toEqualTypeOf<number>(),
  );
  expectTypeOf(of(...prompts).pipe(parallel({ router }))).toEqualTypeOf<typeof completions$>();
  const mixed: readonly (string | CompletionRequest)[] = ['a'];
  gather$(mixed, { router }).subscribe((rows) => expectTypeOf(rows).toExtend<readonly ParallelResult<unknown>[]>());

  completions$.pipe(successes()).subscribe((row) => {
    expectTypeOf(row.outcome).toExtend<Right<Completion>>();
    expectTypeOf(row.attempts).not.toBeAny();
    expectTypeOf(row.request).toEqualTypeOf<string>();
  });
  completions$.pipe(failures()).subscribe((row) => expectTypeOf(row.outcome).toExtend<Left<CompletionError>>());
  expectTypeOf(rows$.pipe(unwrap())).toEqualTypeOf<Observable<string>>();
  expectTypeOf(completions$.pipe(unwrap())).toEqualTypeOf<Observable<Completion>>();
  expectTypeOf(rows$.pipe(inOrder())).toEqualTypeOf<typeof rows$>();
  expectTypeOf(completions$.pipe(summarize())).toEqualTypeOf<Observable<RunSummary>>();
  expectTypeOf(rows$.pipe(summarize())).toEqualTypeOf<Observable<RunSummary>>();
  expectTypeOf(toAsyncIterable(rows$)).toEqualTypeOf<AsyncIterable<FanoutResult<number, string>>>();
}

/** What must not compile. Never called. */
function refused(): void {
  // @ts-expect-error a bare string is characters
  void parallel$('a prompt', { router });
  // @ts-expect-error so it is for a run of one's own
  void parallel$('abc', { run: (character: string) => of(character) });
  // @ts-expect-error and when promised
  void parallel$(Promise.resolve('abc'), { run: (character: string) => of(character) });
  // @ts-expect-error a run that gives a string would give its characters
  void parallel$([1], { run: (n: number) => String(n) });
  // @ts-expect-error neither router nor run
  void parallel$([1], { concurrency: 2 });
  // @ts-expect-error both router and run
  void parallel$(['a'], { router, run: (prompt: string) => of(prompt) });
  // @ts-expect-error clocks of completions, for a run of one's own
  void parallel$([1], { run: double, timeouts: { totalMs: 1 } });
  // @ts-expect-error a router takes prompts and requests, not numbers
  void parallel$([1], { router });
  // @ts-expect-error a typo in an option
  void parallel$([1], { run: double, concurency: 2 });
  // @ts-expect-error the signal is all that a run is told
  void parallel$([1], { run: (n: number, index: number, context) => of(context.stopped$) });
}

it('has the types that are written down', () => {
  expect(types).not.toThrow();
  expect(refused).toBeInstanceOf(Function);
});
