import { gzipSync } from 'node:zlib';
import axios from 'axios';
import { right } from 'fp-ts/Either';
import { delay, EMPTY, from, NEVER, of, throwError, timer } from 'rxjs';
import { createTokenizer } from '../../lib/tokens/create-tokenizer';
import type { CreateTokenizerOptions } from '../../lib/tokens/create-tokenizer-options';
import type { Tokenizer } from '../../lib/tokens/tokenizer';
import type { Transport } from '../../lib/transport/transport';
import { rawReply } from '../support/raw-reply';
import { scriptedServer, type Script, type ScriptedServer } from '../support/scripted-server';
import { until } from '../support/until';
import { within } from '../support/within';
import { onlyValue } from './only-value';
import { tinyTokenizer } from './tiny-tokenizer';

const tiny = JSON.stringify(tinyTokenizer);
const secret = 'hf_aCanaryThatNobodyMaySee';
const pathOf = (head: string): string => head.split(' ')[1] ?? '';
const isConfig = (head: string): boolean => pathOf(head).endsWith('/tokenizer_config.json');
const notFound = rawReply('Entry not found', { status: 404, headers: { 'x-error-code': 'EntryNotFound' } });

/** Answers for the file itself; there is no configuration. */
const serving =
  (answer: Script): Script =>
  (socket, request) => {
    if (isConfig(request.head)) socket.write(notFound);
    else answer(socket, request);
  };
const ok = serving((socket) => socket.write(rawReply(tiny)));

describe('createTokenizer, from a hub', () => {
  let servers: ScriptedServer[] = [];
  let hub: ScriptedServer;
  let names = 0;
  let id: string;

  const listening = async (script: Script): Promise<ScriptedServer> => {
    const server = await scriptedServer(script);
    servers.push(server);
    return server;
  };
  const answer = async (script: Script): Promise<void> => {
    hub = await listening(script);
  };
  const create = (options: CreateTokenizerOptions = {}) =>
    onlyValue(createTokenizer(id, { source: hub.url, ...options }));
  /** How often the file itself was asked for; the other request may have been aborted. */
  const downloads = () => asked().filter((path) => path.endsWith('/tokenizer.json')).length;
  const asked = () => hub.requests.map(({ head }) => pathOf(head)).sort();

  /** The reason of a fallback, which shows no secret and counts as the encoding does. */
  const reasonOf = ({ fallback, count, id: given }: Tokenizer): string => {
    expect(count('hello world')).toBe(2);
    expect(given).toBe(id);
    expect(fallback?.reason).toMatch(/^[^\n]{1,400}$/);
    expect(fallback?.reason).not.toContain(secret);
    expect(fallback?.reason.startsWith(`${id}: `)).toBe(true);
    return fallback?.reason ?? '';
  };

  beforeEach(() => {
    id = `owner/model-${String(++names)}`;
  });
  afterEach(async () => {
    for (const server of servers) await server.close();
    servers = [];
  });

  it('asks for both files of the revision, and nothing before it is subscribed to', async () => {
    await answer((socket, { head }) => socket.write(rawReply(isConfig(head) ? '{"unk_token":"[UNK]"}' : tiny)));
    const tokenizer$ = createTokenizer(id, { source: `${hub.url}/`, revision: 'refs/pr/1' });
    expect(hub.connections()).toBe(0);
    const tokenizer = await onlyValue(tokenizer$);
    expect(tokenizer.fallback).toBeUndefined();
    expect(tokenizer.id).toBe(id);
    expect(tokenizer.encode('hello world')).toEqual([2, 3]);
    const folder = `/${id}/resolve/refs%2Fpr%2F1`;
    expect(asked()).toEqual([`${folder}/tokenizer.json`, `${folder}/tokenizer_config.json`]);
  });

  it('asks for the revision main, below the path of a mirror, without a token', async () => {
    await answer(ok);
    await onlyValue(createTokenizer(id, { source: `${hub.url}/mirror/hf/` }));
    expect(asked()[0]).toBe(`/mirror/hf/${id}/resolve/main/tokenizer.json`);
    expect(hub.requests.every(({ head }) => !/authorization/i.test(head))).toBe(true);
  });

  it('does without a configuration, but not when the hub refuses to say whether there is one', async () => {
    await answer(ok);
    expect((await create()).fallback).toBeUndefined();
    await answer((socket, { head }) => socket.write(isConfig(head) ? rawReply('{}', { status: 403 }) : rawReply(tiny)));
    expect(reasonOf(await create())).toContain('the hub denies access to the repository (status 403)');
  });

  it.each([
    ['a token', secret],
    ['a function that gives a token', () => of(secret)],
    ['a function that promises a token', () => Promise.resolve(secret)],
    ['a function that gives a token later', () => timer(5).pipe(delay(1), () => of(secret))],
  ])('sends %s as a bearer token, with each file', async (_what, token) => {
    await answer(ok);
    expect((await create({ token })).fallback).toBeUndefined();
    expect(hub.requests).toHaveLength(2);
    for (const { head } of hub.requests) expect(head).toContain(`authorization: Bearer ${secret}`);
  });

  it.each([
    [
      401,
      undefined,
      {},
      'the repository is private or gated, or there is none (status 401)',
      'a folder begins with ./ or /), or pass a token',
    ],
    [401, undefined, { token: secret }, 'the hub refused the token (status 401)', 'check the token'],
    [401, 'GatedRepo', {}, 'access to the repository is gated (status 401)', 'accept its terms on the hub'],
    [403, 'GatedRepo', { token: secret }, 'access to the repository is gated (status 403)', 'accept its terms'],
    [403, undefined, {}, 'the hub denies access to the repository (status 403)', 'ask for access'],
    [404, 'RevisionNotFound', {}, 'the repository has no such revision (status 404)', 'check the revision'],
    [404, 'EntryNotFound', {}, 'the repository has no tokenizer.json (status 404)', 'use a repository that has one'],
    [404, undefined, {}, 'the hub has no such repository, revision or tokenizer.json (status 404)', 'check the id'],
    [429, undefined, {}, 'the hub limits the rate of calls (status 429)', 'try again later, or pass a token'],
    [500, undefined, {}, 'the hub failed (status 500)', 'try again later'],
    [503, undefined, {}, 'the hub failed (status 503)', 'try again later'],
    [418, undefined, {}, 'the hub gave an unexpected answer (status 418)', 'check the source'],
    [204, undefined, {}, 'the hub gave an unexpected answer (status 204)', 'check the source'],
  ] as const)('falls back on status %d with code %s and options %j', async (status, code, options, problem, remedy) => {
    const headers = code === undefined ? {} : { 'x-error-code': code };
    await answer(serving((socket) => socket.write(rawReply(status === 204 ? '' : secret, { status, headers }))));
    const reason = reasonOf(await create(options));
    expect(reason).toContain(`${problem}; o200k_base is used instead: `);
    expect(reason).toContain(remedy);
  });

  it.each([
    ['an HTML page', '<html>Log in</html>', "the hub's tokenizer.json is broken or no JSON"],
    ['half a file', tiny.slice(0, 300), "the hub's tokenizer.json is broken or no JSON"],
    ['nothing', '', "the hub's tokenizer.json is empty"],
    [
      'a pointer of Git LFS',
      'version https://git-lfs.github.com/spec/v1\noid',
      "the hub's tokenizer.json is only a pointer of Git LFS",
    ],
    ['another JSON', '{"error":"no"}', 'tokenizer.json holds no tokenizer'],
    ['a list', '[1]', 'tokenizer.json holds no tokenizer'],
    ['a kind that is not supported', '{"model":{"type":"Tekken","vocab":{}}}', 'its kind, Tekken, is not supported'],
    [
      'a key that could change a prototype',
      '{"__proto__":{"model":1}}',
      "the hub's tokenizer.json has a key that could change a prototype",
    ],
    ['what is nested too deeply', '['.repeat(1000) + ']'.repeat(1000), "the hub's tokenizer.json is nested too deeply"],
  ])('falls back on %s', async (_what, body, problem) => {
    await answer(serving((socket) => socket.write(rawReply(body))));
    expect(reasonOf(await create({ token: secret }))).toContain(`${problem}; o200k_base is used instead: `);
  });

  it('falls back on a broken configuration', async () => {
    await answer((socket, { head }) => socket.write(rawReply(isConfig(head) ? '{"a":' : tiny)));
    expect(reasonOf(await create())).toContain("the hub's tokenizer_config.json is broken or no JSON");
  });

  it('falls back on a connection that is cut in the body, or before any of it', async () => {
    await answer(serving((socket) => socket.end(rawReply(tiny).subarray(0, 400))));
    expect(reasonOf(await create())).toContain('the hub cannot be reached, or broke off (ECONNRESET)');
    await answer(serving((socket) => socket.destroy()));
    expect(reasonOf(await create())).toContain('the hub cannot be reached, or broke off (ECONNRESET)');
  });

  it('falls back when nobody listens', async () => {
    await answer(ok);
    await hub.close();
    expect(reasonOf(await create({ fallback: 'cl100k_base' }))).toMatch(
      /the hub cannot be reached, or broke off \(ECONNREFUSED\); cl100k_base is used instead: check the network/,
    );
  });

  it('falls back on more than maxBytes, of the body as it is after decompression', async () => {
    const large = JSON.stringify({ ...tinyTokenizer, comment: 'x'.repeat(100_000) });
    await answer(serving((socket) => socket.write(rawReply(large))));
    expect(reasonOf(await create({ maxBytes: 50_000 }))).toContain('the reply is larger than maxBytes, 50000; ');
    const packed = rawReply(gzipSync(large), { headers: { 'content-encoding': 'gzip' } });
    await answer(serving((socket) => socket.write(packed)));
    expect(reasonOf(await create({ maxBytes: 50_000 }))).toContain('the reply is larger than maxBytes, 50000; ');
    expect((await create({ maxBytes: 200_000 })).fallback).toBeUndefined();
  });

  it('reads a file that came compressed', async () => {
    await answer(
      serving((socket) => socket.write(rawReply(gzipSync(tiny), { headers: { 'content-encoding': 'gzip' } }))),
    );
    expect((await create()).encode('hello world')).toEqual([2, 3]);
  });

  it('falls back on a file whose compression is broken, which more of maxBytes would not mend', async () => {
    const half = rawReply(gzipSync(tiny).subarray(0, 100), { headers: { 'content-encoding': 'gzip' } });
    await answer(serving((socket) => socket.write(half)));
    expect(reasonOf(await create())).toMatch(
      /: the reply could not be decompressed \(Z_BUF_ERROR\); o200k_base is used instead: check the source, and whether a proxy or a login page answers in its place$/,
    );
  });

  it('falls back when the file is not there in time, and lets go of the socket', async () => {
    await answer(serving((socket) => socket.write(rawReply(tiny).subarray(0, 400))));
    const fallen = await within(1000, 'the fallback', create({ timeoutMs: 60 }));
    expect(reasonOf(fallen)).toContain('the hub took longer than 60 ms');
    await until('the sockets are closed', () => hub.openSockets() === 0);
  });

  describe('that redirects', () => {
    const to = (location: string, status = 302) => rawReply('', { status, headers: { location } });

    it.each([301, 302, 303, 307, 308])('follows status %d to an address of its own, with the token', async (status) => {
      await answer((socket, { head }) => {
        if (pathOf(head).startsWith('/api/')) socket.write(isConfig(head) ? rawReply('{}') : rawReply(tiny));
        else socket.write(to(`/api/cache${pathOf(head)}?etag=1`, status));
      });
      expect((await create({ token: secret })).fallback).toBeUndefined();
      expect(hub.requests).toHaveLength(4);
      for (const { head } of hub.requests) expect(head).toContain(`authorization: Bearer ${secret}`);
    });

    it('takes no token to another host, nor back again', async () => {
      const files = await listening((socket, { head }) => socket.write(to(`${hub.url}/signed${pathOf(head)}`)));
      await answer((socket, { head }) => {
        if (pathOf(head).startsWith('/signed/')) socket.write(isConfig(head) ? rawReply('{}') : rawReply(tiny));
        else socket.write(to(`${files.url}${pathOf(head)}`));
      });
      expect((await create({ token: secret })).fallback).toBeUndefined();
      expect(files.requests).toHaveLength(2);
      const afterwards = hub.requests.filter(({ head }) => pathOf(head).startsWith('/signed/'));
      expect(afterwards).toHaveLength(2);
      for (const { head } of [...files.requests, ...afterwards]) {
        expect(head).not.toContain(secret);
        expect(head).not.toMatch(/authorization|cookie/i);
        expect(head).toMatch(/accept: application\/json/i);
      }
    });

    it.each([
      ['without end', undefined, 'the hub redirects more than 5 times'],
      ['to no address', 'http://', 'the hub redirects to nowhere (302)'],
      ['to a file', 'file:///etc/passwd', 'the hub redirects to nowhere (302)'],
    ])('falls back when that goes %s', async (_where, location, problem) => {
      await answer(serving((socket, { head }) => socket.write(to(location ?? `${pathOf(head)}?${secret}`))));
      expect(reasonOf(await create())).toContain(problem);
      expect(hub.requests.length).toBeLessThanOrEqual(7);
    });

    it('falls back on a redirect that does not say where to', async () => {
      await answer(serving((socket) => socket.write(rawReply('', { status: 302 }))));
      expect(reasonOf(await create())).toContain('the hub redirects to nowhere (302)');
    });
  });

  it.each([
    ['fails', () => throwError(() => new RangeError(secret)), 'token() failed with a RangeError'],
    [
      'throws',
      () => {
        throw new Error(secret);
      },
      'token() failed with an Error',
    ],
    ['gives nothing', () => EMPTY, 'token() gave nothing'],
    ['gives a line break', () => of(`${secret}\n`), 'token() gave what no header can carry'],
    ['gives an empty text', () => of(''), 'token() gave what no header can carry'],
    ['is not done in time', () => NEVER, 'token() took longer than 200 ms'],
  ] as const)('falls back when token() %s, and does not ask the hub', async (_what, token, problem) => {
    await answer(ok);
    expect(reasonOf(await create({ token, timeoutMs: 200 }))).toContain(problem);
    expect(hub.connections()).toBe(0);
  });

  it('asks through a transport of the user, and through their axios', async () => {
    await answer(ok);
    const calls: string[] = [];
    const transport: Transport = ({ method, url, headers }) => {
      calls.push(`${method} ${url} ${headers['authorization'] ?? ''}`);
      return of({
        status: url.endsWith('config.json') ? 404 : 200,
        headers: {},
        body: right(tinyTokenizer),
      });
    };
    expect((await create({ transport, token: secret })).encode('hello')).toEqual([2]);
    expect(calls[0]).toBe(`GET ${hub.url}/${id}/resolve/main/tokenizer.json Bearer ${secret}`);
    expect(hub.connections()).toBe(0);

    id = `${id}-axios`;
    const instance = axios.create({ headers: { 'x-mine': 'yes' } });
    expect((await create({ transport: instance })).encode('hello')).toEqual([2]);
    for (const { head } of hub.requests) expect(head).toMatch(/x-mine: yes/i);
  });

  it('falls back when a transport of the user fails in whatever way', async () => {
    await answer(ok);
    const throwing: Transport = () => {
      throw new RangeError(secret);
    };
    expect(reasonOf(await create({ transport: throwing }))).toContain('the transport threw a RangeError');
    expect(reasonOf(await create({ transport: () => from(Promise.reject(new Error(secret))) }))).toContain(
      'the transport threw an Error',
    );
    expect(reasonOf(await create({ transport: () => NEVER, timeoutMs: 30 }))).toContain(
      'the hub took longer than 30 ms',
    );
    expect(reasonOf(await create({ transport: () => EMPTY }))).toContain('the hub gave no answer');
  });

  it('never asks the network when it is told not to, even for a token', async () => {
    await answer(ok);
    const token = jest.fn(() => of(secret));
    expect(reasonOf(await create({ offline: true, token }))).toContain('the hub is not asked, offline is true');
    expect(hub.connections()).toBe(0);
    expect(token).not.toHaveBeenCalled();
  });

  describe('and its cache', () => {
    it('asks once for what was loaded, also offline', async () => {
      await answer(ok);
      const first = await create();
      expect(await create()).toBe(first);
      expect(await create({ offline: true })).toBe(first);
      expect(await create({ timeoutMs: 1, maxBytes: 1 })).toBe(first);
      expect(hub.requests).toHaveLength(2);
    });

    it('asks anew for another revision, another hub, and with a token', async () => {
      await answer(ok);
      const other = await listening(ok);
      for (const options of [{}, { revision: 'v2' }, { token: secret }, { source: other.url }]) await create(options);
      expect([hub.requests.length, other.requests.length]).toEqual([6, 2]);
    });

    it('lets calls at the same time share one download, and goes on while one of them is left', async () => {
      let release = (): void => undefined;
      await answer(
        serving((socket) => {
          release = () => socket.write(rawReply(tiny));
        }),
      );
      const left = createTokenizer(id, { source: hub.url }).subscribe();
      const [second, third] = [create({ token: undefined }), create()];
      await until('the hub is asked', () => hub.requests.length === 2);
      left.unsubscribe();
      release();
      expect(await second).toBe(await third);
      expect((await second).fallback).toBeUndefined();
      expect(hub.requests).toHaveLength(2);
    });

    it('aborts the download when all have left, and begins anew for the next', async () => {
      await answer(serving((socket) => socket.write(rawReply(tiny).subarray(0, 300))));
      const both = [
        createTokenizer(id, { source: hub.url }).subscribe(),
        createTokenizer(id, { source: hub.url }).subscribe(),
      ];
      await until('the hub is asked', () => hub.requests.length === 2);
      for (const subscription of both) subscription.unsubscribe();
      await until('the sockets are closed', () => hub.openSockets() === 0);
      const again = createTokenizer(id, { source: hub.url }).subscribe();
      await until('the hub is asked again', () => hub.requests.length === 4);
      again.unsubscribe();
      await until('the sockets are closed again', () => hub.openSockets() === 0);
      expect(downloads()).toBe(2);
    });

    it('remembers a failure for failureTtlMs, five minutes unless told otherwise', async () => {
      let answered: Script = (socket) => socket.write(rawReply('{}', { status: 503 }));
      await answer(
        serving((socket, request) => {
          answered(socket, request);
        }),
      );
      let ms = 0;
      const now = () => ms;
      const first = reasonOf(await create({ now }));
      answered = (socket) => socket.write(rawReply(tiny));
      ms = 299_999;
      expect(reasonOf(await create({ now }))).toBe(first);
      expect(reasonOf(await create({ now, fallback: 'cl100k_base' }))).toContain('cl100k_base is used instead');
      expect(downloads()).toBe(1);
      ms = 300_000;
      expect((await create({ now })).fallback).toBeUndefined();
    });

    it('remembers no failure with failureTtlMs 0', async () => {
      await answer(serving((socket) => socket.write(rawReply('{}', { status: 503 }))));
      await create({ failureTtlMs: 0 });
      await create({ failureTtlMs: 0 });
      expect(downloads()).toBe(2);
    });

    it('takes a failure for no answer to a call that might succeed: with a token, with another, online, with more patience', async () => {
      await answer(
        serving((socket, { head }) => {
          socket.write(head.includes(`Bearer ${secret}`) ? rawReply(tiny) : rawReply('{}', { status: 401 }));
        }),
      );
      expect(reasonOf(await create({ offline: true }))).toContain('offline is true');
      expect(reasonOf(await create())).toContain('status 401');
      expect(reasonOf(await create({ token: 'hf_anotherToken' }))).toContain('the hub refused the token');
      expect(downloads()).toBe(2);
      expect((await create({ token: () => of(secret) })).fallback).toBeUndefined();
      expect(reasonOf(await create())).toContain('status 401');
      expect(downloads()).toBe(3);
      expect(reasonOf(await create({ timeoutMs: 600_000 }))).toContain('status 401');
      expect(downloads()).toBe(4);
    });
  });
});
