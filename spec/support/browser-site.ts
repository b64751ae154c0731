import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

export interface BrowserSite {
  /** The page, whose program has been run. */
  readonly url: string;
  /** The same server by another name, and so another origin to the browser. */
  readonly otherOrigin: string;
  /** Connections that a browser has open now. */
  readonly openSockets: () => number;
  readonly close: () => Promise<void>;
}

export interface BrowserSiteOptions {
  /** The script of the page. */
  readonly program: string;
  /** Where everything under `/v1` is asked; closed when the browser leaves. */
  readonly provider: string;
  /** The headers of a reply that a page of another origin may read. */
  readonly exposed?: string;
}

const page =
  '<!doctype html><meta charset="utf-8"><title>rx-fanout</title><link rel="icon" href="data:,"><script src="/program.js"></script>';

/** A site as a user's would be: a page, and a way for it to the provider that the same server keeps. */
export async function browserSite({ program, provider, exposed = '' }: BrowserSiteOptions): Promise<BrowserSite> {
  const sockets = new Set<Socket>();
  const server = createServer((asked, response) => {
    const { url = '/', method } = asked;
    if (url.startsWith('/v1/')) {
      const { origin } = asked.headers;
      if (origin !== undefined) response.setHeaders(crossOrigin(origin, exposed));
      if (method === 'OPTIONS') response.writeHead(204).end();
      else forward(asked, response, provider);
    } else if (url === '/program.js') {
      response.writeHead(200, { 'content-type': 'text/javascript; charset=utf-8', connection: 'close' }).end(program);
    } else
      response
        .writeHead(200, {
          'content-type': 'text/html',
          'content-security-policy': "script-src 'self'",
          connection: 'close',
        })
        .end(page);
  });
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const port = String((server.address() as AddressInfo).port);
  return {
    url: `http://127.0.0.1:${port}`,
    otherOrigin: `http://localhost:${port}`,
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

/** What a server must say for a page of another origin: the library sends JSON with a key, which a browser asks about first. */
function crossOrigin(origin: string, exposed: string): Map<string, string> {
  return new Map([
    ['access-control-allow-origin', origin],
    ['access-control-allow-headers', 'authorization, content-type'],
    ['access-control-expose-headers', exposed],
  ]);
}

/** Hands a reply on as it comes, and breaks off on either side what the other one has. */
function forward(asked: IncomingMessage, response: ServerResponse, provider: string): void {
  const { method, url = '/', headers } = asked;
  const onward = request(new URL(url, provider), { method, headers, agent: false }, (reply) => {
    response.writeHead(reply.statusCode ?? 502, reply.headers);
    response.flushHeaders();
    reply.pipe(response);
    reply.once('error', () => response.destroy());
  });
  onward.once('error', () => response.destroy());
  response.once('close', () => onward.destroy());
  asked.pipe(onward);
}
