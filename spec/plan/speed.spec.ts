import fc from 'fast-check';
import { completionError, type TimeoutPhase } from '../../lib/domain/error';
import type { Usage } from '../../lib/domain/usage';
import type { CallEnd } from '../../lib/plan/settle';
import { averageNow, speedAfter, unmeasured, type Speed } from '../../lib/plan/speed';

const answer = (elapsedMs: number, tokens?: number): CallEnd => ({
  ended: 'ok',
  verdict: 'ok',
  elapsedMs,
  usage: tokens === undefined ? undefined : usageOf(tokens),
});
const usageOf = (completionTokens: number): Usage => ({ promptTokens: 1, completionTokens, totalTokens: 1 });
const late = (phase: TimeoutPhase, elapsedMs: number): CallEnd => {
  const error = completionError({ _tag: 'Timeout', phase });
  return { ended: phase === 'total' ? 'aborted' : 'failed', verdict: 'failing', elapsedMs, error };
};

function after(calls: readonly CallEnd[], now = 0): Speed {
  return calls.reduce((speed, call) => speedAfter(speed, call, now), unmeasured);
}
const ms = ({ msPerToken, firstChunkMs }: Speed): readonly unknown[] => [msPerToken?.ms, firstChunkMs?.ms];

describe('the speed of a deployment', () => {
  it.each<[string, CallEnd, readonly unknown[]]>([
    ['a whole answer, by its tokens', answer(500, 25), [20, undefined]],
    ['one whose tokens nobody counted, as one token', answer(500), [500, undefined]],
    ['one of no tokens, as one token', answer(500, 0), [500, undefined]],
    ['a stream, by its first content', { ...answer(500, 25), firstChunkMs: 80 }, [undefined, 80]],
    [
      'a stream that broke, by its first content',
      { ...answer(90), ended: 'failed', firstChunkMs: 80 },
      [undefined, 80],
    ],
    ['one that was left, by its first content', { ...answer(90), ended: 'aborted', firstChunkMs: 80 }, [undefined, 80]],
    ['a timeout, by all the time it had', late('attempt', 3000), [3000, undefined]],
    ['a timeout of a stream', late('firstChunk', 3000), [undefined, 3000]],
    ['a stream that fell silent', { ...late('chunk', 3000), firstChunkMs: 80 }, [undefined, 3000]],
  ])('is measured by %s', (_, call, expected) => {
    expect(ms(after([call]))).toEqual(expected);
  });

  it.each<[string, CallEnd]>([
    ['a failure', { ...answer(1), ended: 'failed' }],
    ['a throttle', { ...answer(1), ended: 'throttled' }],
    ['a call that was left before anything came', { ...answer(1), ended: 'aborted' }],
    ['the end of the time for the whole request', late('total', 5)],
  ])('is not measured by %s', (_, call) => {
    expect(after([call])).toBe(unmeasured);
  });

  it('is an average in which the latest call is a fifth', () => {
    expect(after([answer(100, 1), answer(200, 1), answer(200, 1)]).msPerToken?.ms).toBeCloseTo(136);
  });

  it('is known for three minutes from the last call on, then begins anew', () => {
    const speed = speedAfter(after([answer(100, 1)]), answer(100, 1), 60_000);
    expect(averageNow(speed.msPerToken, 239_999)).toBe(100);
    expect(averageNow(speed.msPerToken, 240_000)).toBeUndefined();
    expect(averageNow(speedAfter(speed, answer(7, 1), 240_000).msPerToken, 240_000)).toBe(7);
  });

  it('law: lies between the fastest and the slowest call, and changes nothing that was there before', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1e6 }), { minLength: 1 }), (times) => {
        const speed = Object.freeze(after(times.slice(1).map((time) => answer(time, 1))));
        const { ms: now } = speedAfter(speed, answer(times[0]!, 1), 0).msPerToken!;
        expect(now).toBeGreaterThanOrEqual(Math.min(...times) - 1e-6);
        expect(now).toBeLessThanOrEqual(Math.max(...times) + 1e-6);
      }),
    );
  });
});
