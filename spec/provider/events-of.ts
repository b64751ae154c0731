import { parseJson } from '../../lib/transport/parse-json';
import type { StreamEvent } from '../../lib/transport/transport';

/** The events of a well-formed stream as a transport would hand them over. */
export function eventsOf(stream: string): readonly StreamEvent[] {
  return stream
    .split(/\r?\n\r?\n/)
    .filter((block) => block !== '')
    .map((block) => {
      const fields = block.split(/\r?\n/).map((line) => line.split(/: ?(.*)/s, 2));
      const data = fields.flatMap(([name, value = '']) => (name === 'data' ? [value] : []));
      const type = fields.find(([name]) => name === 'event')?.[1] ?? 'message';
      return { type, data: parseJson(data.join('\n'), { jsonDepth: 200 }) };
    });
}
