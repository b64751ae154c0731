import { Agent, type IncomingMessage, request } from 'node:http';
import { apiKey } from './exchange';
import { promisePool } from './promise-pool';
import type { StreamContender } from './stream-contender';
import { streamedRequestTo } from './streamed-exchange';

/** Reads one body: gives back what takes a piece of its text, and calls `counted` for each token. */
export type ReadText = (counted: () => void) => (piece: string) => void;

/** The least that one can write on Node's own client around `read`: no retry, no time-out, no check. */
export function rawStream(read: ReadText): StreamContender {
  return (url) => {
    const { hostname, port } = new URL(url);
    const to = { hostname, port, path: '/v1/chat/completions', method: 'POST', agent: new Agent({ keepAlive: true }) };
    const send = (prompt: string): Promise<IncomingMessage> =>
      new Promise((resolve, reject) => {
        const body = JSON.stringify(streamedRequestTo(prompt));
        const headers = {
          authorization: `Bearer ${apiKey}`,
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
        };
        request({ ...to, headers }, resolve)
          .on('error', reject)
          .end(body);
      });
    const readAll = (response: IncomingMessage, counted: () => void): Promise<void> =>
      new Promise((resolve, reject) => {
        response.setEncoding('utf8').on('data', read(counted)).on('end', resolve).on('error', reject);
      });

    return async (prompts, concurrency) => {
      let tokens = 0;
      const counted = (): void => {
        tokens += 1;
      };
      await promisePool(prompts, concurrency, async (prompt) => {
        await readAll(await send(prompt), counted);
      });
      return tokens;
    };
  };
}
