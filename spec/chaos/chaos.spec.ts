import { storm, type Victim } from './storm';

describe('a run that is killed at any moment', () => {
  it.each<Victim>(['run', 'run --order', 'library'])(
    '%s: has every request once, and pays twice for no more than was under way',
    async (victim) => {
      let state = 7;
      const random = (): number => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
      const verdict = await storm({ victim, rows: 800, kills: 4, concurrency: 8, random, told: () => undefined });
      expect(verdict.violations).toEqual([]);
      expect(verdict.kills).toBeGreaterThan(0);
    },
  );
});
