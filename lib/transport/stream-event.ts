import { left } from 'fp-ts/Either';
import type { Caps } from './caps';
import { parseJson } from './parse-json';
import type { StreamEvent } from './transport';

/** The last event of most streams. Known by sight: an exception for each stream costs as much as several events. */
const done: StreamEvent['data'] = left({ kind: 'not-json', text: '[DONE]' });

/** An event with its data parsed. */
export function streamEvent(type: string, data: string, caps: Pick<Caps, 'jsonDepth'>): StreamEvent {
  return { type, data: data === '[DONE]' ? done : parseJson(data, caps) };
}
