import fc from 'fast-check';
import { correct, giveBack, leftOf, opensAt, rate, take, type Rate } from '../../../lib/plan/limits/rate';
import { mostInAMinute } from '../../support/most-in-a-minute';

const minute = 60_000;

/** Takes as much as the limit lets through, at the very moments at which it opens; what was taken, and when. */
function greedy(limit: Rate, amounts: () => number, untilMs: number, start = 0): { at: number; amount: number }[] {
  const taken: { at: number; amount: number }[] = [];
  let now = start;
  for (;;) {
    const amount = amounts();
    const at = opensAt(limit, amount, now);
    if (at >= start + untilMs) return taken;
    if (at < now || opensAt(limit, amount, at) !== at) throw new Error(`it is not open at ${String(at)}`);
    now = at;
    take(limit, amount, now);
    taken.push({ at: now, amount });
  }
}

describe('a rate', () => {
  it.each([1, 7, 60, 500, 12_345])('of %i calls a minute is never exceeded in any minute, and kept up', (limit) => {
    const minutes = 10;
    const taken = greedy(rate('requests', limit), () => 1, minutes * minute, 1_234_567.89);
    expect(mostInAMinute(taken)).toBeLessThanOrEqual(limit);
    expect(taken.length).toBeGreaterThanOrEqual(0.97 * limit * minutes);
  });

  it('is never exceeded in any minute whatever is taken, and when, and given back', () => {
    const step = fc.record({
      amount: fc.integer({ min: 1, max: 1000 }),
      pause: fc.integer({ min: 0, max: 20_000 }),
      real: fc.double({ min: 0, max: 1, noNaN: true }),
      settledAfter: fc.integer({ min: 0, max: 90_000 }),
    });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), fc.array(step, { maxLength: 200 }), (limit, steps) => {
        const its = rate('tokens', limit);
        const taken: { at: number; amount: number }[] = [];
        const open: { at: number; settleAt: number; left: number; entry: { at: number; amount: number } }[] = [];
        let now = 0;
        for (const { amount, pause, real, settledAfter } of steps) {
          now += pause;
          const wanted = Math.min(amount, limit);
          const at = opensAt(its, wanted, now);
          expect(at).toBeLessThan(Infinity);
          for (const one of open.splice(0).filter((other) => other.settleAt > at || !settleOne(its, other)))
            open.push(one);
          now = Math.max(now, opensAt(its, wanted, at));
          take(its, wanted, now);
          const entry = { at: now, amount: wanted };
          taken.push(entry);
          open.push({ at: now, settleAt: now + settledAfter, left: Math.floor(wanted * real), entry });
        }
        expect(mostInAMinute(taken)).toBeLessThanOrEqual(limit);
      }),
    );

    function settleOne(
      its: Rate,
      { at, settleAt, left, entry }: { at: number; settleAt: number; left: number; entry: { amount: number } },
    ): boolean {
      giveBack(its, left, at, settleAt);
      entry.amount -= left;
      return true;
    }
  });

  it('lets a tenth of it through at once, then one by one', () => {
    const its = rate('requests', 60);
    for (let i = 0; i < 6; i++) take(its, 1, 0);
    expect(opensAt(its, 1, 0)).toBe(1000);
    expect(opensAt(its, 1, 400)).toBe(1000);
    expect(opensAt(its, 2, 0)).toBe(2000);
  });

  it('lets through what is larger than its bucket when the bucket is full, and lives with the debt', () => {
    const its = rate('tokens', 600);
    take(its, 10, 0);
    expect(opensAt(its, 500, 0)).toBe(1000);
    take(its, 500, 1000);
    expect(opensAt(its, 60, 1000)).toBe(51_000);
  });

  it('never opens for more than a minute lets through', () => {
    expect(opensAt(rate('tokens', 600), 601, 0)).toBe(Infinity);
  });

  it('opens earlier for what has turned out to be less, and later for more', () => {
    const its = rate('tokens', 600);
    take(its, 60, 0);
    giveBack(its, 50, 0, 0);
    expect(opensAt(its, 50, 0)).toBe(0);
    giveBack(its, -50, 0, 0);
    expect(opensAt(its, 50, 0)).toBe(5000);
    expect(leftOf(its, 0)).toBe(540);
  });

  it('knows that what a provider said some time ago has been refilled since', () => {
    const its = rate('requests', 600);
    correct(its, 0, 0, 100);
    expect(opensAt(its, 2, 100)).toBe(200);
  });

  it('forgets what was taken more than a minute ago, given back or not', () => {
    const its = rate('tokens', 600);
    take(its, 600, 0);
    expect(leftOf(its, 60_999)).toBe(0);
    expect(leftOf(its, 61_000)).toBe(600);
    giveBack(its, 600, 0, 61_000);
    expect(leftOf(its, 61_000)).toBe(600);
  });

  it('believes a provider that says there is less, and not one that says there is more', () => {
    const its = rate('requests', 600);
    correct(its, 3, 0, 0);
    for (let i = 0; i < 3; i++) take(its, 1, 0);
    expect(opensAt(its, 1, 0)).toBe(100);
    correct(its, 500, 0, 0);
    expect(opensAt(its, 1, 0)).toBe(100);
  });
});
