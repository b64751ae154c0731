import { healthRules } from '../../lib/config/health-rules';

describe('the rules of a deployment', () => {
  it('are a cooldown of five seconds and no number of failures, unless something is said', () => {
    const rules = { cooldownMs: 5000, allowedFails: undefined, allowedFailsByTag: undefined, on429: 'learn' };
    expect(healthRules({ group: 'fast' }, undefined)).toEqual(rules);
    expect(healthRules({ group: 'fast' }, {})).toEqual(rules);
  });

  it('are the deployment’s own, else its group’s, else the router’s', () => {
    const allowedFails = { groups: { fast: 3 }, tags: { Timeout: 10 } };
    const health = { cooldownMs: 1000, allowedFails, on429: 'cooldown' } as const;
    expect(healthRules({ group: 'fast', cooldownMs: 0, allowedFails: 0 }, health)).toMatchObject({
      cooldownMs: 0,
      allowedFails: 0,
      allowedFailsByTag: { Timeout: 10 },
    });
    expect(healthRules({ group: 'fast' }, health)).toMatchObject({
      cooldownMs: 1000,
      allowedFails: 3,
      on429: 'cooldown',
    });
    expect(healthRules({ group: 'smart' }, health).allowedFails).toBeUndefined();
    expect(healthRules({ group: 'smart' }, { allowedFails: 7 }).allowedFails).toBe(7);
  });

  it('know a group by its own name alone', () => {
    expect(
      healthRules({ group: 'constructor' }, { allowedFails: { groups: { fast: 3 } } }).allowedFails,
    ).toBeUndefined();
  });
});
