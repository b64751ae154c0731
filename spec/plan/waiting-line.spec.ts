import fc from 'fast-check';
import { waitingLine, type Place } from '../../lib/plan/waiting-line';

/** Joins, or (`leave`) makes leave the one at that share of the line; `again` comes back to its first place. */
const command = fc.oneof(
  fc.record({ kind: fc.constant('join' as const), priority: fc.integer({ min: 0, max: 3 }) }),
  fc.record({
    kind: fc.constantFrom('leave' as const, 'again' as const),
    share: fc.double({ min: 0, max: 1, noNaN: true }),
  }),
  fc.record({ kind: fc.constant('serve' as const) }),
);

function sorted(places: readonly Place[]): readonly Place[] {
  return [...places].sort((a, b) => a.priority - b.priority || a.arrival - b.arrival);
}

describe('waitingLine', () => {
  it('law: is an array that is kept sorted by priority, then arrival', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 200 }), (commands) => {
        const line = waitingLine<Place>();
        let model: readonly Place[] = [];
        let gone: Place | undefined;
        const left: boolean[] = [];
        commands.forEach((one, arrival) => {
          if (one.kind === 'join') {
            const waiter = { priority: one.priority, arrival };
            line.join(waiter);
            model = sorted([...model, waiter]);
          } else if (one.kind === 'again') {
            if (gone === undefined) return;
            line.join(gone);
            model = sorted([...model, gone]);
            gone = undefined;
          } else {
            const place = one.kind === 'serve' ? 0 : Math.floor(one.share * (model.length - 1));
            const waiter = model[place];
            if (waiter === undefined) return;
            left.push(line.leave(waiter), !line.leave(waiter));
            model = model.filter((other) => other !== waiter);
            gone = waiter;
          }
          expect(left).not.toContain(false);
          expect(line.size()).toBe(model.length);
          expect(Array.from({ length: model.length + 1 }, (_, i) => line.at(i))).toEqual([...model, undefined]);
        });
      }),
    );
  });

  it('tells two waiters apart that say the same', () => {
    const line = waitingLine<Place>();
    const waiter = { priority: 5, arrival: 0 };
    line.join(waiter);
    expect(line.leave({ ...waiter })).toBe(false);
    expect(line.size()).toBe(1);
  });

  it('does not hold on to those who were served', () => {
    const line = waitingLine<Place>();
    const waiters = Array.from({ length: 10 }, (_, arrival) => ({ priority: 5, arrival }));
    waiters.forEach(line.join);
    waiters.forEach(line.leave);
    expect([line.size(), line.at(0)]).toEqual([0, undefined]);
  });
});
