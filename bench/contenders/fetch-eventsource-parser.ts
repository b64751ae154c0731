import { EventSourceParserStream } from 'eventsource-parser/stream';
import { apiKey } from './exchange';
import { isTokenIn } from './is-token-in';
import { promisePool } from './promise-pool';
import type { StreamContender } from './stream-contender';
import { streamedRequestTo } from './streamed-exchange';

/** What runs everywhere. */
export const fetchEventsourceParser: StreamContender = (url) => {
  const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' };
  return async (prompts, concurrency) => {
    let tokens = 0;
    await promisePool(prompts, concurrency, async (prompt) => {
      const body = JSON.stringify(streamedRequestTo(prompt));
      const { body: bytes } = await fetch(`${url}/v1/chat/completions`, { method: 'POST', headers, body });
      if (bytes === null) throw new Error('a reply without a body');
      const events = bytes.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream());
      for await (const { data } of events) if (isTokenIn(data)) tokens += 1;
    });
    return tokens;
  };
};
