import { emptyLedger, posted } from '../../lib/domain/ledger';
import { deploymentSnapshot } from '../../lib/plan/snapshot';
import { startProbe } from '../../lib/plan/health';
import { cooled } from '../support/cooled';
import { deploymentOf } from '../support/deployment-of';

describe('deploymentSnapshot', () => {
  it('says of a new deployment only what there is to say', () => {
    expect(deploymentSnapshot(deploymentOf({ id: 'a', group: 'fast' }), 0)).toEqual({
      id: 'a',
      group: 'fast',
      inFlight: 0,
      health: 'open',
      calls: 0,
      failed: 0,
      throttled: 0,
      aborted: 0,
      usage: { promptTokens: 0, completionTokens: 0, totalTokens: 0 },
      ledger: emptyLedger,
    });
  });

  it('tells why a deployment is left alone, and for how long still', () => {
    const one = cooled(deploymentOf(), { cause: 'config', forMs: 5000 });
    expect(deploymentSnapshot(one, 2000)).toMatchObject({ health: 'cooling', cause: 'config', cooledForMs: 3000 });
    expect(deploymentSnapshot(one, 9000)).toMatchObject({ health: 'half-open', cause: 'config', cooledForMs: 0 });
    one.health = startProbe(one.health);
    expect(deploymentSnapshot(one, 9000)).toMatchObject({ health: 'probing' });
  });

  it('has what was learned, and quantiles of the answers', () => {
    const one = Object.assign(deploymentOf(), { inFlight: 2, parallelism: { limit: 7, since: 0 } });
    one.latencies.push(...Array.from({ length: 100 }, (_, i) => 100 - i));
    const latency = { p50Ms: 50, p95Ms: 95, p99Ms: 99 };
    expect(deploymentSnapshot(one, 0)).toMatchObject({ inFlight: 2, learnedParallel: 7, latency });
    expect(one.latencies[0]).toBe(100);
  });

  it('says how fast answers came of late, whole and streamed', () => {
    const speed = { msPerToken: { ms: 12.5, at: 0 }, firstChunkMs: { ms: 300, at: 60_000 } };
    const one = Object.assign(deploymentOf(), { speed });
    expect(deploymentSnapshot(one, 60_000)).toMatchObject({ msPerToken: 12.5, firstChunkMs: 300 });
    expect(deploymentSnapshot(one, 200_000)).toMatchObject({ firstChunkMs: 300 });
    expect(deploymentSnapshot(one, 200_000)).not.toHaveProperty('msPerToken');
  });

  it('is not changed by what comes later', () => {
    const one = deploymentOf();
    const before = deploymentSnapshot(one, 0);
    const copy = structuredClone(before);
    Object.assign(one, { inFlight: 5, calls: 9, ledger: posted(emptyLedger, { ended: 'ok' }) });
    expect(before).toEqual(copy);
  });
});
