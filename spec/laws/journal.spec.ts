import fc from 'fast-check';
import { asyncScheduler, defer, map, mergeMap, of, takeUntil, throwError, timer } from 'rxjs';
import type { FanoutResult } from '../../lib/domain/result';
import { parallel$ } from '../../lib/parallel';
import { fakeJournal } from '../support/fake-journal';
import { inVirtualTime } from '../support/in-virtual-time';

/** One run after the other over the same requests, each left at a moment of chance, or whose journal finds no room. */
const story = fc.record({
  requests: fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { minLength: 1, maxLength: 30 }),
  concurrency: fc.integer({ min: 1, max: 8 }),
  order: fc.constantFrom('completion' as const, 'input' as const),
  dedupe: fc.boolean(),
  writeMs: fc.integer({ min: 0, max: 5 }),
  runs: fc.array(
    fc.record({ leftAfterMs: fc.integer({ min: 0, max: 60 }), fails: fc.double({ min: 0, max: 0.3, noNaN: true }) }),
    {
      maxLength: 5,
    },
  ),
  latencies: fc.infiniteStream(fc.integer({ min: 0, max: 20 })),
  chance: fc.infiniteStream(fc.double({ min: 0, max: 0.999, noNaN: true })),
});

describe('a journal, over runs that are left', () => {
  it('answers every request once in the end, and sends again no more than what was under way or had failed', () => {
    fc.assert(
      fc.property(story, ({ requests, concurrency, order, dedupe, writeMs, runs, latencies, chance }) => {
        const journal = fakeJournal({ writeMs });
        let [calls, underWay, lost, failed] = [0, 0, 0, 0];
        const call = (text: string, fails: number) =>
          defer(() => {
            calls += 1;
            underWay += 1;
            const willFail = chance.next().value < fails;
            return timer(latencies.next().value).pipe(
              mergeMap(() => {
                underWay -= 1;
                if (willFail) failed += 1;
                return willFail ? throwError(() => new Error('no')) : of(text.toUpperCase());
              }),
            );
          });
        const options = (fails: number) => ({
          run: (text: string) => call(text, fails),
          ...{ concurrency, order, dedupe, journal, now: () => asyncScheduler.now() },
        });

        for (const { leftAfterMs, fails } of runs) {
          underWay = 0;
          inVirtualTime(({ flush }) => {
            parallel$(requests, options(fails))
              .pipe(takeUntil(timer(leftAfterMs)))
              .subscribe();
            flush();
          });
          lost += underWay + concurrency; // a call that has ended may have been on its way to the journal
        }
        const rows: FanoutResult<string, string>[] = [];
        inVirtualTime(({ flush }) => {
          parallel$(requests, options(0)).subscribe((row) => rows.push(row));
          flush();
        });

        const sharedRows = rows.filter(({ shared }) => shared).length;
        const answers = rows
          .sort((a, b) => a.index - b.index)
          .map(({ outcome }) => (outcome._tag === 'Right' ? outcome.right : '!'));
        expect(answers).toEqual(requests.map((text) => text.toUpperCase()));
        expect(calls).toBeLessThanOrEqual(requests.length - sharedRows + lost + failed);
        const written = journal.entries.filter(({ result }) => result.outcome._tag === 'Right');
        const places = written.map(({ key, occurrence }) => `${key} ${String(occurrence)}`);
        expect(new Set(places).size).toBe(requests.length);
        expect(places).toHaveLength(requests.length);
      }),
      { numRuns: 300 },
    );
  });

  it('emits nothing that is not written', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 8 }),
        fc.integer({ min: 0, max: 4 }),
        (count, concurrency, writeMs) => {
          const journal = fakeJournal({ writeMs });
          inVirtualTime(({ flush }) => {
            const requests = Array.from({ length: count }, (_, i) => i);
            const run = (n: number) => timer(n % 5).pipe(map(() => n));
            parallel$(requests, { run, concurrency, journal }).subscribe(({ index }) => {
              expect(journal.entries.map((entry) => entry.index)).toContain(index);
            });
            flush();
          });
          expect(journal.entries).toHaveLength(count);
        },
      ),
    );
  });
});
