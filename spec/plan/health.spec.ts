import fc from 'fast-check';
import { completionError, type CompletionError } from '../../lib/domain/error';
import {
  abandonProbe,
  afterCall,
  standing,
  startProbe,
  well,
  type CallOutcome,
  type Health,
  type HealthRules,
  type Verdict,
} from '../../lib/plan/health';

const rules: HealthRules = { cooldownMs: 5000, on429: 'learn', alone: false };
const error = completionError({ _tag: 'ServerError', status: 500 });

/** Calls that end at `now` (ms), one verdict each. */
function after(health: Health, verdicts: readonly Verdict[], now = 0, its: HealthRules = rules): Health {
  return verdicts.reduce((before, verdict) => afterCall(before, { verdict, probe: false, error }, now, its), health);
}

function times(n: number, verdict: Verdict): readonly Verdict[] {
  return Array.from({ length: n }, () => verdict);
}

function probed(health: Health, outcome: Omit<CallOutcome, 'probe'>, now: number, its: HealthRules = rules): Health {
  return afterCall(startProbe(health), { ...outcome, probe: true }, now, its);
}

describe('health', () => {
  describe('cools as failing', () => {
    it.each<[string, readonly Verdict[], boolean]>([
      ['4 failures of 4: too few to tell', times(4, 'failing'), false],
      ['5 of 5', times(5, 'failing'), true],
      ['5 of 10, which is half and not more', [...times(5, 'ok'), ...times(5, 'failing')], false],
      ['6 of 11', [...times(5, 'ok'), ...times(6, 'failing')], true],
      ['failures that are not its fault', times(50, 'none'), false],
    ])('%s', (_, verdicts, isCooled) => {
      expect(after(well, verdicts).cause).toBe(isCooled ? 'failing' : undefined);
    });

    it('does not count the success that follows a majority of failures', () => {
      const nearly = after(well, times(4, 'failing'));
      expect(after(nearly, ['ok']).cause).toBeUndefined();
      expect(after(nearly, ['ok', 'failing']).cause).toBe('failing');
    });

    it('forgets what is more than a minute old, and not what is younger', () => {
      const four = after(well, times(4, 'failing'), 500);
      expect(after(four, ['failing'], 59_999).cause).toBe('failing');
      expect(after(four, ['failing'], 60_500).cause).toBeUndefined();
    });

    it('keeps one figure a second, however many calls there are', () => {
      let health = well;
      for (let now = 0; now < 300_000; now += 100) health = after(health, ['ok'], now);
      expect(health.outcomes).toHaveLength(60);
    });

    it('goes by allowedFails where that is set', () => {
      const strict = { ...rules, allowedFails: 2 };
      expect(after(well, [...times(90, 'ok'), ...times(2, 'failing')], 0, strict).cause).toBeUndefined();
      expect(after(well, [...times(90, 'ok'), ...times(3, 'failing')], 0, strict).cause).toBe('failing');
      expect(after(well, ['failing'], 0, { ...rules, allowedFails: 0 }).cause).toBe('failing');
    });
  });

  describe('where a kind of failure has a number of its own', () => {
    const its: HealthRules = {
      ...rules,
      allowedFails: 0,
      allowedFailsByTag: { Timeout: 2, BadRequest: 1, RateLimited: 1 },
    };
    const timeout = completionError({ _tag: 'Timeout', phase: 'attempt' });
    const badRequest = completionError({ _tag: 'BadRequest', status: 400 });
    const refusal = completionError({ _tag: 'RateLimited', status: 429 });

    /** Failed calls, one for each error. */
    const failed = (errors: readonly CompletionError[], verdict: Verdict, now = 0, before = well): Health =>
      errors.reduce((health, each) => afterCall(health, { verdict, probe: false, error: each }, now, its), before);

    it("is judged by that alone: neither by the deployment's number, nor by the share of failures", () => {
      expect(failed([timeout, timeout], 'failing').cause).toBeUndefined();
      expect(failed([timeout, timeout, timeout], 'failing')).toMatchObject({ cause: 'failing', lastError: timeout });
      expect(failed([error], 'failing').cause).toBe('failing');
    });

    it('does not count among the others', () => {
      const general: HealthRules = { ...rules, allowedFailsByTag: { Timeout: 100 } };
      const timeouts = Array.from({ length: 50 }, () => timeout).reduce(
        (health, each) => afterCall(health, { verdict: 'failing', probe: false, error: each }, 0, general),
        well,
      );
      expect(after(timeouts, times(4, 'failing'), 0, general).cause).toBeUndefined();
      expect(after(timeouts, times(5, 'failing'), 0, general).cause).toBe('failing');
    });

    it('is not made up for by successes, and forgotten after a minute', () => {
      const two = failed([timeout, timeout], 'failing', 500);
      expect(failed([timeout], 'failing', 59_999, after(two, times(90, 'ok'), 59_000, its)).cause).toBe('failing');
      expect(failed([timeout], 'failing', 60_500, two).cause).toBeUndefined();
    });

    it('counts where it is the fault of the request, or a refusal, which otherwise count nothing', () => {
      expect(failed([badRequest], 'none').cause).toBeUndefined();
      expect(failed([badRequest, badRequest], 'none').cause).toBe('failing');
      expect(failed([refusal], 'none').cause).toBeUndefined();
      expect(failed([refusal, refusal], 'none').cause).toBe('parked');
    });

    it('does not put off what cools at once', () => {
      expect(failed([completionError({ _tag: 'RateLimited', retryAfterMs: 70_000 })], 'parked').cause).toBe('parked');
      const patient = { ...its, allowedFailsByTag: { Authentication: 100 } };
      const wrongKey = completionError({ _tag: 'Authentication', status: 401 });
      const health = afterCall(well, { verdict: 'config', probe: false, error: wrongKey }, 0, patient);
      expect(health.cause).toBe('config');
    });

    it('begins anew after a cooldown', () => {
      const cooled = failed([timeout, timeout, timeout], 'failing');
      const back = probed(cooled, { verdict: 'ok' }, 5000, its);
      expect(failed([timeout, timeout], 'failing', 5000, back).cause).toBeUndefined();
    });

    it('cools anew for a probe that fails so, at once', () => {
      const cooled = failed([refusal, refusal], 'none');
      expect(probed(cooled, { verdict: 'none', error: refusal }, 5000, its)).toMatchObject({
        cause: 'parked',
        failedProbes: 1,
      });
    });

    it('leaves the only deployment of a group to its own rule', () => {
      const alone = { ...its, alone: true };
      const health = times(999, 'failing').reduce(
        (before, verdict) => afterCall(before, { verdict, probe: false, error: timeout }, 0, alone),
        well,
      );
      expect(health.cause).toBeUndefined();
      expect(afterCall(health, { verdict: 'failing', probe: false, error: timeout }, 0, alone).cause).toBe('failing');
      expect(after(well, times(9, 'none'), 0, alone)).toEqual(well);
    });
  });

  describe('with on429: cooldown', () => {
    const its: HealthRules = { ...rules, on429: 'cooldown' };
    const refused = (retryAfterMs?: number, to: HealthRules = its): Health => {
      const refusal = completionError({ _tag: 'RateLimited', status: 429, retryAfterMs });
      return afterCall(well, { verdict: 'none', probe: false, error: refusal }, 0, to);
    };

    it('is parked at once by a refusal, for its hint if that is longer', () => {
      expect(refused()).toMatchObject({ cause: 'parked', cooledUntil: 5000, lastError: { _tag: 'RateLimited' } });
      expect(refused(1000).cooledUntil).toBe(5000);
      expect(refused(20_000).cooledUntil).toBe(20_000);
    });

    it('is parked by an overload too', () => {
      const overload = completionError({ _tag: 'Overloaded', status: 529 });
      expect(afterCall(well, { verdict: 'none', probe: false, error: overload }, 0, its).cause).toBe('parked');
    });

    it('is left alone for longer when the probe is refused as well, and is well again after any other answer', () => {
      const refusal = completionError({ _tag: 'RateLimited', status: 429 });
      expect(probed(refused(), { verdict: 'none', error: refusal }, 5000, its).cooledForMs).toBe(10_000);
      const badRequest = completionError({ _tag: 'BadRequest', status: 400 });
      expect(probed(refused(), { verdict: 'none', error: badRequest }, 5000, its)).toEqual(well);
    });

    it('learns instead where no other deployment could take over, and with a cooldown of 0', () => {
      expect(refused(undefined, { ...its, alone: true })).toEqual(well);
      expect(refused(undefined, { ...its, cooldownMs: 0 })).toEqual(well);
    });

    it('bears as many refusals as are allowed by their tag', () => {
      const patient = { ...its, allowedFailsByTag: { RateLimited: 1 } };
      const refusal = completionError({ _tag: 'RateLimited', status: 429 });
      const once = refused(undefined, patient);
      expect(once.cause).toBeUndefined();
      expect(afterCall(once, { verdict: 'none', probe: false, error: refusal }, 0, patient).cause).toBe('parked');
    });
  });

  it('is not cooled by refusals with on429: learn, and well again when its probe is refused', () => {
    const refusal = completionError({ _tag: 'RateLimited', status: 429 });
    const outcome: CallOutcome = { verdict: 'none', probe: false, error: refusal };
    expect(afterCall(well, outcome, 0, rules)).toBe(well);
    expect(probed(after(well, ['config']), outcome, 5000)).toEqual(well);
  });

  it('law: cools as a list of all calls of the last minute would have it', () => {
    const [timeout, serverError] = [completionError({ _tag: 'Timeout', phase: 'attempt' }), error];
    const call = fc.record({
      afterMs: fc.nat(8000),
      error: fc.constantFrom(undefined, undefined, timeout, timeout, serverError),
    });
    const its = fc.record({
      allowedFails: fc.constantFrom(undefined, 0, 3),
      allowedFailsByTag: fc.constantFrom(undefined, { Timeout: 0 }, { Timeout: 4, Connection: 0 }),
    });
    fc.assert(
      fc.property(fc.array(call, { maxLength: 60 }), its, (calls, { allowedFails, allowedFailsByTag }) => {
        const all: { readonly at: number; readonly error: CompletionError | undefined }[] = [];
        let [health, now] = [well, 0];
        for (const one of calls) {
          now += one.afterMs;
          all.push({ at: now, error: one.error });
          const outcome: CallOutcome = { verdict: one.error ? 'failing' : 'ok', probe: false, error: one.error };
          health = afterCall(health, outcome, now, { ...rules, allowedFails, allowedFailsByTag });

          const since = Math.floor(now / 1000) * 1000 - 59_000;
          const recent = all.filter(({ at }) => at >= since);
          const timeouts = recent.filter((each) => each.error === timeout).length;
          const failures = recent.filter((each) => each.error === serverError).length;
          const [total, failed] = allowedFailsByTag
            ? [recent.length - timeouts, failures]
            : [recent.length, failures + timeouts];
          const isApart = one.error === timeout && allowedFailsByTag !== undefined;
          const isTooMuch = isApart
            ? timeouts > allowedFailsByTag.Timeout
            : failed > (allowedFails ?? Math.max(total / 2, total < 5 ? Infinity : 0));
          expect(health.cause).toBe(one.error !== undefined && isTooMuch ? 'failing' : undefined);
          if (health.cause !== undefined) return;
        }
      }),
    );
  });

  describe('of the only deployment of a group', () => {
    const alone = { ...rules, alone: true };

    it('is not cooled as failing by 999 failures, but by 1 000', () => {
      const nearly = after(well, times(999, 'failing'), 0, alone);
      expect(nearly.cause).toBeUndefined();
      expect(after(nearly, ['failing'], 0, alone).cause).toBe('failing');
    });

    it('is not cooled as failing while any call succeeds', () => {
      expect(after(well, ['ok', ...times(2000, 'failing')], 0, alone).cause).toBeUndefined();
    });

    it.each(['config', 'parked'] as const)('is cooled as %s like any other', (verdict) => {
      expect(after(well, [verdict], 0, alone).cause).toBe(verdict);
    });
  });

  it('cools at once for a wrong configuration', () => {
    expect(after(well, [...times(100, 'ok'), 'config'])).toMatchObject({ cause: 'config', cooledUntil: 5000 });
  });

  it.each([
    [70_000, 70_000],
    [600_000, 600_000],
    [86_400_000, 600_000],
  ])('is parked for a hint of %i ms until %i', (retryAfterMs, cooledUntil) => {
    const hint = completionError({ _tag: 'RateLimited', retryAfterMs });
    expect(afterCall(well, { verdict: 'parked', probe: false, error: hint }, 0, rules)).toMatchObject({
      cause: 'parked',
      cooledUntil,
      lastError: hint,
    });
  });

  it('takes the longer of cooldown and hint', () => {
    const at = (retryAfterMs: number): number =>
      afterCall(
        well,
        { verdict: 'config', probe: false, error: completionError({ _tag: 'NotFound', retryAfterMs }) },
        0,
        rules,
      ).cooledUntil;
    expect([at(1000), at(30_000)]).toEqual([5000, 30_000]);
  });

  it.each(['failing', 'config', 'parked'] as const)('is never cooled as %s with a cooldown of 0', (verdict) => {
    expect(after(well, times(20, verdict), 0, { ...rules, cooldownMs: 0 }).cause).toBeUndefined();
  });

  it('is not changed by late results of calls sent before the cooldown', () => {
    const cooled = after(well, ['config'], 1000);
    const later = after(cooled, [...times(50, 'failing'), ...times(50, 'ok'), 'config', 'parked'], 4000);
    expect(later).toMatchObject({ cause: 'config', cooledUntil: 6000, cooledForMs: 5000, failedProbes: 0 });
  });

  describe('of a cooled one', () => {
    const cooled = after(well, times(5, 'failing'), 0);

    it('is cooling, then half-open, then probing', () => {
      expect(standing(well, 0)).toBe('open');
      expect(standing(cooled, 4999)).toBe('cooling');
      expect(standing(cooled, 5000)).toBe('half-open');
      expect(standing(startProbe(cooled), 5000)).toBe('probing');
    });

    it.each(['ok', 'none'] as const)('is well again after a probe that says %s', (verdict) => {
      expect(probed(cooled, { verdict }, 5000)).toEqual(well);
    });

    it('can be probed again when the probe was cancelled', () => {
      expect(standing(abandonProbe(startProbe(cooled)), 5000)).toBe('half-open');
    });

    it('doubles the cooldown with each failed probe, up to a minute', () => {
      let [health, now] = [cooled, 0];
      const lengths = Array.from({ length: 6 }, () => {
        now = health.cooledUntil;
        health = probed(health, { verdict: 'failing', error }, now);
        return health.cooledUntil - now;
      });
      expect(lengths).toEqual([10_000, 20_000, 40_000, 60_000, 60_000, 60_000]);
      expect(health.failedProbes).toBe(6);
    });

    it('never shortens a cooldown that was set to more than a minute', () => {
      const long = { ...rules, cooldownMs: 120_000 };
      const first = after(well, ['config'], 0, long);
      expect(probed(first, { verdict: 'config', error }, 120_000, long).cooledForMs).toBe(120_000);
    });

    it('has the cause of the probe that failed', () => {
      const key = completionError({ _tag: 'Authentication', status: 401 });
      expect(probed(cooled, { verdict: 'config', error: key }, 5000)).toMatchObject({
        cause: 'config',
        lastError: key,
      });
    });
  });
});
