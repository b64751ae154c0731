import { Axios } from 'axios';
import { abortHandle } from '../../lib/transport/abort-handle';
import { createAdapter } from '../../lib/transport/adapter-fetch';
import { pause } from '../support/pause';
import { rawReply } from '../support/raw-reply';
import { scriptedServer, type Script, type ScriptedServer } from '../support/scripted-server';
import { until } from '../support/until';

/** As the transport configures it; Node's fetch stands in for a browser's. */
describe('the adapter over fetch', () => {
  const { adapter } = createAdapter();
  const client = new Axios({ adapter, maxContentLength: 100, maxBodyLength: 100, maxRedirects: 0 });
  let server: ScriptedServer;

  const answer = async (script: Script): Promise<void> => {
    server = await scriptedServer(script);
  };
  const post = (data: string, signal = abortHandle().signal) =>
    client.request<unknown>({ method: 'POST', url: server.url, data, signal });
  afterEach(() => server.close());

  it('resolves with the text, whatever the status', async () => {
    await answer((socket) => socket.write(rawReply('{"a":1}', { status: 503 })));
    expect(await post('{}')).toMatchObject({ status: 503, data: '{"a":1}' });
    expect(server.requests[0]).toMatchObject({ body: '{}' });
  });

  it('follows no redirect', async () => {
    await answer((socket) => socket.write(rawReply('', { status: 307, headers: { location: '/again' } })));
    expect(await post('{}')).toMatchObject({ status: 307 });
    expect(server.requests).toHaveLength(1);
  });

  it('caps the body both ways', async () => {
    await answer((socket) => socket.write(rawReply('x'.repeat(101))));
    await expect(post('{}')).rejects.toMatchObject({ message: 'maxContentLength size of 100 exceeded' });
    await expect(post('x'.repeat(101))).rejects.toMatchObject({
      message: expect.stringContaining('Request body larger') as string,
    });
  });

  it('is aborted by an abort handle', async () => {
    await answer((socket) => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n12345'));
    const handle = abortHandle();
    const reply = post('{}', handle.signal);
    await until('the server is asked', () => server.requests.length === 1);
    await pause(30); // into the body
    handle.abort();
    await expect(reply).rejects.toMatchObject({ code: 'ERR_CANCELED' });
    // Node's fetch opens a new, idle socket at once in place of the one it closed.
    await until('the socket is closed', () => server.openSockets() < server.connections(), 100);
    expect(server.requests).toHaveLength(1);
  });
});
