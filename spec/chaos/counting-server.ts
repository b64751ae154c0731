import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** A server that answers like OpenAI, once in a while refuses at first, and knows how often it was paid for what. */
export interface CountingServer {
  readonly url: string;
  /** How often each prompt was answered, or would have been had the caller lived. */
  readonly paid: ReadonlyMap<string, number>;
  /** All calls that came, those that were refused as well. */
  readonly calls: () => number;
  readonly close: () => void;
}

/** The answer to a prompt: one that belongs to no other. */
export function answerTo(prompt: string): string {
  return `the answer to «${prompt}» ü 日本`;
}

/** One prompt in so many is refused when it comes first: so that there are failures to take out of the output when the run goes on. */
const refusedOneIn = 40;

/** @param latencyMs of each answer, at random up to this */
export async function countingServer(latencyMs: number): Promise<CountingServer> {
  const paid = new Map<string, number>();
  const refused = new Set<string>();
  const sockets = new Set<Socket>();
  let calls = 0;
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString('utf8')));
    request.on('end', () => {
      const { messages } = JSON.parse(body) as { messages: [{ content: string }] };
      const prompt = messages[0].content;
      calls += 1;
      if (Number(/\d+/.exec(prompt)?.[0]) % refusedOneIn === 0 && !refused.has(prompt)) {
        refused.add(prompt);
        response.writeHead(400, { 'content-type': 'application/json' });
        response.end(JSON.stringify({ error: { message: 'not now', type: 'invalid_request_error' } }));
        return;
      }
      paid.set(prompt, (paid.get(prompt) ?? 0) + 1);
      const message = { role: 'assistant', content: answerTo(prompt) };
      const usage = { prompt_tokens: 5, completion_tokens: 7, total_tokens: 12 };
      const reply = { id: 'x', created: 1, model: 'm', choices: [{ index: 0, message, finish_reason: 'stop' }], usage };
      setTimeout(() => {
        response.setHeader('content-type', 'application/json');
        response.end(JSON.stringify(reply));
      }, Math.random() * latencyMs);
    });
  });
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/v1`,
    paid,
    calls: () => calls,
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
