import { createServer, type AddressInfo, type Socket } from 'node:net';
import { createServer as createTlsServer, type TlsOptions } from 'node:tls';

/** One request as it came over the wire. */
export interface ScriptedRequest {
  /** From 0, over all sockets. */
  readonly index: number;
  /** Request line and headers. */
  readonly head: string;
  /** As on the wire: a chunked body keeps its chunks. */
  readonly body: string;
}

/** What to write on the socket for a request, byte for byte. */
export type Script = (socket: Socket, request: ScriptedRequest) => void;

export interface ScriptedServer {
  readonly url: string;
  readonly port: number;
  readonly requests: readonly ScriptedRequest[];
  /** Connections ever made. */
  readonly connections: () => number;
  readonly openSockets: () => number;
  readonly close: () => Promise<void>;
}

export interface ScriptedServerOptions {
  /** Speak TLS with this key and certificate. */
  readonly tls?: TlsOptions;
  /** Runs at each connection, before any request. */
  readonly onConnection?: (socket: Socket) => void;
}

/** A server on loopback that answers with raw bytes: half a body, a reset, garbage. */
export async function scriptedServer(script: Script, options: ScriptedServerOptions = {}): Promise<ScriptedServer> {
  const requests: ScriptedRequest[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;

  const serve = (socket: Socket): void => {
    connections++;
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('close', () => sockets.delete(socket)).on('error', () => undefined);
    options.onConnection?.(socket);
    let received = '';
    socket.on('data', (data) => {
      received += data.toString('latin1');
      for (let request = firstOf(received); request !== undefined; request = firstOf(received)) {
        received = received.slice(request.head.length + request.body.length);
        const whole = { index: requests.length, head: request.head.trim(), body: request.body };
        requests.push(whole);
        script(socket, whole);
      }
    });
  };

  const server = options.tls === undefined ? createServer(serve) : createTlsServer(options.tls, serve);
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `${options.tls === undefined ? 'http' : 'https'}://127.0.0.1:${String(port)}`,
    port,
    requests,
    connections: () => connections,
    openSockets: () => sockets.size,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => {
          resolve();
        });
      }),
  };
}

function firstOf(received: string): Pick<ScriptedRequest, 'head' | 'body'> | undefined {
  const start = received.indexOf('\r\n\r\n') + 4;
  if (start < 4) return undefined;
  const head = received.slice(0, start);
  const end = start + bodyLength(head, received.slice(start));
  return received.length < end ? undefined : { head, body: received.slice(start, end) };
}

/** Of the body as it stands on the wire; infinite when the end of a chunked one has not come. */
function bodyLength(head: string, received: string): number {
  if (!/\r\ntransfer-encoding: *chunked/i.test(head)) return Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0);
  const end = received.search(/(^|\r\n)0\r\n\r\n/);
  return end < 0 ? Infinity : received.indexOf('\r\n\r\n', end) + 4;
}
