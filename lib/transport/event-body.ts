import { left } from 'fp-ts/Either';
import type { BodyReader } from './body-reader';
import type { Caps } from './caps';
import { eventParser } from './event-parser';
import { streamEvent } from './stream-event';
import { tooLarge } from './too-large';
import type { Reply, StreamEvent } from './transport';

const empty: Reply['body'] = left({ kind: 'empty', text: '' });

/**
 * Turns the bytes of an event stream, cut anywhere, into pieces of a reply: one for each bytes that complete an event.
 * A body over a cap has a `problem` (`InvalidResponse`, naming the cap) beside the events that came before it.
 */
export function eventBody({ status, headers }: Pick<Reply, 'status' | 'headers'>, caps: Caps): BodyReader {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true }); // the parser drops the mark: here each piece might lose one
  let events: StreamEvent[] = [];
  let size = 0;
  const parse = eventParser(caps, (type, data) => {
    events.push(streamEvent(type, data, caps));
  });
  return {
    take: (bytes) => {
      const piece = bytes.length > caps.bodyBytes - size ? bytes.subarray(0, caps.bodyBytes - size) : bytes;
      size += piece.length;
      const fits = parse(decoder.decode(piece, { stream: endsInsideCharacter(piece) }));
      const found = events;
      events = []; // not kept until the next piece: it would outlive two collections
      const reply = found.length === 0 ? undefined : { status, headers, body: empty, events: found }; // `...head` costs as much as parsing an event
      if (!fits) return { reply, problem: tooLarge('an event of the reply', 'eventBytes', caps) };
      return { reply, problem: piece.length < bytes.length ? tooLarge('the reply', 'bodyBytes', caps) : undefined };
    },
    // What has no blank line behind it is no event. A reply without a body is none of a stream, but an empty one.
    end: () => (size === 0 ? { status, headers, body: empty } : undefined),
  };
}

/**
 * Whether the last character may go on in the next piece. Where it does not, the decoder has nothing to remember:
 * in Node it is seven times as fast until it is asked to for the first time.
 */
function endsInsideCharacter(bytes: Uint8Array): boolean {
  return (bytes[bytes.length - 1] ?? 0x80) >= 0x80;
}
