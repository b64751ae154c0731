import fc from 'fast-check';
import { countOutcomes, withOutcome, type RecentOutcomes } from '../../lib/plan/recent-outcomes';

const call = fc.record({ afterMs: fc.nat(20_000), isFailure: fc.boolean() });

describe('recent outcomes', () => {
  it('law: counts what a list of all outcomes of the last 60 seconds of the clock would', () => {
    fc.assert(
      fc.property(fc.array(call, { maxLength: 60 }), (calls) => {
        const all: { readonly at: number; readonly isFailure: boolean }[] = [];
        let outcomes: RecentOutcomes = [];
        let now = 0;
        for (const { afterMs, isFailure } of calls) {
          now += afterMs;
          all.push({ at: now, isFailure });
          outcomes = withOutcome(outcomes, isFailure, now);
          const since = Math.floor(now / 1000) * 1000 - 59_000;
          const recent = all.filter(({ at }) => at >= since);
          const failed = recent.filter((one) => one.isFailure).length;
          expect(countOutcomes(outcomes, now)).toEqual({ total: recent.length, failed });
          expect(outcomes.length).toBeLessThanOrEqual(60);
        }
      }),
    );
  });

  it('leaves the value before as it was', () => {
    const before = withOutcome([], true, 0);
    withOutcome(before, false, 0);
    expect(countOutcomes(before, 0)).toEqual({ total: 1, failed: 1 });
  });

  it('is empty a minute later, without being told', () => {
    expect(countOutcomes(withOutcome([], true, 0), 60_000)).toEqual({ total: 0, failed: 0 });
  });
});
