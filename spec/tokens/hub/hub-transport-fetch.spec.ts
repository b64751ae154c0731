import type { Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { hubTransport } from '../../../lib/tokens/hub/hub-transport-fetch';
import { rawReply } from '../../support/raw-reply';
import { oneReply } from '../../support/one-reply';
import { pause } from '../../support/pause';
import { scriptedServer, type Script, type ScriptedServer } from '../../support/scripted-server';
import { until } from '../../support/until';

describe('hubTransport, over fetch', () => {
  let servers: ScriptedServer[] = [];
  /** Those that carried a request: undici opens a new one for one that was cut. */
  let sockets: Socket[] = [];
  const listening = async (script: Script): Promise<ScriptedServer> => {
    const server = await scriptedServer((socket, request) => {
      sockets.push(socket);
      script(socket, request);
    });
    servers.push(server);
    return server;
  };
  const get = (url: string, maxBytes = 10_000) =>
    hubTransport(maxBytes).transport({ method: 'GET', url, headers: { authorization: 'Bearer secret' }, body: '' });

  afterEach(async () => {
    for (const server of servers) await server.close();
    servers = [];
    sockets = [];
  });

  it('emits the reply, decompressed and parsed, of whatever status', async () => {
    const packed = gzipSync('{"a":"\u00e9"}');
    const { url } = await listening((socket, { index }) => {
      const headers = { 'content-encoding': 'gzip', 'X-Error-Code': 'GatedRepo' };
      socket.write(rawReply(packed, { headers, status: index === 0 ? 200 : 403 }));
    });
    const body = { _tag: 'Right', right: { a: '\u00e9' } };
    expect(await oneReply(get(url))).toMatchObject({ status: 200, body });
    expect(await oneReply(get(url))).toMatchObject({ status: 403, headers: { 'x-error-code': 'GatedRepo' }, body });
  });

  it('follows a redirect, and takes the token to no other host', async () => {
    const files = await listening((socket) => socket.write(rawReply('{"a":1}')));
    const hub = await listening((socket) =>
      socket.write(rawReply('', { status: 302, headers: { location: `${files.url}/b` } })),
    );
    expect(await oneReply(get(`${hub.url}/a`))).toMatchObject({ status: 200, body: { right: { a: 1 } } });
    expect(hub.requests[0]?.head).toContain('authorization: Bearer secret');
    expect(files.requests[0]?.head).not.toContain('secret');
  });

  it('reads no more than it may, and closes the socket', async () => {
    const server = await listening((socket) =>
      socket.write(rawReply('x'.repeat(20_000), { headers: { 'content-length': '1000000' } })),
    );
    await expect(oneReply(get(server.url))).rejects.toThrow('the reply is larger than caps.bodyBytes, 10000');
    await until('the socket is closed', () => sockets[0]?.closed === true);
  });

  it('fails with Connection when nobody listens, and when the body breaks off', async () => {
    const server = await listening((socket) => socket.end(rawReply('{"a":', { headers: { 'content-length': '100' } })));
    await expect(oneReply(get(server.url))).rejects.toMatchObject({ _tag: 'Connection' });
    await server.close();
    await expect(oneReply(get(server.url))).rejects.toMatchObject({ _tag: 'Connection' });
  });

  it('closes the socket when its subscriber leaves, also in the middle of the body', async () => {
    const server = await listening((socket) =>
      socket.write(rawReply('{"a":', { headers: { 'content-length': '100' } })),
    );
    const subscription = get(server.url).subscribe();
    await until('the server is asked', () => server.requests.length === 1);
    await pause(30);
    subscription.unsubscribe();
    await until('the socket is closed', () => sockets[0]?.closed === true);
    expect(server.requests).toHaveLength(1);
  });
});
