import fc from 'fast-check';
import { createRouter } from '../../lib/router';
import { fakeProvider, virtualTime, type FakeReply } from '../../lib/testing/index';
import { brief } from '../support/brief';
import { rowsOf } from '../support/rows-of';

const failure = fc.constantFrom<FakeReply>(
  { fail: 'hang' },
  { fail: 'reset' },
  { status: 500, afterMs: 40 },
  { status: 429 },
  { status: 429, headers: { 'retry-after': '3' } },
  { status: 429, headers: { 'retry-after': '90' } },
  { status: 401, afterMs: 700 },
  { afterMs: 10, fail: 'cut' },
);
const bad = fc.array(failure, { minLength: 1, maxLength: 4 });
const names = ['b', 'c', 'd'] as const;

const world = fc.record({
  groups: fc.array(fc.array(bad, { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 4 }),
  totalMs: fc.integer({ min: 10, max: 30_000 }),
  attemptMs: fc.constantFrom(500, 20_000, undefined),
  stream: fc.boolean(),
  maxParallel: fc.constantFrom(undefined, 1),
  requests: fc.integer({ min: 1, max: 4 }),
});

describe('laws of fallbacks and deadlines', () => {
  it('whatever the groups before it do, every request ends in its time, and the last group is reached', () => {
    fc.assert(
      fc.property(world, ({ groups, totalMs, attemptMs, stream, maxParallel, requests }) => {
        const last = fakeProvider([{ text: 'ok' }]);
        const router = createRouter({
          ...virtualTime,
          defaultModel: 'a',
          fallbacks: { a: [...names.slice(0, groups.length - 1), 'last'] },
          timeouts: { totalMs, attemptMs },
          deployments: [
            ...groups.flatMap((its, i) =>
              its.map((script) => ({
                group: ['a', ...names][i]!,
                ...fakeProvider((_, call) => script[call % script.length]!),
                maxParallel,
              })),
            ),
            { group: 'last', ...last },
          ],
        });
        const request = { messages: [{ role: 'user', content: 'hello' }], stream } as const;
        const rows = rowsOf(() => router.parallel$(Array<typeof request>(requests).fill(request)));
        expect(rows.map(brief)).toEqual(Array(requests).fill('ok'));
        expect(Math.max(...rows.map(({ timing }) => timing.elapsedMs))).toBeLessThan(totalMs);
        expect(last.calls).toHaveLength(requests);
      }),
      { numRuns: 60 },
    );
  });
});
