import type { EventEmitter } from 'node:events';
import {
  createServer,
  request,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type ServerResponse,
} from 'node:http';
import { createSecureServer, type Http2ServerRequest, type Http2ServerResponse } from 'node:http2';
import type { AddressInfo, Socket } from 'node:net';
import { selfSigned } from './self-signed';

export interface BrowserSite {
  /** The page, whose program has been run. */
  readonly url: string;
  /** The same server by another name, and so another origin to the browser. */
  readonly otherOrigin: string;
  /** Connections open now that calls came by: a browser may have others in store. */
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
  /** Over TLS, with a certificate of its own making. */
  readonly overHttp2?: boolean;
  /** Its policy lets the program compile what it holds as text. */
  readonly mayCompile?: boolean;
}

const page =
  '<!doctype html><meta charset="utf-8"><title>rx-fanout</title><link rel="icon" href="data:,"><script src="/program.js"></script>';

/** A site as a user's would be: a page, and a way for it to the provider that the same server keeps. */
export async function browserSite(options: BrowserSiteOptions): Promise<BrowserSite> {
  const { program, provider, exposed = '', overHttp2 = false, mayCompile = false } = options;
  const [sockets, ofCalls] = [new Set<Socket>(), new Set<EventEmitter>()];
  const policy = `script-src 'self'${mayCompile ? " 'unsafe-eval'" : ''}`;
  const headers = { 'content-security-policy': policy }; // of a page, and of a worker
  const serve = (asked: Asked, response: Response): void => {
    const { url = '/', method } = asked;
    if (url.startsWith('/v1/')) {
      const { origin } = asked.headers;
      note('stream' in asked ? (asked.stream.session ?? asked.stream) : asked.socket, ofCalls);
      if (origin !== undefined) allow(response, origin, exposed);
      if (method === 'OPTIONS') response.writeHead(204).end();
      else forward(asked, response, provider);
    } else if (url === '/program.js') {
      response.writeHead(200, { ...headers, 'content-type': 'text/javascript; charset=utf-8' }).end(program);
    } else response.writeHead(200, { ...headers, 'content-type': 'text/html' }).end(page);
  };
  const server = overHttp2 ? createSecureServer(selfSigned(), serve) : createServer(serve);
  server.on('connection', (socket: Socket) => {
    note(socket, sockets);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const scheme = overHttp2 ? 'https' : 'http';
  const port = String((server.address() as AddressInfo).port);
  return {
    url: `${scheme}://127.0.0.1:${port}`,
    otherOrigin: `${scheme}://localhost:${port}`,
    openSockets: () => ofCalls.size,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => {
          resolve();
        });
      }),
  };
}

type Asked = IncomingMessage | Http2ServerRequest;
type Response = (ServerResponse | Http2ServerResponse) & NodeJS.WritableStream;

/** Has a connection among the others for as long as it is open. */
function note<C extends EventEmitter>(connection: C, open: Set<C>): void {
  if (open.has(connection)) return;
  open.add(connection);
  connection.once('close', () => open.delete(connection));
}

/** What a server must say for a page of another origin: the library sends JSON, with a key or not, which a browser asks about first. */
function allow(response: Response, origin: string, exposed: string): void {
  response.setHeader('access-control-allow-origin', origin);
  response.setHeader('access-control-allow-headers', 'authorization, content-type');
  response.setHeader('access-control-expose-headers', exposed);
}

/** Hands a reply on as it comes, and breaks off on either side what the other one has. */
function forward(asked: Asked, response: Response, provider: string): void {
  const { method, url = '/' } = asked;
  const headers = ofMessage(asked.headers);
  const onward = request(new URL(url, provider), { method, headers, agent: false }, (reply) => {
    response.writeHead(reply.statusCode ?? 502, ofMessage(reply.headers));
    reply.pipe(response);
    reply.once('error', () => response.destroy());
  });
  onward.once('error', () => response.destroy());
  response.once('close', () => onward.destroy());
  asked.pipe(onward);
}

/** Headers without those that belong to a connection, or are HTTP/2's own. */
function ofMessage(headers: IncomingHttpHeaders): OutgoingHttpHeaders {
  const entries = Object.entries(headers);
  return Object.fromEntries(entries.filter(([name]) => !/^(:.*|connection|keep-alive|transfer-encoding)$/.test(name)));
}
