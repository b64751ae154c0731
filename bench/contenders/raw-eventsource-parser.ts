import { createParser } from 'eventsource-parser';
import { isTokenIn } from './is-token-in';
import { rawStream } from './raw-stream';

/** The library that reads event streams by the standard, on Node's own client. */
export const rawEventsourceParser = rawStream((counted) => {
  const parser = createParser({
    onEvent: ({ data }) => {
      if (isTokenIn(data)) counted();
    },
  });
  return (piece) => {
    parser.feed(piece);
  };
});
