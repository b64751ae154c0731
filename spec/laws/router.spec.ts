import fc from 'fast-check';
import { virtualTime } from '../../lib/testing/index';
import { seededRandom } from '../../lib/testing/simulate/seeded-random';
import { brief } from '../support/brief';
import { cooling } from './router/cooling';
import { ending } from './router/ending';
import { whenSent } from './router/holding';
import { leaving } from './router/leaving';
import { patience } from './router/patience';
import { scene, type Scene } from './router/scene';
import { spending } from './router/spending';
import { telling } from './router/telling';
import { watched, type Watched } from './router/watched';

/** Which laws a scene breaks, and how. */
function broken(its: Scene): readonly string[] {
  const problems: string[] = [];
  const seen = watched(its, (...sent) => problems.push(...whenSent(...sent, its.run)));
  return [
    ...problems,
    ...ending(seen, its),
    ...patience(seen, its),
    ...spending(seen, its),
    ...leaving(seen),
    ...telling(seen, its),
    ...cooling(seen),
  ];
}

/** All that happens in it, without the dates. */
function story({ events, rows, calls, endedAt }: Watched): unknown {
  return {
    events: events.map(({ at: _, ...event }) => event),
    rows: rows.map((row) => [row.index, brief(row), row.timing]),
    calls: calls.map(({ id, at }) => [id, at]),
    endedAt,
  };
}

describe('laws of the router', () => {
  it('whatever is configured, asked, answered, changed or left', () => {
    fc.assert(
      fc.property(scene, (its) => {
        expect(broken(its)).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it('the same seed gives the same run, however the wall clock jumps', () => {
    fc.assert(
      fc.property(scene, (its) => {
        const random = seededRandom(its.seed);
        const jumping = (): number => virtualTime.wallNow() + (random() - 0.5) * 7_200_000;
        expect(story(watched(its, undefined, jumping))).toEqual(story(watched(its)));
      }),
      { numRuns: 40 },
    );
  });
});
