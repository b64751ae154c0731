import fc from 'fast-check';
import { createQueue } from '../../lib/rx/queue';

describe('createQueue', () => {
  it('does what an array does', () => {
    const step = fc.oneof(
      { weight: 4, arbitrary: fc.integer().map((n) => ({ push: n })) },
      { weight: 3, arbitrary: fc.constant('shift' as const) },
      { weight: 1, arbitrary: fc.constant('drain' as const) },
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), fc.integer({ min: 0, max: 3000 }), (steps, backlog) => {
        const queue = createQueue<number>();
        const model: number[] = [];
        const push = (n: number): void => {
          queue.push(n);
          model.push(n);
        };
        for (let i = 0; i < backlog; i++) push(i);
        const shift = (times: number): void => {
          const taken = Array.from({ length: times }, () => [queue.shift(), model.shift()]);
          expect(taken.filter(([one, other]) => one !== other)).toEqual([]);
        };
        for (const step of steps) {
          if (step === 'shift') shift(1);
          else if (step === 'drain') shift(1500);
          else push(step.push);
          expect(queue.size()).toBe(model.length);
        }
        queue.clear();
        expect([queue.size(), queue.shift()]).toEqual([0, undefined]);
      }),
      { numRuns: 50 },
    );
  });
});
