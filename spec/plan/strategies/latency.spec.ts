import fc from 'fast-check';
import type { DeploymentState } from '../../../lib/plan/deployment';
import type { Speed } from '../../../lib/plan/speed';
import { askOf } from '../../support/ask-of';
import { chosenBy } from '../../support/chosen-by';
import { deploymentOf } from '../../support/deployment-of';

interface Known {
  readonly msPerToken?: number | undefined;
  readonly firstChunkMs?: number | undefined;
  readonly inFlight?: number;
  /** When it was measured (ms). */
  readonly at?: number;
}

function measured(id: string, { msPerToken, firstChunkMs, inFlight = 0, at = 0 }: Known): DeploymentState {
  const average = (ms: number | undefined): Speed['msPerToken'] => (ms === undefined ? undefined : { ms, at });
  const speed: Speed = { msPerToken: average(msPerToken), firstChunkMs: average(firstChunkMs) };
  return Object.assign(deploymentOf({ id }), { speed, inFlight });
}

describe('latency', () => {
  const [slow, fast] = [measured('slow', { msPerToken: 40 }), measured('fast', { msPerToken: 15, inFlight: 30 })];

  it('takes the fastest, by ms a token', () => {
    expect(chosenBy('latency', [slow, fast])).toBe(fast);
  });

  it('for a stream, by ms to the first content', () => {
    const late = measured('late', { msPerToken: 1, firstChunkMs: 900 });
    const soon = measured('soon', { msPerToken: 50, firstChunkMs: 200 });
    expect(chosenBy('latency', [late, soon])).toBe(late);
    expect(chosenBy('latency', [late, soon], { ask: askOf({ streamed: true }) })).toBe(soon);
  });

  it('of those that nothing is known of, takes one by chance', () => {
    const [a, b] = [deploymentOf({ id: 'a' }), deploymentOf({ id: 'b' })];
    expect(chosenBy('latency', [a, b], { random: () => 0 })).toBe(a);
    expect(chosenBy('latency', [a, b], { random: () => 0.9 })).toBe(b);
  });

  it('tries one that nothing is known of first, but with one call at a time', () => {
    const newcomer = measured('newcomer', {});
    expect(chosenBy('latency', [fast, newcomer])).toBe(newcomer);
    newcomer.inFlight = 1;
    expect(chosenBy('latency', [newcomer, slow])).toBe(slow);
    expect(chosenBy('latency', [newcomer])).toBe(newcomer);
  });

  it('forgets what it has not heard again for three minutes', () => {
    const old = measured('old', { msPerToken: 500 });
    const fresh = measured('fresh', { msPerToken: 10, at: 170_000 });
    expect(chosenBy('latency', [old, fresh], { now: 179_999 })).toBe(fresh);
    expect(chosenBy('latency', [old, fresh], { now: 180_000 })).toBe(old);
  });

  it('law: never takes a slower one than it knows of, and leaves no idle one unknown', () => {
    const known = fc.record({
      msPerToken: fc.option(fc.integer({ min: 0, max: 50 }), { nil: undefined }),
      firstChunkMs: fc.option(fc.integer({ min: 0, max: 50 }), { nil: undefined }),
      inFlight: fc.nat(2),
    });
    fc.assert(
      fc.property(fc.array(known, { minLength: 1, maxLength: 8 }), fc.boolean(), fc.nat(9), (all, streamed, point) => {
        const figure = streamed ? 'firstChunkMs' : 'msPerToken';
        const candidates = all.map((one, i) => measured(String(i), one));
        const ask = askOf({ streamed });
        const chosen = all[candidates.indexOf(chosenBy('latency', candidates, { ask, random: () => point / 10 }))]!;
        const idle = all.some((one) => one[figure] === undefined && one.inFlight === 0);
        const figures = all.flatMap((one) => one[figure] ?? []);
        const expected = idle || figures.length === 0 ? undefined : Math.min(...figures);
        expect(chosen[figure]).toBe(expected);
        expect(idle && chosen.inFlight > 0).toBe(false);
      }),
    );
  });
});
