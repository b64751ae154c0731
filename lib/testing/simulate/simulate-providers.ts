import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { carryOut } from './carry-out';
import { checkOptions } from './check-options';
import { decider } from './decide';
import { crossOrigin } from './cross-origin';
import { createLedger, type SimulationStats } from './ledger';
import type { SimulationOptions } from './options';

/** A running simulated provider. */
export interface SimulatedProviders {
  /** The host, e.g. `http://127.0.0.1:40123`: the base address of Anthropic's and Gemini's SDKs. OpenAI's `baseURL` is `${url}/v1`. */
  readonly url: string;
  /** What the server has seen so far. */
  readonly stats: () => SimulationStats;
  /** Destroys every connection, ends every timer, and resolves when the port is free. It may be called twice. */
  readonly close: () => Promise<void>;
}

/** Idle connections live longer than clients keep them, so that a reset is never the server's housekeeping. */
const keepAliveMs = 65_000;

/**
 * Starts an HTTP server on 127.0.0.1 that answers like an LLM provider, with made-up text, whole or streamed:
 *
 * | vendor | addresses |
 * |---|---|
 * | OpenAI | `POST /v1/chat/completions`, `GET /v1/models` |
 * | Anthropic | `POST /v1/messages` |
 * | Gemini | `POST /v1beta/models/{model}:generateContent`, `…:streamGenerateContent` (`?alt=sse`, else a JSON array) |
 *
 * Every model name is served. A tool is called when the prompt shares a telling word with its name or description, or when the request
 * says that one must be; its arguments are filled from its schema, and its result is quoted. JSON is answered by the schema given.
 * Replies say that they are simulated: the header `x-simulated: rx-fanout`, `simulated` in the id, OpenAI's fingerprint `simulated`.
 * With a seed, the same requests get the same answers, latencies and faults, the same words whole as streamed; only the rate limit
 * goes by the clock. A client that leaves ends its request's timers. A page of any origin may ask.
 * Rejects with a `TypeError` for wrong options, and with Node's error when the port is taken.
 *
 * @example
 * const simulated = await simulateProviders({ seed: 7, latency: { p50Ms: 80, p99Ms: 600 }, faults: { status: { 500: 0.1 } } });
 * const provider = openAICompatible({ baseURL: `${simulated.url}/v1`, model: 'simulated' });
 * // …
 * await simulated.close();
 */
export async function simulateProviders(options: SimulationOptions = {}): Promise<SimulatedProviders> {
  checkOptions(options);
  const ledger = createLedger();
  const sockets = new Set<Socket>();
  const decide = decider(options, () => performance.now(), Date.now);

  let received = 0;
  let closed: Promise<unknown> | undefined;

  const server = createServer({ keepAliveTimeout: keepAliveMs }, (request, response) => {
    if (crossOrigin(request, response)) return;
    const settle = ledger.arrived();
    response.setHeader('x-simulated', 'rx-fanout');
    const requestId = `req_simulated_${String((received += 1))}`;
    response.setHeader('x-request-id', requestId);
    response.once('close', () => {
      settle(server.listening ? 'aborted' : 'reset'); // no longer listening: it was our own close()
    });
    whenWhole(request, (body) => {
      const [, path = '', query = ''] = /^([^?]*)\??(.*)$/.exec(request.url ?? '') ?? [];
      const decision = decide({
        method: request.method ?? 'GET',
        path,
        query,
        headers: request.headers,
        body,
        requestId,
      });
      const subscription = carryOut(decision, response, settle).subscribe();
      response.once('close', () => {
        subscription.unsubscribe();
      });
    });
  });
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });

  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo; // a TCP server that listens has one

  return {
    url: `http://127.0.0.1:${String(port)}`,
    stats: () => ({ ...ledger.read(), openSockets: sockets.size }),
    close: async () => {
      if (closed === undefined) {
        closed = Promise.all([server, ...sockets].map((open) => once(open, 'close')));
        server.close();
        for (const socket of sockets) socket.destroy();
      }
      await closed;
    },
  };
}

function whenWhole(request: IncomingMessage, use: (body: string) => void): void {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.once('end', () => {
    use(Buffer.concat(chunks).toString('utf8'));
  });
}
