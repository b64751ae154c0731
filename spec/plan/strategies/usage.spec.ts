import fc from 'fast-check';
import type { DeploymentState } from '../../../lib/plan/deployment';
import type { Quota } from '../../../lib/plan/limits/quota';
import { rate, take, type Rate } from '../../../lib/plan/limits/rate';
import { chosenBy } from '../../support/chosen-by';
import { deploymentOf } from '../../support/deployment-of';

/** A limit a minute of which so much was taken at 0. */
function used(counts: Rate['counts'], limit: number, taken: number): Rate {
  const one = rate(counts, limit);
  take(one, taken, 0);
  return one;
}
const tpm = (id: string, limit: number, taken: number): DeploymentState =>
  deploymentOf({ id, rates: [used('tokens', limit, taken)] });

describe('usage', () => {
  it('takes the one that has used the smallest share of its tokens, not the fewest', () => {
    const [small, large] = [tpm('small', 1000, 200), tpm('large', 100_000, 10_000)];
    expect(chosenBy('usage', [small, large])).toBe(large);
  });

  it('forgets what was used more than a minute ago', () => {
    const [early, late] = [tpm('early', 1000, 900), tpm('late', 1000, 0)];
    late.rates.forEach((one) => {
      take(one, 100, 30_000);
    });
    expect(chosenBy('usage', [early, late], { now: 60_999 })).toBe(late);
    expect(chosenBy('usage', [early, late], { now: 61_000 })).toBe(early);
  });

  it('goes by the tokens of a quota as well, if that is the fuller', () => {
    const quota: Quota = { name: 'q', maxParallel: Infinity, rates: [used('tokens', 1000, 700)], inFlight: 0 };
    const inQuota = deploymentOf({ id: 'in quota', rates: [used('tokens', 1000, 100)], quota });
    expect(chosenBy('usage', [inQuota, tpm('half', 1000, 500)]).id).toBe('half');
    expect(chosenBy('usage', [inQuota, tpm('more', 1000, 800)])).toBe(inQuota);
  });

  it('goes by calls where there is no limit of tokens, and only there', () => {
    const calls = deploymentOf({ id: 'calls', rates: [used('requests', 10, 4)] });
    expect(chosenBy('usage', [calls, tpm('half', 1000, 500)])).toBe(calls);
    expect(chosenBy('usage', [calls, tpm('less', 1000, 300)]).id).toBe('less');
    const both = deploymentOf({ id: 'both', rates: [used('requests', 10, 9), used('tokens', 1000, 300)] });
    expect(chosenBy('usage', [calls, both])).toBe(both);
  });

  it('takes one without limits before those that have used any', () => {
    const free = deploymentOf({ id: 'free' });
    expect(chosenBy('usage', [tpm('used', 1000, 1), free])).toBe(free);
    expect(chosenBy('usage', [tpm('unused', 1000, 0), free]).id).toBe('unused'); // equals
  });

  it('law: one chosen again and again, each taking the same, keeps all shares together', () => {
    const limits = fc.array(fc.integer({ min: 100, max: 10_000 }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(limits, (list) => {
        const candidates = list.map((limit, i) => tpm(String(i), limit, 0));
        const share = (one: DeploymentState): number => Math.max(...one.rates.map(({ taken, limit }) => taken / limit));
        for (let left = list.reduce((sum, limit) => sum + limit, 0) / 20; left > 0; left--) {
          for (const one of chosenBy('usage', candidates).rates) take(one, 10, 0);
        }
        const shares = candidates.map(share);
        expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(10 / Math.min(...list) + 1e-9);
      }),
    );
  });
});
