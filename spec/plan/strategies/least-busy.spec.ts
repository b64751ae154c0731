import fc from 'fast-check';
import type { DeploymentState } from '../../../lib/plan/deployment';
import { seededRandom } from '../../../lib/testing/simulate/seeded-random';
import { chiSquare } from '../../support/chi-square';
import { chosenBy } from '../../support/chosen-by';
import { deploymentOf } from '../../support/deployment-of';

function busy(inFlight: number, weight = 1): DeploymentState {
  return Object.assign(deploymentOf({ id: String(inFlight), weight }), { inFlight });
}

const share = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
const deployment = fc.record({ inFlight: fc.nat(9), weight: fc.nat(3) });

describe('least-busy', () => {
  it('takes the one with the fewest calls in flight, whatever it weighs', () => {
    const [a, b, c] = [busy(5, 100), busy(2), busy(3, 100)];
    expect(chosenBy('least-busy', [a, b, c])).toBe(b);
  });

  it('of those that have as few, one by chance, in proportion to the weights', () => {
    const candidates = [busy(1, 2), busy(4), busy(1, 6), busy(1, 0), busy(1, 4)];
    const random = seededRandom(3);
    const chosen = Array.from({ length: 6000 }, () =>
      candidates.indexOf(chosenBy('least-busy', candidates, { random })),
    );
    const counts = [0, 1, 2, 3, 4].map((i) => chosen.filter((one) => one === i).length);
    expect([counts[1], counts[3]]).toEqual([0, 0]);
    expect(chiSquare([counts[0]!, counts[2]!, counts[4]!], [2, 6, 4])).toBeLessThan(13.8); // 1 in 1 000
  });

  it('law: never takes a busier one, and finds every one of the least busy', () => {
    fc.assert(
      fc.property(fc.array(deployment, { minLength: 1, maxLength: 12 }), share, (plans, point) => {
        const candidates = plans.map(({ inFlight, weight }) => busy(inFlight, weight));
        const least = Math.min(...plans.map(({ inFlight }) => inFlight));
        expect(chosenBy('least-busy', candidates, { random: () => point }).inFlight).toBe(least);

        const equals = candidates.filter((one) => one.inFlight === least);
        const weighing = equals.filter(({ weight }) => weight > 0);
        const possible = weighing.length > 0 ? weighing : equals;
        const points = Array.from({ length: 100 }, (_, i) => i / 100); // no share is smaller than 1 of 36
        const found = new Set(points.map((at) => chosenBy('least-busy', candidates, { random: () => at })));
        expect(found).toEqual(new Set(possible));
      }),
    );
  });
});
