import { completionError } from '../../lib/domain/error';
import type { Permit } from '../../lib/plan/admission';
import type { DeploymentState } from '../../lib/plan/deployment';
import { standing, startProbe } from '../../lib/plan/health';
import { settle, type CallEnd, type CooldownChange } from '../../lib/plan/settle';
import { deploymentSnapshot } from '../../lib/plan/snapshot';
import { cooled } from '../support/cooled';
import { deploymentOf } from '../support/deployment-of';

/** A call to it under way. */
function permit(deployment: DeploymentState, probe = false): Permit {
  if (probe) deployment.health = startProbe(deployment.health);
  deployment.inFlight += 1;
  deployment.sent += 1;
  const reservation = {
    at: 0,
    amounts: { requests: 1, tokens: 0, usd: 0 },
    draws: deployment.draws,
    quota: undefined,
    portions: [],
    spendings: [],
  };
  return { deployment, probe, number: deployment.sent - 1, reservation };
}

function ended(how: Partial<CallEnd> = {}): CallEnd {
  return { ended: 'ok', verdict: 'ok', elapsedMs: 10, ...how };
}

const throttle = ended({ ended: 'throttled', verdict: 'none', error: completionError({ _tag: 'RateLimited' }) });
const failure = ended({ ended: 'failed', verdict: 'failing', error: completionError({ _tag: 'ServerError' }) });
const abortion = ended({ ended: 'aborted', verdict: 'none' });

function run(one: DeploymentState, calls: readonly CallEnd[], now = 0): CooldownChange | undefined {
  return calls.map((call) => settle(permit(one), call, now)).at(-1);
}

describe('settle', () => {
  it('gives the place back and counts how the call ended', () => {
    const one = deploymentOf();
    run(one, [ended(), failure, throttle, abortion, ended()]);
    expect(one).toMatchObject({ inFlight: 0, calls: 5, failed: 1, throttled: 1, aborted: 1 });
  });

  it('posts what a call took to the ledger, of one that failed too', () => {
    const one = deploymentOf();
    const usage = { promptTokens: 1, completionTokens: 2, totalTokens: 3 };
    run(one, [ended({ usage }), { ...failure, usage }, abortion]);
    expect(one.ledger).toMatchObject({
      completed: { calls: 1, usage },
      failed: { calls: 1, usage },
      aborted: { calls: 1 },
    });
  });

  it('learns nothing from a call that we ended', () => {
    const one = Object.assign(deploymentOf(), { parallelism: { limit: 1, since: 0 } });
    const before = one.health;
    run(one, [abortion]);
    expect(one.health).toBe(before);
    expect(one.parallelism.limit).toBe(1);
  });

  it('learns how fast it is, of a stream that was left too', () => {
    const one = deploymentOf();
    run(one, [ended({ elapsedMs: 30, usage: { promptTokens: 1, completionTokens: 3, totalTokens: 4 } })]);
    run(one, [{ ...abortion, firstChunkMs: 4 }, failure, throttle], 5);
    expect(one.speed).toEqual({ msPerToken: { ms: 10, at: 0 }, firstChunkMs: { ms: 4, at: 5 } });
  });

  describe('learned parallelism', () => {
    const busy = (): DeploymentState => Object.assign(deploymentOf(), { inFlight: 9, sent: 9 });

    it('is cut by a throttle, and by one that will not be sat out', () => {
      for (const call of [throttle, { ...throttle, ended: 'failed' as const }]) {
        const one = busy();
        run(one, [call]);
        expect(one.parallelism.limit).toBe(7);
      }
    });

    it('is cut by an overloaded server', () => {
      const one = busy();
      run(one, [{ ...throttle, error: completionError({ _tag: 'Overloaded', status: 529 }) }]);
      expect(one.parallelism.limit).toBe(7);
    });

    it('is left alone by a pause so long that it is about a quota', () => {
      const one = busy();
      const error = completionError({ _tag: 'RateLimited', retryAfterMs: 300_000 });
      run(one, [{ ...failure, verdict: 'parked', error }]);
      expect(one.parallelism.limit).toBeUndefined();
    });

    it('grows by calls that were not throttled, whatever else became of them', () => {
      const one = Object.assign(busy(), { parallelism: { limit: 10, since: 0 } });
      run(one, [failure]);
      expect(one.parallelism.limit).toBe(11);
    });
  });

  describe('tells', () => {
    it('of a cooldown when it begins, once', () => {
      const one = deploymentOf({ cooldownMs: 5000 });
      expect(run(one, [failure, failure, failure, failure])).toBeUndefined();
      expect(run(one, [failure])).toEqual({ type: 'cooldown-entered', cause: 'failing', cooledForMs: 5000 });
      expect(run(one, [failure])).toBeUndefined();
    });

    it('of one that ends', () => {
      const one = cooled(deploymentOf(), { cause: 'config', forMs: 5000 });
      expect(settle(permit(one, true), ended(), 5000)).toEqual({ type: 'cooldown-left' });
    });

    it('of one that begins anew because the probe failed', () => {
      const one = cooled(deploymentOf(), { cause: 'failing', forMs: 5000 });
      const change = settle(permit(one, true), failure, 5000);
      expect(change).toEqual({ type: 'cooldown-entered', cause: 'failing', cooledForMs: 10_000 });
    });

    it('of nothing when a probe is cancelled, which lets the next one probe', () => {
      const one = cooled(deploymentOf(), { cause: 'failing', forMs: 5000 });
      expect(settle(permit(one, true), abortion, 5000)).toBeUndefined();
      expect(standing(one.health, 5000)).toBe('half-open');
    });

    it('of nothing when another call is cancelled, which leaves the probe alone', () => {
      const one = cooled(deploymentOf(), { cause: 'failing', forMs: 5000 });
      permit(one, true);
      settle(permit(one), abortion, 5000);
      expect(standing(one.health, 5000)).toBe('probing');
    });
  });

  it('keeps how long the latest 1 000 answers took, and no other calls', () => {
    const one = deploymentOf();
    run(one, [ended({ elapsedMs: 1 }), abortion, throttle, failure, ended({ elapsedMs: 3 })]);
    expect(deploymentSnapshot(one, 0).latency).toEqual({ p50Ms: 1, p95Ms: 3, p99Ms: 3 });
    run(one, [abortion, ...Array.from({ length: 1000 }, () => ended({ elapsedMs: 7 })), abortion]);
    expect(one.latencies).toHaveLength(1000);
    expect(deploymentSnapshot(one, 0).latency).toEqual({ p50Ms: 7, p95Ms: 7, p99Ms: 7 });
  });
});
