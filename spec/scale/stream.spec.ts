import { openAICompatible } from '../../lib/provider/openai/openai-compatible';
import { createRouter } from '../../lib/router';
import { toAsyncIterable } from '../../lib/rx/to-async-iterable';
import { closing } from '../support/closing';
import { collectGarbage } from '../support/collect-garbage';
import { pause } from '../support/pause';
import { scriptedServer, type Script } from '../support/scripted-server';

const megabyte = 2 ** 20;

const event = (choice: object): string =>
  `data: ${JSON.stringify({ id: 'a', created: 1, model: 'm', choices: [{ index: 0, ...choice }] })}\n\n`;
const token = event({ delta: { content: 'x'.repeat(1000) } });
const ending = `${event({ delta: {}, finish_reason: 'stop' })}data: [DONE]\n\n`;

/** Writes a stream of so many tokens, as fast as the socket takes them; tells how many bytes it has given to the socket. */
function pour(tokens: number, given: (bytes: number) => void): Script {
  return (socket) => {
    const perWrite = 64;
    const piece = Buffer.from(token.repeat(perWrite));
    const bytes = tokens * token.length + ending.length;
    let left = tokens / perWrite;
    let sent = 0;
    socket.write(`HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ncontent-length: ${String(bytes)}\r\n\r\n`);
    const more = (): void => {
      let hasRoom = true;
      while (hasRoom && left > 0) {
        left--;
        sent += piece.length;
        given(sent);
        hasRoom = socket.write(piece);
      }
      if (left > 0) socket.once('drain', more);
      else socket.write(ending);
    };
    more();
  };
}

const opened = closing();

it('of 50 MB is held by who stops reading: it stays with the server, and nothing of it is lost', async () => {
  const tokens = 64 * Math.ceil((50 * megabyte) / token.length / 64);
  let sent = 0;
  const server = opened(
    await scriptedServer(
      pour(tokens, (bytes) => {
        sent = bytes;
      }),
    ),
  );
  const provider = openAICompatible({ baseURL: server.url, model: 'm', apiKey: 'k' });
  const { stream$ } = opened(createRouter({ deployments: [{ group: 'm', provider }] }));

  /** Reads it all, and stops for a second after so many tokens: resolves to how many there were, and what was taken during the stop (bytes). */
  const readWithStop = async (at: number) => {
    let read = 0;
    let [grown, taken] = [0, 0];
    for await (const { choices } of toAsyncIterable(stream$('hello'))) {
      if (choices[0]?.delta.content?.length !== 1000) continue;
      if (++read !== at) continue;
      collectGarbage();
      const before = process.memoryUsage.rss();
      await pause(1000);
      collectGarbage();
      grown = process.memoryUsage.rss() - before;
      taken = sent;
    }
    return { read, grown, taken };
  };

  const { read, grown, taken } = await readWithStop(1000);
  expect(read).toBe(tokens);
  expect(grown).toBeLessThan(20 * megabyte);
  expect(taken).toBeLessThan(20 * megabyte); // in the buffers of two kernels' sockets, of which we have none
});
