import fc from 'fast-check';
import { emptyLedger, isRetry, posted, totalOf, type Ledger, type PostedCall } from '../../lib/domain/ledger';
import type { Attempt } from '../../lib/domain/result';

const usageOf = (tokens: number) => ({ promptTokens: tokens, completionTokens: 1, totalTokens: tokens + 1 });
const ledgerOf = (calls: readonly PostedCall[]): Ledger => calls.reduce(posted, emptyLedger);
const attempt = (ended: Attempt['ended'], more: Partial<Attempt> = {}): Attempt => ({
  deployment: 'a',
  startedAt: 0,
  elapsedMs: 1,
  ended,
  ...more,
});

describe('a ledger', () => {
  it('keeps apart how calls ended, and counts retries and hedges besides', () => {
    const ledger = ledgerOf([
      { ended: 'failed', usage: usageOf(3), cost: 0.5 },
      { ended: 'ok', usage: usageOf(5), cost: 1, isRetry: true },
      { ended: 'aborted', usage: { ...usageOf(7), estimated: true }, cost: 2, hedge: true },
      { ended: 'throttled', cost: 0 },
    ]);
    expect(ledger).toEqual({
      completed: { calls: 1, usage: usageOf(5), cost: 1 },
      failed: { calls: 1, usage: usageOf(3), cost: 0.5 },
      throttled: { calls: 1, usage: { promptTokens: 0, completionTokens: 0, totalTokens: 0 }, cost: 0 },
      aborted: { calls: 1, usage: { ...usageOf(7), estimated: true }, cost: 2 },
      retried: { calls: 1, usage: usageOf(5), cost: 1 },
      hedged: { calls: 1, usage: { ...usageOf(7), estimated: true }, cost: 2 },
    });
    expect(totalOf(ledger)).toMatchObject({ calls: 4, cost: 3.5, usage: { promptTokens: 15, estimated: true } });
  });

  it('knows no cost of a kind in which one price is unknown', () => {
    const ledger = ledgerOf([
      { ended: 'ok', usage: usageOf(1), cost: 1 },
      { ended: 'ok', usage: usageOf(1) },
    ]);
    expect(ledger.completed).not.toHaveProperty('cost');
    expect(totalOf(ledger)).not.toHaveProperty('cost');
    expect(ledger.failed.cost).toBe(0);
  });

  it.each([
    ['the first call', attempt('ok'), [], false],
    ['a call after a failed one', attempt('ok'), [attempt('failed')], true],
    ['a call after one that was put off', attempt('ok'), [attempt('throttled')], false],
    ['a call that is put off', attempt('throttled'), [attempt('failed')], false],
    ['a second call for a slow one', attempt('ok', { hedge: true }), [attempt('failed')], false],
  ] as const)('tells whether %s is a retry', (_name, call, before, expected) => {
    expect(isRetry(call, before)).toBe(expected);
  });

  it('loses no call: the four kinds add up to all', () => {
    const call = fc.record({
      ended: fc.constantFrom('ok', 'failed', 'throttled', 'aborted'),
      usage: fc.nat(1000).map(usageOf),
      cost: fc.nat(100),
      isRetry: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(call), (calls) => {
        const total = totalOf(ledgerOf(calls));
        expect(total.calls).toBe(calls.length);
        expect(total.cost).toBe(calls.reduce((sum, { cost }) => sum + cost, 0));
        expect(total.usage.promptTokens).toBe(calls.reduce((sum, { usage }) => sum + usage.promptTokens, 0));
      }),
    );
  });
});
