import type { Fault } from './choose-fault';
import type { PacedReply } from './paced-reply';
import { slowly } from './slowly';
import { splitWrites } from './split-writes';
import type { StreamedReply, StreamPart } from './wire-format';
import type { TimedPart } from './write-parts';

/**
 * A stream as it is sent, a fault in it. Faults in the middle come after at least one piece of the answer and, if there are several,
 * before the last; `at`, in [0, 1), says after which.
 */
export function spoilStream(
  { headers, parts, failure }: StreamedReply,
  fault: Fault | undefined,
  at: number,
  perTokenMs: number,
): PacedReply {
  const first = Math.max(0, parts.findIndex(hasContent));
  const end = Math.max(first, parts.map(hasContent).lastIndexOf(true)) + 1;
  const middle = first + 1 + Math.floor(at * (end - first - 1));
  const [before, next, after] = [parts.slice(0, middle), parts.slice(middle, middle + 1), parts.slice(middle + 1)];
  const paced = (sent: readonly StreamPart[], ending: PacedReply['ending'] = 'end'): PacedReply => ({
    headers,
    parts: pace(sent, perTokenMs),
    ending,
  });
  switch (fault) {
    case 'slowBody':
      return { headers, parts: slowly(parts.map(({ text }) => text).join('')), ending: 'end' };
    case 'malformed':
      return paced([...before, ...next.map(brokenOff), ...after]);
    case 'cut':
      return paced([...before, ...next.map(half)], 'cut');
    case 'stallMidStream':
      return paced(before, 'stall');
    case 'errorEvent':
      return paced([...before, { text: failure, tokens: 0 }]);
    case 'noEnd':
      return paced(parts.slice(0, end));
    case 'splitUtf8':
      return { headers, parts: splitWrites(pace(parts, perTokenMs)), ending: 'end' };
    default:
      return paced(parts);
  }
}

function pace(parts: readonly StreamPart[], perTokenMs: number): readonly TimedPart[] {
  let tokens = 0;
  return parts.map((part) => {
    const dueMs = tokens * perTokenMs;
    tokens += part.tokens;
    return { bytes: Buffer.from(part.text), dueMs };
  });
}

function hasContent({ tokens }: StreamPart): boolean {
  return tokens > 0;
}

/** An event whose JSON breaks off. */
function brokenOff({ text, tokens }: StreamPart): StreamPart {
  const event = text.trimEnd();
  return { text: `${event.slice(0, -Math.ceil(event.length / 3))}\n\n`, tokens };
}

function half({ text, tokens }: StreamPart): StreamPart {
  return { text: text.slice(0, Math.ceil(text.length / 2)), tokens };
}
