import type { CallEnd } from '../plan/settle';

/**
 * How long a request's first call was silent (ms): until its answer, or the first content of a stream; `undefined` when it says nothing.
 * One that was given up after it had been silent for as long as a hedge waits would have been so for longer: that is all that is to be known.
 */
export function firstSilence(
  { ended, elapsedMs, firstChunkMs }: Pick<CallEnd, 'ended' | 'elapsedMs' | 'firstChunkMs'>,
  hedgeAfterMs = Infinity,
): number | undefined {
  if (ended === 'ok') return firstChunkMs ?? elapsedMs;
  return ended === 'aborted' && firstChunkMs === undefined && elapsedMs >= hedgeAfterMs ? elapsedMs : undefined;
}
