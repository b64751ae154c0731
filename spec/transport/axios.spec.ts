import { Agent } from 'node:http';
import axios, { AxiosHeaders, type AxiosAdapter } from 'axios';
import { left, right } from 'fp-ts/Either';
import { concat, merge } from 'rxjs';
import { completionError } from '../../lib/domain/error';
import { axiosTransport, type AxiosTransport, type AxiosTransportOptions } from '../../lib/transport/axios';
import { allOf } from '../support/all-of';
import { callTo } from '../support/call-to';
import { failureOf } from '../support/failure-of';
import { rawReply } from '../support/raw-reply';
import { oneReply } from '../support/one-reply';
import { pause } from '../support/pause';
import { scriptedServer, type Script, type ScriptedServer } from '../support/scripted-server';
import { until } from '../support/until';

describe('axiosTransport', () => {
  let server: ScriptedServer;
  let open: AxiosTransport[] = [];

  const answer = async (script: Script): Promise<void> => {
    server = await scriptedServer(script);
  };
  const transport = (options?: AxiosTransportOptions) => {
    const made = axiosTransport(options);
    open.push(made);
    return made.transport;
  };
  const ok: Script = (socket) => socket.write(rawReply('{"a":1}'));

  afterEach(async () => {
    for (const { close } of open) close();
    open = [];
    await server.close();
  });

  it('emits the reply, with lower-case headers and its JSON parsed, and completes', async () => {
    await answer((socket) => socket.write(rawReply('{"a":1}', { headers: { 'X-Request-Id': 'r1' } })));
    expect(await oneReply(transport()(callTo(server.url)))).toEqual({
      status: 200,
      headers: { 'content-type': 'application/json', 'content-length': '7', 'x-request-id': 'r1' },
      body: right({ a: 1 }),
    });
  });

  it('sends the call as it is, and once for each subscription', async () => {
    await answer(ok);
    const call = callTo(server.url, { 'x-title': 'caf\u00e9' });
    const reply$ = transport()(call);
    expect(server.connections()).toBe(0);
    await oneReply(reply$);
    await oneReply(reply$);
    expect(server.requests.map(({ body }) => body)).toEqual([call.body, call.body]);
    const head = server.requests[0]!.head;
    expect(head).toMatch(/^POST \/v1\/chat\/completions HTTP\/1\.1\r\n/);
    for (const [name, value] of Object.entries(call.headers)) expect(head).toContain(`\r\n${name}: ${value}`);
  });

  it('needs no more sockets than calls are under way, though each call begins in the end of another', async () => {
    const headers = { 'keep-alive': 'timeout=600' }; // without a word it is 4 s, for which a machine may stand still
    await answer((socket) => socket.write(rawReply('{"a":1}', { headers })));
    const send = transport();
    const lane$ = concat(...Array.from({ length: 25 }, () => send(callTo(server.url))));
    expect(await allOf(merge(lane$, lane$, lane$, lane$))).toHaveLength(100);
    expect(server.connections()).toBe(4);
  });

  it('sends no body with a GET', async () => {
    await answer(ok);
    await oneReply(transport()({ method: 'GET', url: `${server.url}/v1/models?a=b%20c`, headers: {}, body: '' }));
    expect(server.requests[0]!.head).toMatch(/^GET \/v1\/models\?a=b%20c HTTP/);
    expect(server.requests[0]!.head).not.toMatch(/content-length|content-type/i);
  });

  it.each([200, 201, 400, 401, 404, 429, 500, 503, 529])('takes a reply with status %d for a reply', async (status) => {
    await answer((socket) => socket.write(rawReply('{"error":{}}', { status, headers: { 'retry-after': '2' } })));
    const reply = await oneReply(transport()(callTo(server.url)));
    expect(reply).toMatchObject({ status, headers: { 'retry-after': '2' }, body: right({ error: {} }) });
  });

  it.each([
    ['<html>Bad gateway</html>', 'not-json'],
    ['', 'empty'],
    ['[[[[1]]]]', 'too-deep'],
    ['{"__proto__":{}}', 'forbidden-key'],
  ])('gives %j as a problem of the body', async (text, kind) => {
    await answer((socket) => socket.write(rawReply(text)));
    const reply = await oneReply(transport({ caps: { jsonDepth: 3 } })(callTo(server.url)));
    expect(reply.body).toEqual(left({ kind, text }));
  });

  it('accepts valid JSON whatever its content type, and a byte order mark', async () => {
    await answer((socket) =>
      socket.write(rawReply('\uFEFF{"a":"\u00e9\u{1F600}"}', { headers: { 'content-type': 'text/html' } })),
    );
    expect((await oneReply(transport()(callTo(server.url)))).body).toEqual(right({ a: '\u00e9\u{1F600}' }));
  });

  it('takes the first of a repeated header', async () => {
    await answer((socket) =>
      socket.write('HTTP/1.1 429 Slow\r\nretry-after: 1\r\nretry-after: 9\r\ncontent-length: 0\r\n\r\n'),
    );
    expect((await oneReply(transport()(callTo(server.url)))).headers['retry-after']).toBe('1');
  });

  it.each([
    ['authorization', 'Bearer a\r\nx-evil: 1', 'Authentication'],
    ['x-api-key', 'secret\u2028', 'Authentication'],
    ['x-title', 'a\nb', 'BadRequest'],
    ['x-title', '\u65e5\u672c', 'BadRequest'],
    ['x title', 'a-value', 'BadRequest'],
  ])('refuses the header %s: %j before sending, without repeating it', async (name, value, tag) => {
    await answer(ok);
    const error = await failureOf(transport()(callTo(server.url, { [name]: value })));
    expect(error).toMatchObject({ _tag: tag, isRetryable: false });
    expect(error.message).not.toContain(value);
    expect(server.connections()).toBe(0);
  });

  it('refuses a request over the cap before sending', async () => {
    await answer(ok);
    const error = await failureOf(transport({ caps: { bodyBytes: 10 } })(callTo(server.url)));
    expect(error).toMatchObject({
      _tag: 'BadRequest',
      message: expect.stringContaining('caps.bodyBytes, 10') as string,
    });
    expect(server.connections()).toBe(0);
  });

  it("sends nothing of the application's axios.defaults", async () => {
    await answer(ok);
    axios.defaults.headers.common['x-app-token'] = 'for my own server';
    try {
      await oneReply(transport()(callTo(server.url)));
    } finally {
      delete axios.defaults.headers.common['x-app-token'];
    }
    expect(server.requests[0]!.head).not.toContain('x-app-token');
  });

  it('close() ends idle sockets; later calls open new ones', async () => {
    await answer(ok);
    const { transport: send, close } = axiosTransport();
    await oneReply(send(callTo(server.url)));
    close();
    await until('the socket is closed', () => server.openSockets() === 0, 100);
    await oneReply(send(callTo(server.url)));
    expect(server.connections()).toBe(2);
    close();
  });

  it('close() lets a call in flight finish', async () => {
    const { transport: send, close } = axiosTransport();
    await answer((socket) => {
      close();
      void pause(20).then(() => socket.write(rawReply('{"a":1}')));
    });
    const reply = oneReply(send(callTo(server.url)));
    expect((await reply).body).toEqual(right({ a: 1 }));
  });

  describe("with the user's axios", () => {
    it('keeps its interceptors and headers, and needs no baseURL', async () => {
      await answer(ok);
      const instance = axios.create({ baseURL: 'http://127.0.0.1:1/elsewhere', headers: { 'x-team': 'search' } });
      instance.interceptors.request.use((config) => {
        config.headers.set('x-trace', 't1');
        return config;
      });
      instance.interceptors.response.use((response) => {
        response.headers['x-seen'] = 'yes';
        return response;
      });
      const reply = await oneReply(transport({ instance })(callTo(server.url)));
      expect(reply).toMatchObject({ headers: { 'x-seen': 'yes' }, body: right({ a: 1 }) });
      expect(server.requests[0]!.head).toMatch(/x-team: search/);
      expect(server.requests[0]!.head).toMatch(/x-trace: t1/);
      expect(server.requests[0]!.head).toMatch(/user-agent: rx-fanout/); // over undici
    });

    it.each([
      ['an adapter', { adapter: 'http' as const }],
      ['an agent', { httpAgent: new Agent() }],
      ['a timeout', { timeout: 60_000 }],
    ])('leaves %s to axios itself', async (_, config) => {
      await answer(ok);
      const reply = await oneReply(transport({ instance: axios.create(config) })(callTo(server.url)));
      expect(reply).toMatchObject({ status: 200, body: right({ a: 1 }) });
      expect(server.requests[0]!.head).toMatch(/user-agent: axios\//i);
    });

    it('sends through the proxy that it names', async () => {
      await answer(ok);
      const instance = axios.create({ proxy: { protocol: 'http', host: '127.0.0.1', port: server.port } });
      await oneReply(transport({ instance })(callTo('http://example.invalid')));
      expect(server.requests[0]!.head).toMatch(/example\.invalid/);
    });

    it('calls its own adapter, with a signal that aborts at the unsubscription', async () => {
      await answer(ok);
      const signals: unknown[] = [];
      const adapter: AxiosAdapter = (config) => {
        signals.push(config.signal);
        return new Promise(() => undefined);
      };
      const sent = transport({ instance: axios.create({ adapter }) })(callTo(server.url)).subscribe();
      sent.unsubscribe();
      expect(signals.map(String)).toEqual(['[object AbortSignal]']);
      expect(signals[0]).toHaveProperty('aborted', true);
      expect(server.connections()).toBe(0);
    });

    it('accepts data that its adapter has parsed already', async () => {
      await answer(ok);
      const adapter: AxiosAdapter = (config) =>
        Promise.resolve({
          status: 200,
          statusText: 'OK',
          headers: new AxiosHeaders({ A: 'b' }),
          data: { a: 2 },
          config,
        });
      const reply = await oneReply(transport({ instance: axios.create({ adapter }) })(callTo(server.url)));
      expect(reply).toEqual({ status: 200, headers: { a: 'b' }, body: right({ a: 2 }) });
    });

    it('gives the reply when an interceptor rejects by status', async () => {
      await answer((socket) => socket.write(rawReply('{"error":{"code":"x"}}', { status: 401 })));
      const instance = axios.create();
      instance.interceptors.request.use((config) => ({ ...config, validateStatus: (status) => status === 200 }));
      const reply = await oneReply(transport({ instance })(callTo(server.url)));
      expect(reply).toMatchObject({ status: 401, body: right({ error: { code: 'x' } }) });
    });

    it.each([
      ['a Defect of anything', new Error('my key is sk-canary-1f0e9d8c7b6a'), 'Defect'],
      ['what a CompletionError says', completionError({ _tag: 'BudgetExceeded' }), 'BudgetExceeded'],
      ['Cancelled of a cancellation', new axios.CanceledError(), 'Cancelled'],
      ['a Connection failure of a network code', Object.assign(new Error(), { code: 'ECONNRESET' }), 'Connection'],
    ])('makes %s that an interceptor throws', async (_, thrown, tag) => {
      await answer(ok);
      const instance = axios.create();
      instance.interceptors.request.use(() => {
        throw thrown;
      });
      expect((await failureOf(transport({ instance })(callTo(server.url))))._tag).toBe(tag);
    });
  });
});
