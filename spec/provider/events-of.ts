import { defaultCaps } from '../../lib/transport/caps';
import { eventBody } from '../../lib/transport/event-body';
import type { StreamEvent } from '../../lib/transport/transport';

/** The events of a stream as a transport hands them over, whose body comes cut at the places given (bytes). */
export function eventsOf(stream: string | Uint8Array, ...cuts: readonly number[]): readonly StreamEvent[] {
  const bytes = typeof stream === 'string' ? Buffer.from(stream) : stream;
  const reader = eventBody({ status: 200, headers: {} }, defaultCaps);
  return [0, ...cuts].flatMap((from, i) => reader.take(bytes.subarray(from, cuts[i])).reply?.events ?? []);
}
