import { left } from 'fp-ts/Either';
import { asyncScheduler, EMPTY, from, throwError } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import { completionError } from '../../lib/domain/error';
import type { Attempt, FanoutResult, ParallelResult } from '../../lib/domain/result';
import type { RunSummary } from '../../lib/rows/run-summary';
import { summarize } from '../../lib/rows/summarize';
import { row } from '../support/row';

const summaryOf = (
  ...rows: readonly (FanoutResult<unknown, unknown> & Partial<Pick<ParallelResult, 'attempts' | 'usage' | 'cost'>>)[]
): RunSummary | undefined => {
  let summary: RunSummary | undefined;
  from(rows)
    .pipe(summarize({ now: () => 0 }))
    .subscribe((value) => (summary = value));
  return summary;
};
const attempt = (ended: Attempt['ended'], more: Partial<Attempt> = {}): Attempt => ({
  deployment: 'a',
  startedAt: 0,
  elapsedMs: 1,
  ended,
  ...more,
});
const usage = (totalTokens: number) => ({ promptTokens: 0, completionTokens: totalTokens, totalTokens });

describe('summarize', () => {
  it('counts rows, failures by kind, and nearest-rank percentiles', () => {
    const rows = Array.from({ length: 20 }, (_, i) => row(i, 'a', 20 - i));
    const failed = [
      { ...row(20, '!', 21), outcome: left(completionError({ _tag: 'Timeout', phase: 'total' })) },
      { ...row(21, '!', 22), outcome: left(new RangeError('x')) },
      { ...row(22, '!', 23), outcome: left('text') },
      { ...row(23, '!', 24), outcome: left({ name: '__proto__' }) },
    ];
    const summary = summaryOf(...rows, ...failed);
    expect(summary).toMatchObject({ total: 24, succeeded: 20, failed: 4, elapsedP50Ms: 12, elapsedP95Ms: 23 });
    expect(Object.entries(summary?.byTag ?? {})).toEqual([
      ['Timeout', 1],
      ['RangeError', 1],
      ['string', 1],
      ['__proto__', 1],
    ]);
  });

  it('adds up attempts, usage and cost', () => {
    const summary = summaryOf(
      { ...row(0, 'a'), attempts: [attempt('ok')], usage: usage(5), cost: 0.5 },
      { ...row(1, 'b'), attempts: [attempt('failed'), attempt('throttled'), attempt('ok')], usage: usage(7), cost: 1 },
      { ...row(2, 'c'), attempts: [attempt('aborted'), attempt('ok', { hedge: true })], usage: usage(1), cost: 0.25 },
      { ...row(3, '!never sent'), attempts: [], usage: usage(0) },
    );
    expect(summary).toMatchObject({ attempts: 6, retries: 1, throttles: 1, usage: usage(13), cost: 1.75 });
  });

  it('has no cost when one price is unknown, or there are no prices at all', () => {
    const priced = { ...row(0, 'a'), attempts: [attempt('ok')], usage: usage(5), cost: 0.5 };
    expect(summaryOf(priced, { ...row(1, 'b'), attempts: [attempt('ok')], usage: usage(5) })).not.toHaveProperty(
      'cost',
    );
    expect(summaryOf(row(0, 'a'))).not.toHaveProperty('cost');
  });

  it('emits at the end, with the time from the subscription, and passes an error on', () => {
    new TestScheduler((actual, expected) => {
      expect(actual).toEqual(expected);
    }).run(({ cold, expectObservable }) => {
      const rows = cold('a-a--|', { a: row(0, 'a') });
      const expected = ' -----(s|)';
      const summary = expect.objectContaining({ total: 2, makespanMs: 5 }) as RunSummary;
      expectObservable(rows.pipe(summarize({ now: () => asyncScheduler.now() }))).toBe(expected, { s: summary });
      expectObservable(throwError(() => new Error('bad')).pipe(summarize())).toBe('#', undefined, new Error('bad'));
      const none = expect.objectContaining({ total: 0, elapsedP50Ms: 0, elapsedP95Ms: 0 }) as RunSummary;
      expectObservable(EMPTY.pipe(summarize())).toBe('(s|)', { s: none });
    });
  });
});
