import type { Readable } from 'node:stream';
import type { ResponseBody } from './response-body';

/** A body that is a stream of Node's. Its strings, as a mock may give them, are UTF-8. */
export function nodeBody(stream: Readable): ResponseBody {
  return {
    valve: {
      pause: () => {
        stream.pause();
      },
      resume: () => {
        stream.resume();
      },
    },
    start: ({ data, end, failed }) => {
      stream
        .on('data', (bytes: Uint8Array | string) => {
          data(typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes);
        })
        .on('end', end)
        .on('error', failed)
        .on('close', () => {
          failed(Object.assign(new Error('closed before its end'), { code: 'ECONNRESET' }));
        });
    },
    destroy: () => {
      stream.on('error', () => undefined).destroy();
    },
  };
}
