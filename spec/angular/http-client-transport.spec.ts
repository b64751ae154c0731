import './init-test-bed';
import type { Socket } from 'node:net';
import {
  HttpErrorResponse,
  HttpResponse,
  provideHttpClient,
  withFetch,
  withInterceptors,
  type HttpInterceptorFn,
} from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { left, right } from 'fp-ts/Either';
import { EMPTY, map, NEVER, of, tap, throwError, timeout } from 'rxjs';
import { httpClientTransport, type HttpClientTransportOptions } from '../../lib/angular';
import { completionError } from '../../lib/domain/error';
import type { Transport } from '../../lib/transport/transport';
import { callTo, canaryKey } from '../support/call-to';
import { failureOf } from '../support/failure-of';
import { oneReply } from '../support/one-reply';
import { pause } from '../support/pause';
import { rawReply } from '../support/raw-reply';
import { scriptedServer, type Script, type ScriptedServer } from '../support/scripted-server';
import { streamed, streamTo, type Streamed } from '../support/streamed';
import { until } from '../support/until';

const ok: Script = (socket) => socket.write(rawReply('{"a":1}'));

/** Over Node's fetch; `spec/angular/browser.e2e.ts` has that of a browser, and XMLHttpRequest. */
describe('httpClientTransport', () => {
  let servers: ScriptedServer[] = [];
  let asked: Socket[] = [];

  const serve = async (script: Script): Promise<ScriptedServer> => {
    const server = await scriptedServer((socket, request) => {
      asked.push(socket);
      script(socket, request);
    });
    servers.push(server);
    return server;
  };
  /** Node's fetch opens a new socket at once, to rest, in place of each that it closed. */
  const areClosed = () => asked.length > 0 && asked.every(({ destroyed }) => destroyed);
  const transport = (options?: HttpClientTransportOptions, ...interceptors: HttpInterceptorFn[]): Transport => {
    TestBed.configureTestingModule({ providers: [provideHttpClient(withFetch(), withInterceptors(interceptors))] });
    return TestBed.runInInjectionContext(() => httpClientTransport(options));
  };

  afterEach(async () => {
    await Promise.all(servers.map((server) => server.close()));
    servers = [];
    asked = [];
  });

  it('emits the reply, with lower-case headers and its JSON parsed, and completes', async () => {
    const server = await serve((socket) => socket.write(rawReply('{"a":1}', { headers: { 'X-Request-Id': 'r1' } })));
    expect(await oneReply(transport()(callTo(server.url)))).toEqual({
      status: 200,
      headers: { 'content-type': 'application/json', 'content-length': '7', 'x-request-id': 'r1' },
      body: right({ a: 1 }),
    });
  });

  it('sends the call as it is, and once for each subscription', async () => {
    const server = await serve(ok);
    const call = callTo(server.url, { 'x-title': 'a title' });
    const reply$ = transport()(call);
    expect(server.connections()).toBe(0);
    await oneReply(reply$);
    await oneReply(reply$);
    expect(server.requests.map(({ body }) => body)).toEqual([call.body, call.body]);
    const { head } = server.requests[0]!;
    expect(head).toMatch(/^POST \/v1\/chat\/completions HTTP\/1\.1\r\n/);
    for (const [name, value] of Object.entries(call.headers))
      expect(head.toLowerCase()).toContain(`\r\n${name}: ${value.toLowerCase()}`);
  });

  it('sends no body with a GET', async () => {
    const server = await serve(ok);
    await oneReply(transport()({ method: 'GET', url: `${server.url}/v1/models?a=b%20c`, headers: {}, body: '' }));
    expect(server.requests[0]!.head).toMatch(/^GET \/v1\/models\?a=b%20c HTTP/);
    expect(server.requests[0]!.body).toBe('');
  });

  it.each([200, 201, 400, 401, 404, 429, 500, 503, 529])('takes a reply with status %d for a reply', async (status) => {
    const server = await serve((socket) =>
      socket.write(rawReply('{"error":{}}', { status, headers: { 'retry-after': '2' } })),
    );
    const reply = await oneReply(transport()(callTo(server.url)));
    expect(reply).toMatchObject({ status, headers: { 'retry-after': '2' }, body: right({ error: {} }) });
  });

  it.each([
    ['<html>Bad gateway</html>', 'not-json'],
    ['', 'empty'],
    ['[[[[1]]]]', 'too-deep'],
    ['{"__proto__":{}}', 'forbidden-key'],
  ])('gives %j as a problem of the body', async (text, kind) => {
    const server = await serve((socket) => socket.write(rawReply(text)));
    const reply = await oneReply(transport({ caps: { jsonDepth: 3 } })(callTo(server.url)));
    expect(reply.body).toEqual(left({ kind, text }));
  });

  it('accepts valid JSON whatever its content type', async () => {
    const server = await serve((socket) =>
      socket.write(rawReply('{"a":"\u00e9\u{1F600}"}', { headers: { 'content-type': 'text/html' } })),
    );
    expect((await oneReply(transport()(callTo(server.url)))).body).toEqual(right({ a: '\u00e9\u{1F600}' }));
  });

  it.each([
    ['authorization', 'Bearer a\r\nx-evil: 1', 'Authentication'],
    ['x-title', '\u65e5\u672c', 'BadRequest'],
  ])('refuses the header %s: %j before sending, without repeating it', async (name, value, tag) => {
    const server = await serve(ok);
    const error = await failureOf(transport()(callTo(server.url, { [name]: value })));
    expect(error).toMatchObject({ _tag: tag, isRetryable: false });
    expect(error.message).not.toContain(value);
    expect(server.connections()).toBe(0);
  });

  it('refuses a request over the cap before sending', async () => {
    const server = await serve(ok);
    const error = await failureOf(transport({ caps: { bodyBytes: 10 } })(callTo(server.url)));
    expect(error).toMatchObject({ _tag: 'BadRequest', message: 'the request is larger than caps.bodyBytes, 10' });
    expect(server.connections()).toBe(0);
  });

  it('stops at the cap of the reply, and closes its socket', async () => {
    const server = await serve((socket) => {
      socket.write(`HTTP/1.1 200 OK\r\ncontent-length: 200000\r\n\r\n${'x'.repeat(5000)}`);
    });
    const error = await failureOf(transport({ caps: { bodyBytes: 1000 } })(callTo(server.url)));
    expect(error).toMatchObject({
      _tag: 'InvalidResponse',
      message: 'the reply is larger than caps.bodyBytes, 1000',
    });
    await until('its socket is closed', areClosed);
  });

  it('cuts an error page that does not end, and keeps its status', async () => {
    const server = await serve((socket) => {
      socket.write('HTTP/1.1 429 Slow\r\nretry-after: 3\r\ncontent-length: 200000\r\n\r\n');
      socket.write('x'.repeat(100_000));
    });
    const { status, headers, body } = await oneReply(transport()(callTo(server.url)));
    expect([status, headers['retry-after']]).toEqual([429, '3']);
    expect(body._tag === 'Left' && body.left.text.length).toBe(64 * 1024);
    await until('its socket is closed', areClosed);
  });

  it.each([301, 302, 303, 307, 308])('a redirect %d is a reply, and the other host is not asked', async (status) => {
    const other = await serve(ok);
    const server = await serve((socket) =>
      socket.write(rawReply('', { status, headers: { location: `${other.url}/v1/chat/completions` } })),
    );
    expect(await oneReply(transport()(callTo(server.url)))).toMatchObject({ status });
    expect([server.requests.length, other.connections()]).toEqual([1, 0]);
  });

  it.each([
    ['a reset before the headers', (socket) => socket.resetAndDestroy()],
    ['a body that is cut', (socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n{"a":')],
    ['what is no HTTP', (socket) => socket.end('220 mail.example.com ESMTP\r\n')],
  ] satisfies [string, Script][])('%s is a retryable Connection failure', async (_, script) => {
    const server = await serve(script);
    expect(await failureOf(transport()(callTo(server.url)))).toMatchObject({ _tag: 'Connection', isRetryable: true });
  });

  it('a port where nobody listens is a retryable Connection failure', async () => {
    expect(await failureOf(transport()(callTo('http://127.0.0.1:1')))).toMatchObject({
      _tag: 'Connection',
      code: expect.stringMatching(/^(ERR_NETWORK|ECONNREFUSED)$/) as string,
      isRetryable: true,
    });
  });

  it.each(['waiting for the reply', 'inside its body'])(
    'unsubscribing while %s closes the socket, and nothing is emitted',
    async (moment) => {
      const server = await serve((socket) => {
        if (moment === 'inside its body') socket.write('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n{"a":');
      });
      const seen: unknown[] = [];
      const note = (value: unknown): void => void seen.push(value);
      const sent = transport()(callTo(server.url)).subscribe({
        next: note,
        error: note,
        complete: () => seen.push('end'),
      });
      await until('the request has come', () => server.requests.length === 1);
      await pause(30);
      sent.unsubscribe();
      await until('its socket is closed', areClosed);
      await pause(30);
      expect(seen).toEqual([]);
      expect(server.requests).toHaveLength(1);
    },
  );

  it('unsubscribing in the turn of the subscription sends nothing', async () => {
    const server = await serve(ok);
    const send = transport();
    for (let call = 0; call < 16; call++) send(callTo(server.url)).subscribe().unsubscribe();
    await pause(50);
    expect(server.requests).toHaveLength(0);
  });

  describe('with interceptors', () => {
    it('sends what they make of the request, and emits what they make of the response', async () => {
      const server = await serve(ok);
      const traced: HttpInterceptorFn = (request, next) =>
        next(request.clone({ setHeaders: { 'x-trace': 't1' } })).pipe(
          map((event) =>
            event instanceof HttpResponse ? event.clone({ headers: event.headers.set('X-Seen', 'yes') }) : event,
          ),
        );
      const reply = await oneReply(transport({}, traced)(callTo(server.url)));
      expect(reply).toMatchObject({ headers: { 'x-seen': 'yes' }, body: right({ a: 1 }) });
      expect(server.requests[0]!.head).toMatch(/x-trace: t1/i);
    });

    it('takes an answer of theirs, parsed or not', async () => {
      const server = await serve(ok);
      const answering =
        (body: unknown): HttpInterceptorFn =>
        () =>
          of(new HttpResponse({ body, status: 200 }));
      for (const body of ['{"b":2}', { b: 2 }]) {
        TestBed.resetTestingModule();
        expect(await oneReply(transport({}, answering(body))(callTo(server.url)))).toMatchObject({
          body: right({ b: 2 }),
        });
      }
      expect(server.connections()).toBe(0);
    });

    it.each([
      ['text', '{"error":{"code":"x"}}'],
      ['parsed', { error: { code: 'x' } }],
    ])('takes a rejection by status (%s) for a reply', async (_, error) => {
      const rejecting: HttpInterceptorFn = () => throwError(() => new HttpErrorResponse({ status: 401, error }));
      const reply = await oneReply(transport({}, rejecting)(callTo('http://127.0.0.1:1')));
      expect(reply).toMatchObject({ status: 401, body: right({ error: { code: 'x' } }) });
    });

    it.each([
      ['a Defect of anything', new Error(`my key is ${canaryKey}`), 'Defect'],
      ['what a CompletionError says', completionError({ _tag: 'BudgetExceeded' }), 'BudgetExceeded'],
      ['a Connection failure of a response without a status', new HttpErrorResponse({ status: 0 }), 'Connection'],
      [
        'a Connection failure of a body that broke',
        new HttpErrorResponse({ status: 200, error: new Error('x') }),
        'Connection',
      ],
    ])('makes %s that one throws', async (_, thrown, tag) => {
      const throwing: HttpInterceptorFn = () => throwError(() => thrown);
      expect((await failureOf(transport({}, throwing)(callTo('http://127.0.0.1:1'))))._tag).toBe(tag);
    });

    it('makes a retryable Connection failure of a clock of theirs', async () => {
      const timing: HttpInterceptorFn = () => NEVER.pipe(timeout(5));
      expect(await failureOf(transport({}, timing)(callTo('http://127.0.0.1:1')))).toMatchObject({
        _tag: 'Connection',
        code: 'ETIMEDOUT',
        isRetryable: true,
      });
    });

    it('makes a Defect that says so of one that swallows the reply', async () => {
      const swallowing: HttpInterceptorFn = () => EMPTY;
      expect(await failureOf(transport({}, swallowing)(callTo('http://127.0.0.1:1')))).toMatchObject({
        _tag: 'Defect',
        message: 'an interceptor ended the request without a reply',
      });
    });
  });

  it("is answered by Angular's test controller", async () => {
    TestBed.configureTestingModule({ providers: [provideHttpClient(), provideHttpClientTesting()] });
    const send = TestBed.runInInjectionContext(() => httpClientTransport());
    const controller = TestBed.inject(HttpTestingController);
    const replies = ['/answered', '/refused'].map((path) =>
      oneReply(send({ ...callTo('http://localhost'), url: path })),
    );
    controller.expectOne('/answered').flush('{"a":1}');
    controller.expectOne('/refused').flush('{"error":{}}', { status: 429, statusText: 'Slow' });
    expect(await Promise.all(replies)).toMatchObject([
      { status: 200, body: right({ a: 1 }) },
      { status: 429, body: right({ error: {} }) },
    ]);
    const left = send(callTo('http://localhost')).subscribe();
    left.unsubscribe();
    expect(controller.expectOne(() => true).cancelled).toBe(true);
  });

  describe('of a call with stream', () => {
    const head = 'HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n';

    it('emits events as they come, past the interceptors', async () => {
      const server = await serve((socket) => {
        socket.write(`${head}data: 1\n\n`);
      });
      const intercepted = jest.fn<ReturnType<HttpInterceptorFn>, Parameters<HttpInterceptorFn>>(() => EMPTY);
      const sent = new Promise<Streamed>((resolve) => {
        const reply$ = transport({}, intercepted)(streamTo(server.url));
        resolve(streamed(reply$.pipe(tap(() => asked[0]?.end('data: [DONE]\n\n')))));
      });
      expect((await sent).data).toEqual([1, '[DONE]']);
      expect(intercepted).not.toHaveBeenCalled();
    });

    it('keeps its own caps', async () => {
      const server = await serve((socket) => socket.write(`${head}data: ${'x'.repeat(200)}\n\n`));
      const { error } = await streamed(transport({ caps: { eventBytes: 100 } })(streamTo(server.url)));
      expect(error).toMatchObject({
        _tag: 'InvalidResponse',
        message: expect.stringContaining('caps.eventBytes, 100') as string,
      });
    });

    it('closes the socket when it is left, and idle ones with its injector', async () => {
      const server = await serve((socket, { index }) => socket.write(index === 0 ? rawReply('{"a":1}') : head));
      const send = transport();
      await streamed(send(streamTo(server.url)));
      const left = send(streamTo(server.url)).subscribe();
      await until('the second request has come', () => server.requests.length === 2);
      left.unsubscribe();
      await until('its socket is closed', () => asked[1]?.destroyed === true);
      await streamed(send(streamTo((await serve(ok)).url)));
      expect(asked[2]?.destroyed).toBe(false);
      TestBed.resetTestingModule();
      await until('all sockets are closed', areClosed);
    });
  });

  it('has the error of Angular outside an injection context', () => {
    expect(() => httpClientTransport()).toThrow(/NG0203: httpClientTransport\(\) can only be used within an injection/);
  });
});
