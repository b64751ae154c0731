import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { isLeft, right } from 'fp-ts/Either';
import { axiosTransport, type AxiosTransport } from '../../lib/transport/axios';
import { callTo } from '../support/call-to';
import { closing } from '../support/closing';
import { cpuClock } from '../support/cpu-clock';
import { failureOf } from '../support/failure-of';
import { oneReply } from '../support/one-reply';
import { pause } from '../support/pause';
import { rawReply } from '../support/raw-reply';
import {
  scriptedServer,
  type Script,
  type ScriptedServer,
  type ScriptedServerOptions,
} from '../support/scripted-server';
import { selfSigned } from '../support/self-signed';
import { until } from '../support/until';

const body = JSON.stringify({ id: 'c1', choices: [{ message: { content: 'h\u00e9llo' } }] });
const megabyte = 1024 * 1024;

describe('the transport, when the network or the server misbehaves', () => {
  const opened = closing();
  let made: AxiosTransport;

  beforeEach(() => {
    made = opened(axiosTransport({ caps: { bodyBytes: 10 * megabyte } }));
  });

  const serve = async (script: Script, options?: ScriptedServerOptions): Promise<ScriptedServer> =>
    opened(await scriptedServer(script, options));
  const reply = (url: string) => oneReply(made.transport(callTo(url)));
  const failure = (url: string) => failureOf(made.transport(callTo(url)));
  const silent: Script = () => undefined;

  describe('connections', () => {
    it('a reset before the headers is a retryable Connection failure', async () => {
      const server = await serve((socket) => socket.resetAndDestroy());
      expect(await failure(server.url)).toMatchObject({ _tag: 'Connection', code: 'ECONNRESET', isRetryable: true });
      expect(server.requests).toHaveLength(1);
    });

    it.each(['FIN', 'RST'])('a body cut at any byte by a %s is never a reply', async (how) => {
      const whole = rawReply(body);
      const server = await serve((socket, { index }) => {
        socket.write(whole.subarray(0, index), () => (how === 'FIN' ? socket.end() : socket.resetAndDestroy()));
      });
      while (server.requests.length < whole.length) {
        expect(await failure(server.url)).toMatchObject({ _tag: 'Connection', isRetryable: true });
      }
      await until('every socket is closed', () => server.openSockets() === 0);
    });

    it('a chunked body without its last chunk is never a reply', async () => {
      const head = 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n';
      const server = await serve((socket) =>
        socket.end(`${head}${Buffer.byteLength(body).toString(16)}\r\n${body}\r\n`),
      );
      expect(await failure(server.url)).toMatchObject({ _tag: 'Connection', code: 'ECONNRESET' });
    });

    it.each([
      ['an unknown host', 'http://nowhere.invalid', /^(ENOTFOUND|EAI_AGAIN)$/],
      ['a port where nobody listens', 'http://127.0.0.1:1', /^ECONNREFUSED$/],
    ])('%s is a retryable Connection failure', async (_, url, code) => {
      expect(await failure(url)).toMatchObject({
        _tag: 'Connection',
        code: expect.stringMatching(code) as string,
        isRetryable: true,
      });
    });

    it('TLS to a plain port is a Connection failure', async () => {
      const server = await serve(silent, { onConnection: (socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n') });
      expect(await failure(server.url.replace('http:', 'https:'))).toMatchObject({ _tag: 'Connection' });
    });

    it('a certificate that nobody signed is a Connection failure that no retry mends', async () => {
      const server = await serve((socket) => socket.write(rawReply(body)), { tls: selfSigned() });
      expect(await failure(server.url)).toMatchObject({
        _tag: 'Connection',
        code: 'DEPTH_ZERO_SELF_SIGNED_CERT',
        isRetryable: false,
      });
      expect(server.requests).toHaveLength(0);
    });

    it('what is no HTTP is a Connection failure', async () => {
      const server = await serve((socket) => socket.end('220 mail.example.com ESMTP\r\n'));
      expect(await failure(server.url)).toMatchObject({ _tag: 'Connection', isRetryable: true });
    });

    it.each(['with the reply', 'after it, announced', 'after it, in silence'])(
      'keep-alive sockets that the server closes %s cost no call out of a thousand',
      async (when) => {
        const server = await serve((socket, { index }) => {
          const last = index % 3 === 0;
          const connection = last && when === 'after it, announced' ? 'close' : 'keep-alive';
          socket.write(rawReply(body, { headers: { connection } }));
          if (last && when === 'with the reply') socket.end();
          if (last && when === 'after it, in silence') setImmediate(() => socket.end());
        });
        for (let call = 0; call < 1000; call++) {
          expect((await reply(server.url)).status).toBe(200);
          if (when === 'after it, in silence') await pause(2);
        }
      },
    );

    it('a socket that the server closes just as a request is under way is a retryable Connection failure', async () => {
      const server = await serve((socket, { index }) => {
        if (index === 0) socket.write(rawReply(body));
        else socket.end();
      });
      await reply(server.url);
      await pause(5); // so that the next call has the same socket
      expect(await failure(server.url)).toMatchObject({ _tag: 'Connection', code: 'ECONNRESET', isRetryable: true });
      expect([server.requests.length, server.connections()]).toEqual([2, 1]);
    });
  });

  describe('replies', () => {
    it('headers of 20 KB are InvalidResponse', async () => {
      const server = await serve((socket) =>
        socket.write(rawReply(body, { headers: { 'x-long': 'x'.repeat(20_000) } })),
      );
      expect(await failure(server.url)).toMatchObject({ _tag: 'InvalidResponse', code: 'HPE_HEADER_OVERFLOW' });
    });

    it('informational replies are skipped', async () => {
      const server = await serve((socket) => {
        socket.write(Buffer.concat([Buffer.from('HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n'), rawReply(body)]));
      });
      expect(await reply(server.url)).toMatchObject({ status: 200, body: right(JSON.parse(body)) });
    });

    it('an upgrade that nobody asked for is a Connection failure', async () => {
      const server = await serve((socket) =>
        socket.write('HTTP/1.1 101 Switching\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n'),
      );
      expect(await failure(server.url)).toMatchObject({ _tag: 'Connection' });
    });

    it.each([
      ['204', 'HTTP/1.1 204 No Content\r\n\r\n'],
      ['an empty 200', 'HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n'],
      ['an empty gzip', 'HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 0\r\n\r\n'],
    ])('%s has an empty body', async (_, bytes) => {
      const server = await serve((socket) => socket.write(bytes));
      expect((await reply(server.url)).body).toEqual({ _tag: 'Left', left: { kind: 'empty', text: '' } });
    });

    it.each([301, 302, 303, 307, 308])('a redirect %d is a reply, and the other host is not asked', async (status) => {
      const other = await serve((socket) => socket.write(rawReply(body)));
      const server = await serve((socket) =>
        socket.write(rawReply('', { status, headers: { location: `${other.url}/v1/chat/completions` } })),
      );
      expect(await reply(server.url)).toMatchObject({ status });
      expect([server.requests.length, other.connections()]).toEqual([1, 0]);
    });

    it.each([
      ['gzip', gzipSync(body)],
      ['br', brotliCompressSync(body)],
    ])('%s is decompressed', async (encoding, bytes) => {
      const server = await serve((socket) =>
        socket.write(rawReply(bytes, { headers: { 'content-encoding': encoding } })),
      );
      expect((await reply(server.url)).body).toEqual(right(JSON.parse(body)));
    });

    it('a corrupt or cut gzip is InvalidResponse', async () => {
      const bytes = gzipSync(body);
      const server = await serve((socket, { index }) =>
        socket.write(
          rawReply(index === 0 ? bytes.subarray(0, -4) : Buffer.from(body), {
            headers: { 'content-encoding': 'gzip' },
          }),
        ),
      );
      expect(await failure(server.url)).toMatchObject({ _tag: 'InvalidResponse', code: 'Z_BUF_ERROR' });
      expect(await failure(server.url)).toMatchObject({ _tag: 'InvalidResponse', code: 'Z_DATA_ERROR' });
    });

    it.each([
      ['gzip', Buffer.concat(Array.from({ length: 16 }, () => gzipSync(Buffer.alloc(64 * megabyte))))],
      ['br', brotliCompressSync(Buffer.alloc(64 * megabyte), { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } })],
    ])('a %s bomb stops at the cap, with little memory and no stall', async (encoding, bomb) => {
      const server = await serve((socket) =>
        socket.write(rawReply(bomb, { headers: { 'content-encoding': encoding } })),
      );
      const before = process.memoryUsage.rss();
      let [tookMs, stall] = [cpuClock(), 0];
      const ticks = setInterval(() => {
        stall = Math.max(stall, tookMs());
        tookMs = cpuClock();
      }, 5);
      opened({
        close: () => {
          clearInterval(ticks);
        },
      });
      const error = await failure(server.url);
      expect(error).toMatchObject({
        _tag: 'InvalidResponse',
        message: expect.stringContaining('caps.bodyBytes') as string,
      });
      expect(process.memoryUsage.rss() - before).toBeLessThan(100 * megabyte);
      expect(stall).toBeLessThan(200);
    });

    it('an endless body stops at the cap', async () => {
      let sent = 0;
      const piece = Buffer.alloc(64 * 1024, 32);
      const server = await serve((socket) => {
        socket.write('HTTP/1.1 200 OK\r\ncontent-length: 104857600\r\n\r\n');
        const more = (): void => {
          while (socket.writable && socket.write(piece)) sent += piece.length;
          sent += piece.length;
        };
        socket.on('drain', more);
        more();
      });
      expect(await failure(server.url)).toMatchObject({ _tag: 'InvalidResponse' });
      await until('the socket is destroyed', () => server.openSockets() === 0, 100);
      expect(sent).toBeLessThan(50 * megabyte); // the cap, and what the kernel may hold
    });

    it('an error page that does not end is cut, and keeps its status', async () => {
      const server = await serve((socket) => {
        socket.write('HTTP/1.1 429 Slow\r\nretry-after: 3\r\ntransfer-encoding: chunked\r\n\r\n');
        const timer = setInterval(() => socket.write(`4000\r\n${'x'.repeat(0x4000)}\r\n`), 1);
        socket.on('close', () => {
          clearInterval(timer);
        });
      });
      const { status, headers, body: problem } = await reply(server.url);
      expect([status, headers['retry-after']]).toEqual([429, '3']);
      expect(isLeft(problem) && problem.left.text.length).toBe(64 * 1024);
      await until('the socket is destroyed', () => server.openSockets() === 0, 100);
    });

    it('twenty error replies in a row hold no socket', async () => {
      const server = await serve((socket) => socket.write(rawReply('x'.repeat(1000), { status: 429 })));
      for (let call = 0; call < 20; call++) expect((await reply(server.url)).status).toBe(429);
      expect(server.connections()).toBeLessThanOrEqual(2);
    });
  });

  describe('the environment', () => {
    const names = ['http_proxy', 'HTTP_PROXY', 'https_proxy', 'HTTPS_PROXY', 'all_proxy', 'ALL_PROXY'];

    it('names a proxy: it is not asked', async () => {
      const proxy = await serve((socket) => socket.write(rawReply('{}')));
      const server = await serve((socket) => socket.write(rawReply(body)));
      for (const name of names) process.env[name] = proxy.url;
      try {
        made = opened(axiosTransport());
        expect((await reply(server.url)).body).toEqual(right(JSON.parse(body)));
      } finally {
        for (const name of names) Reflect.deleteProperty(process.env, name);
      }
      expect([server.requests.length, proxy.connections()]).toEqual([1, 0]);
    });

    it('has a polluted Object.prototype: the request is unchanged', async () => {
      const evil = await serve((socket) => socket.write(rawReply('{}')));
      const server = await serve((socket) => socket.write(rawReply(body)));
      await reply(server.url);
      const pollution: Readonly<Record<string, unknown>> = {
        baseURL: evil.url,
        auth: { username: 'evil', password: 'evil' },
        headers: { 'x-evil': '1' },
        socketPath: '/tmp/evil.sock',
        proxy: { protocol: 'http', host: '127.0.0.1', port: evil.port },
        transport: { request: () => undefined },
        params: { evil: '1' },
        query: { evil: '1' },
        httpAgent: {},
        path: '/evil',
      };
      for (const [name, value] of Object.entries(pollution)) {
        made.close(); // so that a socket is opened under it
        Object.defineProperty(Object.prototype, name, { value, configurable: true, enumerable: false, writable: true });
        try {
          expect((await reply(server.url)).status).toBe(200);
        } finally {
          Reflect.deleteProperty(Object.prototype, name);
        }
      }
      expect(evil.connections()).toBe(0);
      expect(new Set(server.requests.map(({ head, body: sent }) => head + sent)).size).toBe(1);
      expect(server.requests).toHaveLength(Object.keys(pollution).length + 1);
    });
  });

  describe('unsubscribing', () => {
    it('at any moment: nothing is emitted, and the server sees the close within 100 ms', async () => {
      const whole = rawReply(body);
      const server = await serve((socket, { index }) => socket.write(whole.subarray(0, index % whole.length)));
      const seen: unknown[] = [];
      const note = (value: unknown): void => void seen.push(value);
      for (let moment = 0; moment < 200; moment++) {
        const before = server.requests.length;
        const call = made
          .transport(callTo(server.url))
          .subscribe({ next: note, error: note, complete: () => seen.push('end') });
        if (moment % 2 === 1) await until('the call has come', () => server.requests.length > before);
        if (moment % 10 > 1) await pause(moment % 10);
        call.unsubscribe();
        await until('the socket is closed', () => server.openSockets() === 0, 100);
      }
      expect(seen).toEqual([]);
    });

    it.each([
      ['waiting for a reply', 'http:'],
      ['in a TLS handshake', 'https:'],
    ])('%s, 64 at once: every socket is closed within 100 ms', async (_, protocol) => {
      const server = await serve(silent);
      const url = server.url.replace('http:', protocol);
      const calls = Array.from({ length: 64 }, () => made.transport(callTo(url)).subscribe());
      await until('all have connected', () => server.openSockets() === 64);
      for (const call of calls) call.unsubscribe();
      await until('all are closed', () => server.openSockets() === 0, 100);
      expect(server.connections()).toBe(64);
    });

    it('in the turn of the subscription: no request is sent', async () => {
      const server = await serve(silent);
      for (let call = 0; call < 64; call++) made.transport(callTo(server.url)).subscribe().unsubscribe();
      await pause(50);
      expect([server.requests.length, server.openSockets()]).toEqual([0, 0]);
    });

    it('one of many leaves the others alone', async () => {
      const server = await serve((socket) => setTimeout(() => socket.write(rawReply(body)), 20));
      const replies = Array.from({ length: 16 }, () => {
        made.transport(callTo(server.url)).subscribe().unsubscribe();
        return reply(server.url);
      });
      for (const { status } of await Promise.all(replies)) expect(status).toBe(200);
    });
  });

  it('lets the process end by itself while sockets are idle', async () => {
    const server = await serve((socket) => socket.write(rawReply(body, { headers: { 'keep-alive': 'timeout=60' } })));
    const script = `
      import { axiosTransport } from './lib/transport/axios.ts';
      axiosTransport().transport({ method: 'GET', url: '${server.url}/', headers: {}, body: '' }).subscribe(({ status }) => {
        console.log(status);
      });`;
    const args = ['--import', 'tsx', '--input-type=module', '--eval', script];
    const { stdout } = await promisify(execFile)(process.execPath, args, { timeout: 40_000 }); // the socket is kept for longer
    expect(stdout).toBe('200\n');
  });
});
