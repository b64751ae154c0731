import type { Socket } from 'node:net';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { isLeft } from 'fp-ts/Either';
import { BehaviorSubject, concat, type Observable } from 'rxjs';
import { axiosTransport, type AxiosTransport } from '../../lib/transport/axios';
import type { Reply } from '../../lib/transport/transport';
import { canaryKey, canaryPrompt } from '../support/call-to';
import { closing } from '../support/closing';
import { chunkOf, eventStream } from '../support/event-stream';
import { pause } from '../support/pause';
import { rawReply } from '../support/raw-reply';
import { roads } from '../support/roads';
import {
  scriptedServer,
  type Script,
  type ScriptedServer,
  type ScriptedServerOptions,
} from '../support/scripted-server';
import { streamed, streamTo } from '../support/streamed';
import { until } from '../support/until';

const megabyte = 1024 * 1024;
const caps = { bodyBytes: 10 * megabyte, eventBytes: megabyte };
const head = 'HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n';

const comments = Buffer.alloc(64 * megabyte, ': \n');
const bombs: readonly (readonly [encoding: string, bytes: Buffer])[] = [
  ['gzip', Buffer.concat(new Array<Buffer>(16).fill(gzipSync(comments)))],
  ['br', brotliCompressSync(comments, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } })],
];

/** Writes the piece again and again, as fast as the socket takes it, until `bytes` are written; counts what was given to the socket. */
function pour(piece: Buffer, bytes: number, count: (sent: number) => void = () => undefined): Script {
  return (socket) => {
    let sent = 0;
    socket.write(`${head}content-length: ${String(bytes)}\r\n\r\n`);
    const more = (): void => {
      while (sent < bytes && !socket.destroyed) {
        const next = piece.subarray(0, bytes - sent);
        sent += next.length;
        count(sent);
        if (!socket.write(next)) return;
      }
    };
    socket.on('drain', more);
    more();
  };
}

describe.each(roads)('a stream over %s, when the network or the server misbehaves', (road, options) => {
  const opened = closing();
  let asked: Socket[] = [];
  let made: AxiosTransport;

  beforeEach(() => {
    asked = [];
    made = opened(axiosTransport({ ...options(), caps }));
  });

  const serve = async (script: Script, more?: ScriptedServerOptions): Promise<ScriptedServer> => {
    const noted: Script = (socket, request) => {
      asked.push(socket);
      script(socket, request);
    };
    return opened(await scriptedServer(noted, more));
  };
  const stream = (server: ScriptedServer) => streamed(made.transport(streamTo(server.url)));
  /** Node's fetch opens a new socket at once, to rest, in place of each that it closed. */
  const closed = (server: ScriptedServer) => () =>
    road === 'fetch' ? asked.every(({ destroyed }) => destroyed) : server.openSockets() === 0;

  describe('a body that breaks', () => {
    const events = Array.from({ length: 5 }, (_, index) => `data: {"index":${String(index)}}\n\n`);
    const whole: readonly (readonly [what: string, most: number, bytes: Buffer])[] = [
      ['chunked', 5, eventStream(events)],
      [
        'of a known length, with which the fifth event ends',
        4,
        rawReply(events.join(''), { headers: { 'content-type': 'text/event-stream' } }),
      ],
    ];

    it.each(whole)(
      '%s, cut at any byte, is a Connection failure after the events that came',
      async (_, most, bytes) => {
        const server = await serve((socket, { index }) => {
          socket.write(bytes.subarray(0, index), () => socket.end());
        });
        const counts = new Set<number>();
        while (server.requests.length < bytes.length) {
          const { data, error } = await stream(server);
          expect(error).toMatchObject({ _tag: 'Connection', isRetryable: true });
          expect(data).toEqual(Array.from({ length: data.length }, (__, index) => ({ index })));
          counts.add(data.length);
        }
        expect([...counts]).toEqual(Array.from({ length: most + 1 }, (__, count) => count));
        await until('every socket is closed', closed(server));
      },
    );

    it.each(whole)('%s, reset at any byte, is a Connection failure', async (_, most, bytes) => {
      const server = await serve((socket, { index }) => {
        socket.write(bytes.subarray(0, index), () => socket.resetAndDestroy());
      });
      while (server.requests.length < bytes.length) {
        const { data, error } = await stream(server);
        expect(error).toMatchObject({ _tag: 'Connection', isRetryable: true });
        expect(data.length).toBeLessThanOrEqual(most);
      }
    });

    it('without a length, ends where the server closes it', async () => {
      const server = await serve((socket) => socket.end(`${head}\r\ndata: 1\n\ndata: 2`));
      expect(await stream(server)).toMatchObject({ data: [1] });
    });

    it('a reset before the headers is a Connection failure', async () => {
      const server = await serve((socket) => socket.resetAndDestroy());
      expect((await stream(server)).error).toMatchObject({ _tag: 'Connection', isRetryable: true });
    });

    it('shows neither the key nor the prompt', async () => {
      const server = await serve((socket) => {
        socket.write(eventStream(events, { isWhole: false }), () => socket.resetAndDestroy());
      });
      const { error } = await stream(server);
      expect(error).toBeDefined();
      const shown = [error?.message, error?.stack, JSON.stringify(error)].join();
      for (const canary of [canaryKey, canaryPrompt]) expect(shown).not.toContain(canary);
      expect(error?.cause).toBeUndefined();
    });
  });

  describe('replies that are no stream', () => {
    it('an error page that does not end is cut, and keeps its status', async () => {
      const server = await serve((socket) => {
        socket.write('HTTP/1.1 429 Slow\r\nretry-after: 3\r\ntransfer-encoding: chunked\r\n\r\n');
        const timer = setInterval(() => socket.write(chunkOf('x'.repeat(0x4000))), 1);
        socket.on('close', () => {
          clearInterval(timer);
        });
      });
      const { replies } = await stream(server);
      expect(replies).toMatchObject([{ status: 429, headers: { 'retry-after': '3' } }]);
      const [{ body } = { body: undefined }] = replies;
      expect(body && isLeft(body) && body.left.text.length).toBe(64 * 1024);
      await until('the socket is destroyed', closed(server), 100);
    });

    it('twenty error replies in a row hold no socket', async () => {
      const server = await serve((socket) => socket.write(rawReply('x'.repeat(1000), { status: 429 })));
      for (let call = 0; call < 20; call++) {
        expect((await stream(server)).replies).toMatchObject([{ status: 429 }]);
        await pause(1);
      }
      expect(server.connections()).toBeLessThanOrEqual(2);
    });

    it('endless JSON stops at the cap', async () => {
      const server = await serve((socket) => {
        socket.write('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 104857600\r\n\r\n');
        socket.write(Buffer.alloc(20 * megabyte, 32));
      });
      expect((await stream(server)).error).toMatchObject({
        _tag: 'InvalidResponse',
        message: expect.stringContaining('caps.bodyBytes') as string,
      });
      await until('the socket is destroyed', closed(server), 100);
    });

    it('an informational reply is skipped', async () => {
      const hints = Buffer.from('HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n');
      const server = await serve((socket) => socket.write(Buffer.concat([hints, eventStream(['data: 1\n\n'])])));
      expect(await stream(server)).toMatchObject({ data: [1], replies: [{ status: 200 }] });
    });

    it('a redirect is not followed', async () => {
      const other = await serve((socket) => socket.write(eventStream(['data: 1\n\n'])));
      const server = await serve((socket) =>
        socket.write(rawReply('', { status: 307, headers: { location: `${other.url}/elsewhere` } })),
      );
      expect((await stream(server)).replies).toMatchObject([{ status: 307 }]);
      expect([server.requests.length, other.connections()]).toEqual([1, 0]);
    });
  });

  describe('caps', () => {
    it.each<[what: string, piece: string, cap: 'bodyBytes' | 'eventBytes']>([
      ['a line without an end', 'x', 'eventBytes'],
      ['a comment without an end', ':', 'eventBytes'],
      ['an event without an end', 'data: x\n', 'eventBytes'],
      ['comments without an end', ': ping\n', 'bodyBytes'],
      ['events without an end', 'data: 1\n\n', 'bodyBytes'],
    ])('%s, of 100 MB, stops at the cap', async (_, piece, cap) => {
      let sent = 0;
      const server = await serve(
        pour(Buffer.from(piece.repeat(64 * 1024)), 100 * megabyte, (bytes) => {
          sent = bytes;
        }),
      );
      const { error } = await stream(server);
      expect(error).toMatchObject({
        _tag: 'InvalidResponse',
        message: expect.stringContaining(`caps.${cap}, ${String(caps[cap])}`) as string,
      });
      await until('the socket is destroyed', closed(server), 200);
      expect(sent).toBeLessThan(50 * megabyte); // the cap, and what the kernel may hold
    });

    it.each(bombs)('a %s bomb stops at the cap, with little memory', async (encoding, bytes) => {
      const server = await serve((socket) =>
        socket.write(eventStream([bytes], { headers: { 'content-encoding': encoding } })),
      );
      const before = process.memoryUsage.rss();
      const { error } = await stream(server);
      expect(error).toMatchObject({
        _tag: 'InvalidResponse',
        message: expect.stringContaining('caps.bodyBytes') as string,
      });
      expect(process.memoryUsage.rss() - before).toBeLessThan(100 * megabyte);
    });
  });

  describe('a slow reader', () => {
    it('stops a fast server: what is not read stays with it', async () => {
      const total = 50 * megabyte;
      let sent = 0;
      const event = Buffer.from(`data: "${'x'.repeat(1000)}"\n\n`);
      const piece = Buffer.concat(Array.from({ length: 64 }, () => event));
      const server = await serve(
        pour(piece, Math.floor(total / event.length) * event.length, (bytes) => {
          sent = bytes;
        }),
      );
      const roomy = opened(axiosTransport({ ...options(), caps: { bodyBytes: 2 * total } }));
      const paused$ = new BehaviorSubject(false);
      let read = 0;
      let end: unknown;
      roomy.transport(streamTo(server.url), { paused$ }).subscribe({
        next: ({ events = [] }) => {
          read += events.length;
          if (read < 100_000 && !paused$.value) paused$.next(true);
        },
        error: (error: unknown) => (end = error),
        complete: () => (end = 'complete'),
      });
      await until('the first events', () => read > 0);
      await pause(200);
      const events = read;
      await pause(200);
      expect(read).toBe(events);
      expect(sent).toBeLessThan(20 * megabyte); // in the buffers of two kernels' sockets, of which we have none
      read = 100_000; // no pause any more
      paused$.next(false);
      await until('the end', () => end !== undefined, 20_000);
      expect([end, read - 100_000 + events]).toEqual(['complete', Math.floor(total / event.length)]);
    });
  });

  describe('unsubscribing', () => {
    it('at any moment: nothing is emitted after it, and the server sees the close', async () => {
      const bytes = eventStream(Array.from({ length: 10 }, (_, index) => `data: ${String(index)}\n\n`));
      const server = await serve((socket, { index }) => socket.write(bytes.subarray(0, index % bytes.length)));
      let late = 0;
      for (let moment = 0; moment < 100; moment++) {
        let isOver = false;
        const note = (): void => {
          if (isOver) late++;
        };
        const before = server.requests.length;
        const call = made.transport(streamTo(server.url)).subscribe({ next: note, error: note, complete: note });
        if (moment % 2 === 1) await until('the call has come', () => server.requests.length > before);
        if (moment % 10 > 1) await pause(moment % 10);
        call.unsubscribe();
        isOver = true;
        await until('the socket is closed', closed(server), 300); // mostly 2 ms; the machine may have other work
      }
      await pause(20);
      expect(late).toBe(0);
      expect(closed(server)()).toBe(true);
    });

    it.each<[when: string, script: Script]>([
      ['before the headers', () => undefined],
      ['after the headers', (socket) => socket.write(`${head}transfer-encoding: chunked\r\n\r\n`)],
      ['in a silent body', (socket) => socket.write(eventStream(['data: 1\n\nda'], { isWhole: false }))],
      [
        'in a silent compressed body',
        (socket) =>
          socket.write(
            eventStream([gzipSync('data: 1\n\n').subarray(0, 15)], {
              headers: { 'content-encoding': 'gzip' },
              isWhole: false,
            }),
          ),
      ],
      [
        'in an error page',
        (socket) => socket.write('HTTP/1.1 500 No\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n'),
      ],
    ])('%s, 32 at once: every socket is closed at once', async (_, script) => {
      const server = await serve(script);
      const calls = Array.from({ length: 32 }, () => made.transport(streamTo(server.url)).subscribe());
      await until('all are sent', () => server.requests.length === 32);
      await pause(30);
      for (const call of calls) call.unsubscribe();
      await until('all are closed', closed(server), 100);
      expect(server.requests).toHaveLength(32);
    });

    it('in the turn of the subscription: no request is sent', async () => {
      const server = await serve(() => undefined);
      for (let call = 0; call < 32; call++) made.transport(streamTo(server.url)).subscribe().unsubscribe();
      await pause(50);
      expect(server.requests).toHaveLength(0);
    });

    it('one of many leaves the others alone', async () => {
      const server = await serve((socket) => setTimeout(() => socket.write(eventStream(['data: 1\n\n'])), 20));
      const others = Array.from({ length: 16 }, () => {
        made.transport(streamTo(server.url)).subscribe().unsubscribe();
        return stream(server);
      });
      for (const { data, error } of await Promise.all(others)) expect([data, error]).toEqual([[1], undefined]);
    });
  });

  it('a polluted Object.prototype changes nothing', async () => {
    const evil = await serve((socket) => socket.write(rawReply('{}')));
    const server = await serve((socket) => socket.write(eventStream(['data: {"a":1}\n\n'])));
    await stream(server);
    const pollution: Readonly<Record<string, unknown>> = {
      baseURL: evil.url,
      auth: { username: 'evil', password: 'evil' },
      headers: { 'x-evil': '1' },
      socketPath: '/tmp/evil.sock',
      proxy: { protocol: 'http', host: '127.0.0.1', port: evil.port },
      transport: { request: () => undefined },
      params: { evil: '1' },
      responseType: 'text',
      decompress: false,
      events: [],
      stream: false,
    };
    for (const [name, value] of Object.entries(pollution)) {
      made.close(); // so that a socket is opened under it
      Object.defineProperty(Object.prototype, name, { value, configurable: true, enumerable: false, writable: true });
      try {
        expect((await stream(server)).data).toEqual([{ a: 1 }]);
      } finally {
        Reflect.deleteProperty(Object.prototype, name);
      }
    }
    expect(evil.connections()).toBe(0);
    expect(new Set(server.requests.map(({ body }) => body)).size).toBe(1);
    expect(server.requests.filter(({ head: sent }) => sent.includes('evil'))).toEqual([]);
  });
});

describe('a compressed stream over undici', () => {
  const opened = closing();

  it.each([
    ['cut short', gzipSync('data: 1\n\n').subarray(0, -6), 'Z_BUF_ERROR'],
    ['that is none', Buffer.from('data: 1\n\n'), 'Z_DATA_ERROR'],
  ])('%s is InvalidResponse', async (_, bytes, code) => {
    const server = opened(
      await scriptedServer((socket) => socket.write(eventStream([bytes], { headers: { 'content-encoding': 'gzip' } }))),
    );
    const { transport } = opened(axiosTransport());
    const { error } = await streamed(transport(streamTo(server.url)));
    expect(error).toMatchObject({ _tag: 'InvalidResponse', code });
  });
});

describe('streams one after the other over undici', () => {
  const opened = closing();

  it('take the socket of the one before, though each begins in the end of that one', async () => {
    const server = opened(await scriptedServer((socket) => socket.write(eventStream(['data: 1\n\n']))));
    const { transport } = opened(axiosTransport());
    const four$ = concat(...new Array<Observable<Reply>>(4).fill(transport(streamTo(server.url))));
    expect((await streamed(four$)).data).toEqual([1, 1, 1, 1]);
    expect(server.connections()).toBe(1);
  });
});
