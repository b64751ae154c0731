import fc from 'fast-check';
import { histogram } from '../../../lib/cli/report/histogram';
import { sample } from '../../../lib/cli/report/sample';
import { timeLine } from '../../../lib/cli/report/time-line';

describe('timeLine', () => {
  it('loses nothing, however long the run is: sums and busy times are those of the calls', () => {
    const call = fc.record({
      deployment: fc.constantFrom('a', 'b'),
      from: fc.integer({ min: 0, max: 10_000_000 }),
      took: fc.integer({ min: 0, max: 100_000 }),
      failed: fc.constantFrom(0, 1),
      tokens: fc.nat(100),
    });
    fc.assert(
      fc.property(fc.array(call, { maxLength: 60 }), (calls) => {
        const line = timeLine();
        for (const { deployment, from, took, failed, tokens } of calls) {
          line.add(deployment, from, from + took, { failed, throttled: 0, tokens, cost: 0 });
        }
        const stretches = line.read();
        const cells = stretches.flatMap(([, byDeployment]) => [...byDeployment.values()]);
        const sum = (of: 'failed' | 'tokens' | 'busyMs'): number => cells.reduce((total, cell) => total + cell[of], 0);
        expect(stretches.length).toBeLessThanOrEqual(600);
        expect(sum('failed')).toBe(calls.reduce((total, { failed }) => total + failed, 0));
        expect(sum('tokens')).toBe(calls.reduce((total, { tokens }) => total + tokens, 0));
        expect(sum('busyMs')).toBeCloseTo(
          calls.reduce((total, { took }) => total + took, 0),
          3,
        );
        expect(stretches.map(([stretch]) => stretch)).toEqual(
          [...stretches.map(([stretch]) => stretch)].sort((a, b) => a - b),
        );
      }),
    );
  });
});

describe('histogram', () => {
  it('counts everything, and its quantiles are within a hundredth of the real ones', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 1, max: 1e7, noNaN: true }), { minLength: 1 }),
        fc.double({ min: 0.01, max: 1, noNaN: true }),
        (times, share) => {
          const counts = histogram();
          for (const ms of times) counts.add(ms);
          const sorted = [...times].sort((a, b) => a - b);
          const real = sorted[Math.ceil(share * sorted.length) - 1]!;
          const columns = counts.columns();
          expect(columns.reduce((sum, { count }) => sum + count, 0)).toBe(times.length);
          const column = columns[Math.floor(counts.placeOf(real))]!;
          expect(counts.quantile(share)! / real).toBeGreaterThan(0.99);
          expect(counts.quantile(share)! / real).toBeLessThan(1.01);
          expect(column.fromMs / real).toBeLessThan(1.000001);
          expect(column.toMs / real).toBeGreaterThan(0.999999);
        },
      ),
    );
  });

  it('has no columns and no times without any', () => {
    expect(histogram().columns()).toEqual([]);
    expect(histogram().quantile(0.5)).toBeUndefined();
  });
});

describe('sample', () => {
  it('takes all of few, and of many each with the same chance', () => {
    let state = 1;
    const random = (): number => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
    const few = sample<number>(10, random);
    for (let i = 0; i < 10; i++) few.add(i);
    expect(few.items()).toEqual([...Array(10).keys()]);
    const hits = new Array<number>(10).fill(0);
    for (let round = 0; round < 3000; round++) {
      const some = sample<number>(3, random);
      for (let i = 0; i < 10; i++) some.add(i);
      for (const item of some.items()) hits[item]! += 1;
    }
    for (const hit of hits) expect(Math.abs(hit - 900)).toBeLessThan(150);
  });
});
