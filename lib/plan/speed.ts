import type { CallEnd } from './settle';

/** A running average, and when it last learned something, on the router's clock (both ms). */
interface Average {
  readonly ms: number;
  readonly at: number;
}

/** How fast a deployment has been of late. Plain data; every change is a new value. */
export interface Speed {
  /** Of whole answers, per output token. */
  readonly msPerToken: Average | undefined;
  /** Of streams, from sending to the first content. */
  readonly firstChunkMs: Average | undefined;
}

export const unmeasured: Speed = { msPerToken: undefined, firstChunkMs: undefined };

/** What the latest call weighs against all before it: half of the average is that of the latest three. */
const share = 0.2;

/** Who is slow is not asked, so nothing better is heard of him: after three minutes, as in gRPC's weighted round robin, it is forgotten. */
const keptMs = 180_000;

/** The average as it stands (ms); `undefined` when nothing was learned for too long. */
export function averageNow(average: Average | undefined, now: number): number | undefined {
  return average === undefined || now - average.at >= keptMs ? undefined : average.ms;
}

/** The speed after one more call. */
export function speedAfter(speed: Speed, call: CallEnd, now: number): Speed {
  const measured = sample(call);
  if (measured === undefined) return speed;
  const known = averageNow(speed[measured.of], now);
  const ms = known === undefined ? measured.ms : known + share * (measured.ms - known);
  return { ...speed, [measured.of]: { ms, at: now } };
}

interface Sample {
  readonly of: keyof Speed;
  readonly ms: number;
}

/**
 * What a call says. A stream that began has said how fast it begins, however it ended. One that ran out of time counts with all of that,
 * as if it were for the first content or for a single token; so does a whole answer whose tokens nobody counted.
 */
function sample({ ended, error, elapsedMs, firstChunkMs, usage }: CallEnd): Sample | undefined {
  if (ended === 'failed' && error?._tag === 'Timeout')
    return { of: error.phase === 'attempt' ? 'msPerToken' : 'firstChunkMs', ms: elapsedMs };
  if (firstChunkMs !== undefined) return { of: 'firstChunkMs', ms: firstChunkMs };
  if (ended !== 'ok') return undefined;
  return { of: 'msPerToken', ms: elapsedMs / Math.max(1, usage?.completionTokens ?? 1) };
}
