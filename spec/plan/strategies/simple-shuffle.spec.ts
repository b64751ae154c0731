import type { DeploymentState } from '../../../lib/plan/deployment';
import { seededRandom } from '../../../lib/testing/simulate/seeded-random';
import { chiSquare } from '../../support/chi-square';
import { chosenBy } from '../../support/chosen-by';
import { deploymentOf } from '../../support/deployment-of';

function weighing(weights: readonly number[]): readonly DeploymentState[] {
  return weights.map((weight) => deploymentOf({ id: String(weight), weight }));
}

/** How often each is chosen in n draws. */
function counts(weights: readonly number[], n: number, random = seededRandom(1)): readonly number[] {
  const candidates = weighing(weights);
  const chosen = Array.from({ length: n }, () =>
    candidates.indexOf(chosenBy('simple-shuffle', candidates, { random })),
  );
  return candidates.map((_, i) => chosen.filter((one) => one === i).length);
}

describe('simple-shuffle', () => {
  it.each([
    ['equal weights', [1, 1, 1, 1]],
    ['unequal weights', [1, 2, 3, 10]],
    ['fractions', [0.1, 0.2, 0.7]],
    ['very unequal weights', [1, 1000]],
  ])('chooses in proportion: %s', (_, weights) => {
    expect(chiSquare(counts(weights, 20_000), weights)).toBeLessThan(16.3); // 3 degrees of freedom: 1 in 1 000 by chance
  });

  it('chooses evenly when nobody weighs anything', () => {
    expect(Math.min(...counts([0, 0, 0], 3000))).toBeGreaterThan(900);
  });

  it.each([0, 0.5, 1 - 2 ** -53, 1, NaN])(
    'never chooses one that weighs nothing beside one that does, at %d',
    (point) => {
      const candidates = weighing([0, 0.1, 0, 0.2, 0]);
      expect(chosenBy('simple-shuffle', candidates, { random: () => point }).weight).toBeGreaterThan(0);
    },
  );

  it('takes no notice of how busy, fast or dear a deployment is', () => {
    const busy = Object.assign(deploymentOf({ id: 'busy', order: 9 }), { inFlight: 99 });
    expect(chosenBy('simple-shuffle', [busy, deploymentOf()])).toBe(busy);
  });

  it('is the same for the same seed', () => {
    expect(counts([1, 2, 3], 500, seededRandom(7))).toEqual(counts([1, 2, 3], 500, seededRandom(7)));
  });
});
