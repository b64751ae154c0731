import { leastOf } from '../../../lib/plan/strategies/least-of';
import { deploymentOf } from '../../support/deployment-of';

const [first, ...others] = Array.from({ length: 1000 }, (_, i) => deploymentOf({ id: String(i), order: i % 10 }));
const candidates = [first!, ...others] as const;

function asked(measure: (order: number) => number): { readonly measured: number; readonly draws: number } {
  let [measured, draws] = [0, 0];
  const random = (): number => {
    draws += 1;
    return 0.999;
  };
  leastOf(({ order }) => ((measured += 1), measure(order)), { candidates, random });
  return { measured, draws };
}

describe('leastOf', () => {
  it('measures each at most twice and asks chance once, however many there are', () => {
    expect(asked((order) => order)).toEqual({ measured: expect.any(Number), draws: 1 });
    expect(asked((order) => order).measured).toBeLessThanOrEqual(2000);
    expect(asked(() => Infinity)).toEqual({ measured: 2000, draws: 1 });
  });

  it('does not ask chance when one alone is the least', () => {
    const alone = Object.assign(deploymentOf(), { inFlight: -1 });
    const never = (): number => {
      throw new Error('asked');
    };
    const given = { candidates: [...candidates, alone] as unknown as typeof candidates, random: never };
    expect(leastOf(({ inFlight }) => inFlight, given)).toBe(alone);
  });
});
