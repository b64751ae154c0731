import fc from 'fast-check';
import { choose } from '../../../lib/plan/choose';
import type { DeploymentState } from '../../../lib/plan/deployment';
import { group } from '../../../lib/plan/group';
import { seededRandom } from '../../../lib/testing/simulate/seeded-random';
import { askOf } from '../../support/ask-of';
import { chiSquare } from '../../support/chi-square';
import { chosenBy } from '../../support/chosen-by';
import { cooled } from '../../support/cooled';
import { deploymentOf } from '../../support/deployment-of';

function chosenFrom(deployments: readonly DeploymentState[], now = 0, random = () => 0): DeploymentState | undefined {
  const choice = choose(group('g', deployments, 'priority-order'), askOf(), now, { whenExhausted: 'wait', random });
  return choice.kind === 'send' ? choice.deployment : undefined;
}

const ordered = (order: number, plan: object = {}): DeploymentState =>
  deploymentOf({ id: String(order), order, ...plan });

describe('priority-order', () => {
  it('takes the lowest order, whatever the place in the list and the weight', () => {
    const first = ordered(-1, { weight: 0 });
    expect(chosenFrom([ordered(2, { weight: 9 }), first, ordered(1)])).toBe(first);
  });

  it('goes on to the next one when that is full, or cools down, and comes back to probe it', () => {
    const [full, next] = [ordered(1, { maxParallel: 0 }), ordered(2)];
    expect(chosenFrom([next, full])).toBe(next);
    const sick = cooled(ordered(1), { cause: 'failing', forMs: 5000 });
    expect(chosenFrom([sick, next], 4999)).toBe(next);
    expect(chosenFrom([next, sick], 5000)).toBe(sick);
  });

  it('shuffles those of the lowest order by weight', () => {
    const candidates = [ordered(2, { weight: 50 }), ordered(1, { weight: 3 }), ordered(1), ordered(1, { weight: 0 })];
    const random = seededRandom(5);
    const chosen = Array.from({ length: 4000 }, () =>
      candidates.indexOf(chosenBy('priority-order', candidates, { random })),
    );
    const counts = [0, 1, 2, 3].map((i) => chosen.filter((one) => one === i).length);
    expect([counts[0], counts[3]]).toEqual([0, 0]);
    expect(chiSquare([counts[1]!, counts[2]!], [3, 1])).toBeLessThan(10.8); // 1 in 1 000
  });

  it('law: never skips an order that is well and has room', () => {
    const plan = fc.record({
      order: fc.integer({ min: 0, max: 4 }),
      weight: fc.nat(2),
      isFull: fc.boolean(),
      isCool: fc.boolean(),
    });
    const share = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
    fc.assert(
      fc.property(fc.array(plan, { minLength: 1, maxLength: 10 }), share, (plans, point) => {
        const deployments = plans.map(({ order, weight, isFull, isCool }) => {
          const one = ordered(order, { weight, maxParallel: isFull ? 0 : 1 });
          return isCool ? cooled(one, { cause: 'failing', forMs: 5000 }) : one;
        });
        const ready = plans.filter(({ isFull, isCool }) => !isFull && !isCool);
        const lowest = ready.length === 0 ? undefined : Math.min(...ready.map(({ order }) => order));
        expect(chosenFrom(deployments, 0, () => point)?.order).toBe(lowest);
      }),
    );
  });
});
