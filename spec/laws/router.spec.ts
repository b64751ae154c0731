import fc from 'fast-check';
import { cooling } from './router/cooling';
import { ending } from './router/ending';
import { whenSent } from './router/holding';
import { leaving } from './router/leaving';
import { patience } from './router/patience';
import { scene, type Scene } from './router/scene';
import { spending } from './router/spending';
import { telling } from './router/telling';
import { watched } from './router/watched';

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

describe('laws of the router', () => {
  it('whatever is configured, asked, answered, changed or left', () => {
    fc.assert(
      fc.property(scene, (its) => {
        expect(broken(its)).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});
