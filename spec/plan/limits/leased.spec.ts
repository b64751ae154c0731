import { hold, leased, leftOfLeases, letGo, putBack, useUp } from '../../../lib/plan/limits/leased';

interface Given {
  readonly amount: number;
  readonly validMs?: number;
}

/** Two leases held at 0, and what was given back of each. */
function held(...given: readonly Given[]) {
  const its = leased(() => undefined);
  const backs = given.map((): number[] => []);
  const leases = given.map(({ amount, validMs = 1000 }, i) =>
    hold(its, { amount, validMs, giveBack: (unused) => backs[i]?.push(unused) }, 0),
  );
  return { its, leases, backs };
}

describe('leases of one limit', () => {
  it('are used up in the order in which they end', () => {
    const { its, leases } = held({ amount: 10, validMs: 2000 }, { amount: 4, validMs: 1000 });
    useUp(its, 6, 0);
    expect(leases.map(({ left }) => left)).toEqual([8, 0]);
    expect(leftOfLeases(its, 1000)).toBe(8);
    expect(leftOfLeases(its, 2000)).toBe(0);
  });

  it('have back what was not used: ours as long as the lease is, then for the others', () => {
    const { its, leases, backs } = held({ amount: 4 }, { amount: 10, validMs: 2000 });
    const portions = useUp(its, 9, 0);
    letGo(its, leases[0]!);
    putBack(its, portions, 7);
    expect(leftOfLeases(its, 0)).toBe(10);
    expect(backs).toEqual([[2], []]);
    letGo(its, leases[1]!);
    expect(backs).toEqual([[2], [10]]);
  });

  it('pay later for what was taken beyond them', () => {
    const { its } = held({ amount: 4 });
    useUp(its, 10, 0);
    expect(its.owed).toBe(6);
    hold(its, { amount: 8, validMs: 1000, giveBack: () => undefined }, 0);
    expect([its.owed, leftOfLeases(its, 0)]).toEqual([0, 2]);
  });

  it('run out whatever becomes of giving back', () => {
    const its = leased(() => undefined);
    const giveBack = (): never => {
      throw new Error('no connection');
    };
    const one = hold(its, { amount: 1, validMs: 1000, giveBack }, 0);
    letGo(its, one);
    expect(leftOfLeases(its, 0)).toBe(0);
  });
});
