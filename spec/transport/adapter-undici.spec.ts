import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import axios from 'axios';
import { createAdapter } from '../../lib/transport/adapter-undici';
import { rawReply } from '../support/raw-reply';
import { scriptedServer, type Script, type ScriptedServer } from '../support/scripted-server';
import { until } from '../support/until';

describe('the adapter over undici, for any axios', () => {
  const { adapter, close } = createAdapter();
  const client = axios.create({ adapter, proxy: false, maxRedirects: 0 });
  let server: ScriptedServer;

  const answer = async (script: Script): Promise<void> => {
    server = await scriptedServer(script);
  };
  afterEach(() => server.close());
  afterAll(close);

  it('gives axios what it needs to parse JSON and to know the status', async () => {
    await answer((socket) => socket.write(rawReply('{"a":1}', { status: 201 })));
    const { data, status, statusText, headers, config } = await client.post<unknown>(server.url, { b: 2 });
    expect({ data, status, statusText }).toEqual({ data: { a: 1 }, status: 201, statusText: 'Scripted' });
    expect(headers['content-type']).toBe('application/json');
    expect(config.url).toBe(server.url);
    expect(server.requests[0]).toMatchObject({ body: '{"b":2}' });
  });

  it('gives bytes when asked', async () => {
    await answer((socket) => socket.write(rawReply(Buffer.from([0, 255, 254]))));
    const { data } = await client.get<Buffer>(server.url, { responseType: 'arraybuffer' });
    expect([...data]).toEqual([0, 255, 254]);
  });

  it('rejects a status that validateStatus refuses, as axios does', async () => {
    await answer((socket) => socket.write(rawReply('{"why":"x"}', { status: 404 })));
    await expect(client.get(server.url)).rejects.toMatchObject({
      code: 'ERR_BAD_REQUEST',
      message: 'Request failed with status code 404',
      response: { status: 404, data: { why: 'x' } },
    });
    await expect(client.get(server.url, { validateStatus: null })).resolves.toMatchObject({ status: 404 });
  });

  it.each([
    ['gzip', gzipSync('hello')],
    ['deflate', deflateSync('hello')],
    ['deflate', deflateRawSync('hello')],
  ])('decompresses %s, and hides that it was compressed', async (encoding, bytes) => {
    await answer((socket) => socket.write(rawReply(bytes, { headers: { 'content-encoding': encoding } })));
    const { data, headers } = await client.get<unknown>(server.url);
    expect(data).toBe('hello');
    expect(headers).not.toHaveProperty('content-encoding');
    expect(server.requests[0]?.head).toMatch(/accept-encoding: gzip, deflate, br/);
  });

  it('does not decompress when told so', async () => {
    const bytes = gzipSync('hello');
    await answer((socket) => socket.write(rawReply(bytes, { headers: { 'content-encoding': 'gzip' } })));
    const { data } = await client.get<Buffer>(server.url, { decompress: false, responseType: 'arraybuffer' });
    expect(bytes.equals(data)).toBe(true);
    expect(server.requests[0]?.head).not.toMatch(/accept-encoding/);
  });

  it('honours an AbortSignal and destroys the socket', async () => {
    const controller = new AbortController();
    await answer((socket) =>
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n12345', () => {
        controller.abort();
      }),
    );
    const reply = client.get(server.url, { signal: controller.signal });
    await expect(reply).rejects.toMatchObject({ code: 'ERR_CANCELED' });
    await until('the socket is destroyed', () => server.openSockets() === 0, 100);
  });

  it('honours the caps both ways, with the errors of axios', async () => {
    await answer((socket) => socket.write(rawReply('123456')));
    await expect(client.get(server.url, { maxContentLength: 5 })).rejects.toMatchObject({
      code: 'ERR_BAD_RESPONSE',
      message: 'maxContentLength size of 5 exceeded',
    });
    await expect(client.post(server.url, '123456', { maxBodyLength: 5 })).rejects.toMatchObject({
      code: 'ERR_BAD_REQUEST',
      message: 'Request body larger than maxBodyLength limit',
    });
    await expect(client.get(server.url, { maxContentLength: 6 })).resolves.toMatchObject({ status: 200 });
    expect(server.requests).toHaveLength(2);
  });

  it.each([
    ['a stream', { responseType: 'stream' as const }],
    ['basic authentication', { auth: { username: 'u', password: 'p' } }],
    ['parameters', { params: { q: 'a b' } }],
    ['a timeout', { timeout: 60_000 }],
    ['redirects', { maxRedirects: 3 }],
  ])('leaves %s to the http adapter', async (_, config) => {
    await answer((socket) => socket.write(rawReply('1')));
    const { status } = await client.get<unknown>(server.url, config);
    expect(status).toBe(200);
    expect(server.requests[0]?.head).toMatch(/user-agent: axios\//i);
  });

  it('leaves an address that holds a password to the http adapter', async () => {
    await answer((socket) => socket.write(rawReply('1')));
    await client.get(server.url.replace('//', '//u:p@'));
    expect(server.requests[0]?.head).toMatch(/authorization: Basic dTpw/i);
  });
});
