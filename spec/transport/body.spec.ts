import type { Socket } from 'node:net';
import { PassThrough, Readable } from 'node:stream';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import axios, { type AxiosAdapter } from 'axios';
import { left, right } from 'fp-ts/Either';
import { BehaviorSubject, Subject, take, throwError, type Observable } from 'rxjs';
import { axiosTransport, type AxiosTransport } from '../../lib/transport/axios';
import { closing } from '../support/closing';
import { chunkOf, eventStream } from '../support/event-stream';
import { pause } from '../support/pause';
import { rawReply } from '../support/raw-reply';
import { roads } from '../support/roads';
import { scriptedServer, type Script, type ScriptedServer } from '../support/scripted-server';
import { streamed, streamTo } from '../support/streamed';
import { until } from '../support/until';

describe.each(roads)('a call with `stream`, over %s', (road, options) => {
  let server: ScriptedServer;
  let made: AxiosTransport;

  const answer = async (script: Script): Promise<void> => {
    server = await scriptedServer(script);
  };
  /** Writes each piece when what came before has been read, which `fetch` would give as one with it. */
  const later = async (socket: Socket, pieces: readonly Buffer[]): Promise<void> => {
    for (const piece of pieces) {
      await pause(20);
      socket.write(piece);
    }
  };
  const stream = () => streamed(made.transport(streamTo(server.url)));
  /** Node's fetch opens a new, idle socket at once in place of one that it closed. */
  const allClosed = () => server.openSockets() < Math.max(1, server.connections());

  beforeEach(() => {
    made = axiosTransport(options());
  });
  afterEach(async () => {
    made.close();
    await server.close();
  });

  it('emits a piece for each bytes that complete an event, as they come, and completes with the body', async () => {
    await answer((socket) => {
      socket.write(eventStream(['data: 1\n\ndata: 2\n\nda'], { headers: { 'X-Request-Id': 'r1' }, isWhole: false }));
      void later(socket, [chunkOf('ta: 3'), Buffer.concat([chunkOf('\n\n'), Buffer.from('0\r\n\r\n')])]);
    });
    const { replies, error } = await stream();
    expect(error).toBeUndefined();
    expect(replies).toEqual(
      [[1, 2], [3]].map((data) => ({
        status: 200,
        headers: { 'content-type': 'text/event-stream', 'transfer-encoding': 'chunked', 'x-request-id': 'r1' },
        body: left({ kind: 'empty', text: '' }),
        events: data.map((value) => ({ type: 'message', data: right(value) })),
      })),
    );
  });

  it('sends the headers and the body of the call', async () => {
    await answer((socket) => socket.write(eventStream(['data: 1\n\n'])));
    await stream();
    expect(server.requests[0]!.head).toMatch(/\r\naccept: text\/event-stream/i);
    expect(server.requests[0]!.body).toBe(streamTo(server.url).body);
  });

  it.each([
    ['JSON', 'application/json', '{"a":1}', right({ a: 1 })],
    ['JSON with a charset', 'Application/JSON; charset=utf-8', '{"a":1}', right({ a: 1 })],
    ['a kind of JSON', 'application/problem+json', '{"a":1}', right({ a: 1 })],
    ['HTML', 'text/html', '<p>', left({ kind: 'not-json', text: '<p>' })],
  ])('emits %s whole', async (_, type, text, body) => {
    await answer((socket) => socket.write(rawReply(text, { headers: { 'content-type': type } })));
    const { replies, error } = await stream();
    expect(error).toBeUndefined();
    expect(replies).toEqual([{ status: 200, headers: expect.anything() as object, body }]);
  });

  it.each(['text/event-stream', 'TEXT/EVENT-STREAM;charset=utf-8', 'text/plain', 'application/x-ndjson', ''])(
    'reads events in spite of the content type %j',
    async (type) => {
      await answer((socket) => socket.write(eventStream(['data: 1\n\n'], { headers: { 'content-type': type } })));
      expect((await stream()).data).toEqual([1]);
    },
  );

  it.each([400, 401, 429, 500, 529])('emits a reply with status %d whole', async (status) => {
    await answer((socket) =>
      socket.write(
        rawReply('{"error":{}}', { status, headers: { 'retry-after': '2', 'content-type': 'text/event-stream' } }),
      ),
    );
    const { replies } = await stream();
    expect(replies).toEqual([
      { status, headers: expect.objectContaining({ 'retry-after': '2' }) as object, body: right({ error: {} }) },
    ]);
  });

  it.each(['HTTP/1.1 204 No Content\r\n\r\n', 'HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n'])(
    'emits one reply for a body without a byte: %j',
    async (bytes) => {
      await answer((socket) => socket.write(bytes));
      const { replies } = await stream();
      expect(replies).toMatchObject([{ body: left({ kind: 'empty', text: '' }) }]);
      expect(replies[0]).not.toHaveProperty('events');
    },
  );

  it.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
  ])('decompresses %s', async (encoding, compress) => {
    const data = Array.from({ length: 100 }, (_, index) => index);
    const bytes = compress(data.map((index) => `data: ${String(index)}\n\n`).join(''));
    await answer((socket) =>
      socket.write(
        eventStream([bytes.subarray(0, 20), bytes.subarray(20)], { headers: { 'content-encoding': encoding } }),
      ),
    );
    expect((await stream()).data).toEqual(data);
  });

  it('keeps the socket alive for the next stream', async () => {
    const headers = { 'keep-alive': 'timeout=600' }; // without a word it is 4 s, for which a machine may stand still
    await answer((socket) => socket.write(eventStream(['data: 1\n\n'], { headers })));
    for (let call = 0; call < 6; call++) {
      expect((await stream()).data).toEqual([1]);
      await pause(2);
    }
    expect(server.connections()).toBeLessThanOrEqual(2);
  });

  it('refuses a header that HTTP cannot carry, before sending', async () => {
    await answer(() => undefined);
    const call = { ...streamTo(server.url), headers: { authorization: 'Bearer a\nb' } };
    const { error } = await streamed(made.transport(call));
    expect(error).toMatchObject({ _tag: 'Authentication' });
    expect(server.connections()).toBe(0);
  });

  it('refuses a request over the cap, before sending', async () => {
    await answer(() => undefined);
    const { transport } = axiosTransport({ ...options(), caps: { bodyBytes: 10 } });
    const { error } = await streamed(transport(streamTo(server.url)));
    expect(error).toMatchObject({
      _tag: 'BadRequest',
      message: expect.stringContaining('caps.bodyBytes, 10') as string,
    });
    expect(server.connections()).toBe(0);
  });

  it('sends nothing until it is subscribed to, and once for each subscription', async () => {
    await answer((socket) => socket.write(eventStream(['data: 1\n\n'])));
    const reply$ = made.transport(streamTo(server.url));
    expect(server.connections()).toBe(0);
    await streamed(reply$);
    await streamed(reply$);
    expect(server.requests).toHaveLength(2);
  });

  describe('paused', () => {
    const slowly: Script = (socket) => {
      socket.write(eventStream(['data: 1\n\n'], { isWhole: false }));
      void later(socket, [chunkOf('data: 2\n\n'), Buffer.concat([chunkOf('data: 3\n\n'), Buffer.from('0\r\n\r\n')])]);
    };
    const follow = (paused$: Observable<boolean>) => {
      const seen: unknown[] = [];
      const subscription = made.transport(streamTo(server.url), { paused$ }).subscribe({
        next: ({ events = [] }) => seen.push(...events.map(({ data }) => (data._tag === 'Right' ? data.right : data))),
        error: (error: unknown) => seen.push(error),
        complete: () => seen.push('end'),
      });
      return { seen, subscription };
    };

    it('reads nothing, and goes on where it was', async () => {
      await answer(slowly);
      const paused$ = new BehaviorSubject(true);
      const { seen } = follow(paused$);
      await pause(80);
      expect(seen.length).toBeLessThanOrEqual(road === 'fetch' ? 1 : 0); // a read of fetch's cannot be taken back
      paused$.next(false);
      await until('the stream ends', () => seen.length === 4);
      expect(seen).toEqual([1, 2, 3, 'end']);
    });

    it('in the middle, at the first event, and again', async () => {
      await answer(slowly);
      const paused$ = new BehaviorSubject(false);
      const { seen } = follow(paused$);
      await until('the first event', () => seen.length > 0);
      for (let times = 0; times < 3; times++) {
        paused$.next(true);
        paused$.next(true);
        await pause(10);
        paused$.next(false);
        paused$.next(false);
      }
      await until('the stream ends', () => seen.length === 4);
      expect(seen).toEqual([1, 2, 3, 'end']);
    });

    it('of a compressed body too', async () => {
      const bytes = gzipSync(Array.from({ length: 20_000 }, (_, index) => `data: ${String(index)}\n\n`).join(''));
      await answer((socket) => socket.write(eventStream([bytes], { headers: { 'content-encoding': 'gzip' } })));
      const paused$ = new BehaviorSubject(false);
      let count = 0;
      let inPause = 0;
      const done = new Promise<void>((resolve, reject) => {
        made.transport(streamTo(server.url), { paused$ }).subscribe({
          next: ({ events = [] }) => {
            if (paused$.value) inPause++;
            count += events.length;
            if (paused$.value) return;
            paused$.next(true);
            setTimeout(() => {
              paused$.next(false);
            }, 1);
          },
          error: reject,
          complete: resolve,
        });
      });
      await done;
      expect(count).toBe(20_000);
      expect(inPause).toBe(0);
    });

    it('is unsubscribed from with the call, and destroys the socket all the same', async () => {
      await answer((socket) => socket.write(eventStream(['data: 1\n\n'], { isWhole: false })));
      const paused$ = new BehaviorSubject(false);
      const { seen, subscription } = follow(paused$);
      await until('the first event', () => seen.length > 0);
      expect(paused$.observed).toBe(true);
      paused$.next(true);
      subscription.unsubscribe();
      expect(paused$.observed).toBe(false);
      await until('the socket is closed', allClosed, 100);
      expect(seen).toEqual([1]);
    });

    it('is unsubscribed from at the end', async () => {
      await answer((socket) => socket.write(eventStream(['data: 1\n\n'])));
      const paused$ = new Subject<boolean>();
      const { seen } = follow(paused$);
      await until('the end', () => seen.includes('end'));
      expect(paused$.observed).toBe(false);
    });

    it('by a source that fails, is a Defect', async () => {
      await answer((socket) => socket.write(eventStream(['data: 1\n\n'], { isWhole: false })));
      const flow = { paused$: throwError(() => new Error('boom')) };
      expect((await streamed(made.transport(streamTo(server.url), flow))).error).toMatchObject({ _tag: 'Defect' });
      await until('the socket is closed', allClosed, 100);
    });
  });

  it('take(1): the socket is closed from inside `next`', async () => {
    await answer((socket) => socket.write(eventStream(['data: 1\n\n', 'data: 2\n\n'], { isWhole: false })));
    const { data, error } = await streamed(made.transport(streamTo(server.url)).pipe(take(1)));
    expect([data[0], error]).toEqual([1, undefined]);
    await until('the socket is closed', allClosed, 100);
  });
});

describe('a call with `stream`, without an axios', () => {
  const opened = closing();

  it('to an address that holds a password, goes through the http adapter', async () => {
    const server = opened(await scriptedServer((socket) => socket.write(eventStream(['data: 1\n\n']))));
    const { transport } = opened(axiosTransport());
    const { data } = await streamed(transport({ ...streamTo(server.url.replace('//', '//u:p@')), headers: {} }));
    expect(data).toEqual([1]);
    expect(server.requests[0]!.head).toMatch(/authorization: Basic dTpw/i);
  });
});

describe("a call with `stream`, with the user's axios", () => {
  const opened = closing();
  const url = 'http://127.0.0.1:1';
  const replying = (data: unknown, status = 200): AxiosAdapter =>
    (config) => Promise.resolve({ status, statusText: '', headers: { 'Content-Type': 'text/event-stream' }, data, config }); // prettier-ignore
  const over = (adapter: AxiosAdapter) => axiosTransport({ instance: axios.create({ adapter }) }).transport;

  it('keeps its interceptors and its own headers', async () => {
    const server = opened(await scriptedServer((socket) => socket.write(eventStream(['data: 1\n\n']))));
    const instance = axios.create({ headers: { 'x-team': 'search' } });
    instance.interceptors.request.use((config) => {
      config.headers.set('x-trace', 't1');
      return config;
    });
    instance.interceptors.response.use((response) => {
      response.headers['x-seen'] = 'yes';
      return response;
    });
    const { replies } = await streamed(axiosTransport({ instance }).transport(streamTo(server.url)));
    expect(replies).toMatchObject([{ headers: { 'x-seen': 'yes' }, events: [{ data: right(1) }] }]);
    expect(server.requests[0]!.head).toMatch(/x-team: search/);
    expect(server.requests[0]!.head).toMatch(/x-trace: t1/);
  });

  it('asks its adapter for a stream, without a cap of its own', async () => {
    const asked: unknown[] = [];
    const send = over((config) => {
      asked.push([config.responseType, config.maxContentLength, config.maxRedirects, config.proxy]);
      return replying(Readable.from(['data: 1\n\n']))(config);
    });
    await streamed(send(streamTo(url)));
    expect(asked).toEqual([['stream', -1, 0, false]]);
  });

  it.each([
    ['a stream of text', () => Readable.from(['data: 1\n', '\ndata: "é"\n\n']), [1, 'é']],
    ['a stream of bytes', () => Readable.from([Buffer.from('data: 1\n\n')]), [1]],
    ['a web stream', () => new Blob(['data: 1\n\n']).stream(), [1]],
  ])('takes %s', async (_, body, data) => {
    expect((await streamed(over(replying(body()))(streamTo(url)))).data).toEqual(data);
  });

  it('takes what is whole already for a whole reply', async () => {
    const { replies } = await streamed(over(replying({ a: 1 }))(streamTo(url)));
    expect(replies).toEqual([{ status: 200, headers: { 'content-type': 'text/event-stream' }, body: right({ a: 1 }) }]);
  });

  it('gives the reply when an interceptor rejects by status', async () => {
    const instance = axios.create({ adapter: replying(Readable.from(['{"error":{"code":"x"}}']), 401) });
    instance.interceptors.response.use((response) =>
      Promise.reject(new axios.AxiosError('no', 'ERR_BAD_REQUEST', response.config, undefined, response)),
    );
    const { replies } = await streamed(axiosTransport({ instance }).transport(streamTo(url)));
    expect(replies).toMatchObject([{ status: 401, body: right({ error: { code: 'x' } }) }]);
  });

  it('a stream that is closed before its end is a Connection failure', async () => {
    const body = new PassThrough();
    const outcome = streamed(over(replying(body))(streamTo(url)));
    setTimeout(() => body.destroy(), 5);
    expect((await outcome).error).toMatchObject({ _tag: 'Connection', code: 'ECONNRESET', isRetryable: true });
  });

  it('destroys a stream that its interceptors hand on after the unsubscription', async () => {
    const body = new PassThrough();
    const instance = axios.create({ adapter: replying(body) });
    instance.interceptors.response.use(async (response) => {
      await pause(20);
      return response;
    });
    const subscription = axiosTransport({ instance }).transport(streamTo(url)).subscribe();
    await pause(5);
    subscription.unsubscribe();
    expect(body.destroyed).toBe(false);
    await until('the stream is destroyed', () => body.destroyed, 100);
  });

  it('cancels a web stream that is silent', async () => {
    let isCancelled = false;
    const body = new ReadableStream<Uint8Array>({
      cancel: () => {
        isCancelled = true;
      },
    });
    const subscription = over(replying(body))(streamTo(url)).subscribe();
    await pause(5);
    subscription.unsubscribe();
    expect(isCancelled).toBe(true);
  });
});
